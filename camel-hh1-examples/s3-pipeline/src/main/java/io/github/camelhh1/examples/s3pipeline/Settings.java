package io.github.camelhh1.examples.s3pipeline;

import io.github.camelhh1.examples.s3pipeline.s3.S3Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The settings that are needed before Camel starts. All others are in {@code application.properties}.
 *
 * @param backend {@code simulator} or {@code cloudflare}
 * @param s3 the real S3, which is watched until the program is stopped; empty for a demo with a server of its own
 * @param routes {@code java} or {@code yaml}
 * @param directory of the ledger
 */
record Settings(String backend, Optional<S3Place> s3, String routes, Path directory) {

    /** Looks up environment variables and system properties; an empty value counts as none. */
    static Settings read(UnaryOperator<String> environment, UnaryOperator<String> properties) {
        UnaryOperator<String> variable = name -> filled(environment.apply(name));
        UnaryOperator<String> property = name -> filled(properties.apply(name));
        List<String> problems = new ArrayList<>();
        Optional<S3Place> s3 = S3Place.read(variable, problems);
        String backend = or(variable.apply("HH1_BACKEND"), "simulator");
        switch (backend) {
            case "simulator" -> {}
            case "cloudflare" -> checkCloudflare(variable, s3, problems);
            default ->
                problems.add("HH1_BACKEND=" + backend + " is unknown: use simulator (the default) or cloudflare");
        }
        String routes = or(property.apply("pipeline.routes"), "java");
        if (!List.of("java", "yaml").contains(routes)) {
            problems.add("pipeline.routes=" + routes + " is unknown: use java (the default) or yaml");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        String own = or(property.apply("pipeline.dir"), variable.apply("PIPELINE_DIR"));
        String standard = s3.isPresent() ? "." : or(property.apply("pipeline.demo.dir"), "target/demo");
        return new Settings(backend, s3, routes, Path.of(or(own, standard)));
    }

    private static void checkCloudflare(UnaryOperator<String> variable, Optional<S3Place> s3, List<String> problems) {
        List<String> missing = Stream.of("CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_API_TOKEN")
                .filter(name -> variable.apply(name) == null)
                .toList();
        if (!missing.isEmpty()) {
            problems.add("HH1_BACKEND=cloudflare needs " + String.join(" and ", missing));
        }
        boolean named = Stream.of("S3_IN", "S3_OUT", "S3_ENDPOINT").anyMatch(name -> variable.apply(name) != null);
        if (!named || s3.filter(S3Place::isLoopback).isPresent()) {
            problems.add("HH1_BACKEND=cloudflare needs an S3 that can be reached from outside, because the service"
                    + " fetches the photos there: set S3_IN and S3_OUT, and S3_ENDPOINT when it is not AWS");
        }
    }

    private static String or(String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    private static String filled(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
