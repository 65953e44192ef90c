package io.github.camelhh1.examples.fleet.demo;

import java.io.IOException;
import java.util.Arrays;

/** The main class of each process: runs another one, and ends it when the process that started it is gone. */
public final class Child {
    private Child() {}

    public static void main(String... words) throws Exception {
        Thread watch = new Thread(Child::endWithParent, "parent");
        watch.setDaemon(true);
        watch.start();
        Class.forName(words[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(words, 1, words.length));
    }

    private static void endWithParent() {
        try {
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The same as its end.
        }
        System.exit(0);
    }
}
