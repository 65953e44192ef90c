package io.github.camelhh1.crash;

import java.util.List;

/** How the processes of these tests are started. */
final class Jvm {
    private Jvm() {}

    static List<String> options() {
        return List.of("-cp", System.getProperty("java.class.path"));
    }
}
