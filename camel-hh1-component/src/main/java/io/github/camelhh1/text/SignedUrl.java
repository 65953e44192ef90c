package io.github.camelhh1.text;

public final class SignedUrl {
    private SignedUrl() {}

    public static String withoutSignature(String u) {
        return u;
    }
}
