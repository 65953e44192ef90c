package io.github.camelhh1.credentials;

/** What can be an API key. */
public final class ApiKey {
    private ApiKey() {}

    /** Whether it can travel in a header: visible ASCII only, so that no line break of a mounted secret gets there. */
    public static boolean usable(String key) {
        return !key.isEmpty() && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
