package io.github.camelhh1.examples.filedrop;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.s3.S3Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The settings that are needed before Camel starts. All others are in {@code application.properties}.
 *
 * @param backend the service that makes the videos
 * @param ownFolder whether the user named the folder. It is then watched until the program is stopped, and gets no
 *     samples
 * @param s3 the real S3; empty when the example brings its own
 * @param routes {@code java} or {@code yaml}
 */
record Settings(Backend backend, DropFolder folder, boolean ownFolder, Optional<S3Settings> s3, String routes) {

    /** The service that makes the videos; account and token are empty for the simulator. */
    record Backend(String name, Optional<String> account, Optional<String> token) {

        boolean isSimulator() {
            return name.equals(SIMULATOR);
        }

        /** Without the token. */
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String BACKEND = "HH1_BACKEND";
    private static final String SIMULATOR = "simulator";
    private static final String CLOUDFLARE_KEY = "CLOUDFLARE_API_TOKEN";
    private static final String MODEL_STUDIO_KEY = "DASHSCOPE_API_KEY";

    /** Looks up environment variables and system properties; an empty value counts as none. */
    static Settings read(UnaryOperator<String> environment, UnaryOperator<String> properties) throws StartupException {
        UnaryOperator<String> variable = name -> filled(environment.apply(name));
        UnaryOperator<String> property = name -> filled(properties.apply(name));
        List<String> problems = new ArrayList<>();

        String backend = or(variable.apply(BACKEND), SIMULATOR);
        Optional<S3Settings> s3 = S3Settings.read(variable, problems);
        switch (backend) {
            case SIMULATOR -> {}
            case "cloudflare" ->
                checkReal(backend, List.of("CLOUDFLARE_ACCOUNT_ID", CLOUDFLARE_KEY), variable, s3, problems);
            case "modelstudio" -> checkReal(backend, List.of(MODEL_STUDIO_KEY), variable, s3, problems);
            default ->
                problems.add("HH1_BACKEND=" + backend
                        + " is unknown: use simulator (the default), cloudflare or modelstudio");
        }
        String routes = or(property.apply("drop.routes"), "java");
        if (!List.of("java", "yaml").contains(routes)) {
            problems.add("drop.routes=" + routes + " is unknown: use java (the default) or yaml");
        }
        if (!problems.isEmpty()) {
            throw new StartupException(problems);
        }
        String own = own(environment, properties);
        boolean tasks = backend.equals("modelstudio");
        Backend maker = new Backend(
                backend,
                Optional.ofNullable(tasks ? null : variable.apply("CLOUDFLARE_ACCOUNT_ID")),
                Optional.ofNullable(environment.apply(tasks ? MODEL_STUDIO_KEY : CLOUDFLARE_KEY)));
        return new Settings(maker, folder(environment, properties), own != null, s3, routes);
    }

    /** The real S3, for a command that needs nothing else; empty when none is named, or not wholly. */
    static Optional<S3Settings> s3(UnaryOperator<String> environment) {
        return S3Settings.read(name -> filled(environment.apply(name)), new ArrayList<>());
    }

    /** The folder that the user named, else the demo's. A real service has one of its own, whose videos were paid. */
    static DropFolder folder(UnaryOperator<String> environment, UnaryOperator<String> properties) {
        String demo = or(filled(properties.apply("drop.demo.dir")), "target/demo");
        String backend = filled(environment.apply(BACKEND));
        boolean real = backend != null && !backend.equals(SIMULATOR);
        return new DropFolder(Path.of(or(own(environment, properties), real ? demo + "-" + backend : demo)));
    }

    private static String own(UnaryOperator<String> environment, UnaryOperator<String> properties) {
        return either("drop.dir", environment, properties);
    }

    /** A system property, else the environment variable of the same name: {@code drop.dir} is {@code DROP_DIR}. */
    static String either(String name, UnaryOperator<String> environment, UnaryOperator<String> properties) {
        String variable = name.replace('.', '_').toUpperCase(Locale.ROOT);
        return or(filled(properties.apply(name)), filled(environment.apply(variable)));
    }

    private static void checkReal(
            String backend,
            List<String> needed,
            UnaryOperator<String> variable,
            Optional<S3Settings> s3,
            List<String> problems) {
        List<String> missing =
                needed.stream().filter(name -> variable.apply(name) == null).toList();
        if (!missing.isEmpty()) {
            problems.add("HH1_BACKEND=" + backend + " needs " + String.join(" and ", missing));
        }
        if (s3.isEmpty() && !S3Settings.isNamed(variable)) {
            problems.add(
                    "HH1_BACKEND=" + backend + " needs a real S3, because nobody outside can fetch a photo from this"
                            + " machine: set S3_BUCKET, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and S3_ENDPOINT when it is"
                            + " not AWS");
        }
        if (s3.filter(S3Settings::isLoopback).isPresent()) {
            problems.add("S3_ENDPOINT is an address of this machine, and with HH1_BACKEND=" + backend + " the photo is"
                    + " fetched from outside: use an endpoint that can be reached from there");
        }
    }

    private static String or(String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    private static String filled(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
