package io.github.camelhh1.examples.fleet.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program in a process of its own, at its end. */
record Program(int status, String output) {

    static Program run(Path folder, Class<?> main, String... properties) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-Dfleet.dir=" + folder.resolve("fleet")));
        command.addAll(List.of(properties));
        command.add(main.getName());
        Path output = folder.resolve("output.txt");
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        String text = Files.readString(output);
        // The report of the test shows it.
        System.out.println(text);
        return new Program(status, text);
    }
}
