package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.progress.Console;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.camel.StatefulService;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The whole example at work in a folder, with its own S3 server, against a simulator that the test scripts. */
final class Drop implements AutoCloseable {
    private static final Map<String, String> SOON = Map.of("camel.main.shutdownTimeout", "5");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    final Hh1Simulator simulator;
    final DropFolder folder;
    private final boolean ownSimulator;
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final DropApplication application;

    private Drop(Path root, Hh1Simulator shared, String routes, Clock clock, Map<String, String> properties)
            throws Exception {
        this(root, shared, routes, clock, properties, Map.of());
    }

    private Drop(
            Path root,
            Hh1Simulator shared,
            String routes,
            Clock clock,
            Map<String, String> properties,
            Map<String, String> environment)
            throws Exception {
        ownSimulator = shared == null;
        simulator = ownSimulator ? simulator() : shared;
        folder = new DropFolder(root);
        Map<String, String> named = Map.of("drop.dir", root.toString(), "drop.routes", routes);
        application = DropApplication.prepare(
                Settings.read(environment::get, named::get), new Console(new PrintStream(terminal, true)), clock);
        scripted(simulator).forEach(application.main()::addOverrideProperty);
        properties.forEach(application.main()::addOverrideProperty);
        application.main().start();
    }

    static Hh1Simulator simulator() {
        return Hh1Simulator.builder().rendering(false).start();
    }

    /** Impatient, and with the simulator in place of the real service. */
    static Map<String, String> scripted(Hh1Simulator simulator) {
        return Map.of(
                "drop.quiet",
                "100ms",
                "drop.poll",
                "50",
                "camel.component.hh1.backend",
                "cloudflare",
                "camel.component.hh1.baseUrl",
                simulator.baseUrl(),
                "camel.component.hh1.accountId",
                simulator.account(),
                "camel.component.hh1.apiKey",
                simulator.apiKey(),
                "camel.component.hh1.lookup",
                "false",
                "camel.component.hh1.allowPrivateHosts",
                "true");
    }

    /** The same with tasks. */
    static Map<String, String> scriptedTasks(Hh1Simulator simulator) {
        Map<String, String> properties = new HashMap<>(scripted(simulator));
        properties.put("camel.component.hh1.backend", "modelstudio");
        properties.put("camel.component.hh1.baseUrl", simulator.modelStudio().baseUrl());
        properties.put("camel.component.hh1.pollInterval", "50");
        properties.put("camel.component.hh1.maxTasks", "10");
        return properties;
    }

    static Drop inJava(Path root) throws Exception {
        return new Drop(root, null, "java", Clock.systemUTC(), Map.of());
    }

    static Drop inYaml(Path root) throws Exception {
        return new Drop(root, null, "yaml", Clock.systemUTC(), Map.of());
    }

    static Drop with(Path root, Clock clock, Map<String, String> properties) throws Exception {
        return new Drop(root, null, "java", clock, properties);
    }

    /** The service lives on when the program ends. */
    static Drop against(Hh1Simulator simulator, Path root, String routes) throws Exception {
        return new Drop(root, simulator, routes, Clock.systemUTC(), Map.of());
    }

    /** Late results are taken at once. */
    static Drop atOnce(Hh1Simulator simulator, Path root, String routes) throws Exception {
        return new Drop(root, simulator, routes, Clock.systemUTC(), Map.of("drop.after", "0"));
    }

    /** The same with tasks, which exchanges wait for so long. */
    static Drop againstTasks(Hh1Simulator simulator, Path root, String routes, String generationTimeout)
            throws Exception {
        Map<String, String> properties = scriptedTasks(simulator);
        properties.put("camel.component.hh1.generationTimeout", generationTimeout);
        return new Drop(root, simulator, routes, Clock.systemUTC(), properties);
    }

    /** A stop ends four seconds after it began. */
    static Drop stoppingSoon(Hh1Simulator simulator, Path root, String routes) throws Exception {
        return new Drop(root, simulator, routes, Clock.systemUTC(), SOON);
    }

    /** With an S3 of the test's own; a stop ends four seconds after it began. */
    static Drop stagingAt(URI s3, Path root, String routes) throws Exception {
        Map<String, String> environment = Map.of(
                "S3_BUCKET", "photos",
                "S3_ENDPOINT", s3.toString(),
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "secret");
        return new Drop(root, null, routes, Clock.systemUTC(), SOON, environment);
    }

    /** Drops a file the way careful programs do: whole, or not at all. The colour makes each photo a content of its own. */
    void put(String name, byte[] content) throws IOException {
        put(folder, name, content);
    }

    static void put(DropFolder folder, String name, byte[] content) throws IOException {
        Path hidden = folder.in().resolve("." + name + ".tmp");
        Files.write(hidden, content);
        Files.move(hidden, folder.in().resolve(name));
    }

    /** As a person does who saves another picture under the name of the first. */
    void replace(String name, byte[] content) throws IOException {
        Path hidden = Files.write(folder.in().resolve("." + name + ".tmp"), content);
        Files.move(hidden, folder.in().resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    void put(String name, String text) throws IOException {
        put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] photo(String format, int colour) throws IOException {
        BufferedImage image = new BufferedImage(320, 320, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().setColor(new Color(colour));
        image.setRGB(0, 0, colour);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    void awaitFiles(Path room, String... names) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(names(room)).contains(names));
    }

    void awaitLine(String text) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(terminal()).contains(text));
    }

    void awaitStopping() {
        await().atMost(LIMIT)
                .until(() -> application.main().getCamelContext().getStatus().isStopping()
                        && application.main().getCamelContext().getRoute("drop").getConsumer()
                                instanceof StatefulService consumer
                        && consumer.isSuspended());
    }

    /** Waits for the note beside a failed photo, and gives its text. */
    String awaitNote(String name) throws IOException {
        awaitFiles(folder.failed(), name);
        return Files.readString(folder.failed().resolve(name));
    }

    /** Moves a failed photo back, as a person does. */
    void moveBack(String... names) throws IOException {
        for (String name : names) {
            Files.move(folder.failed().resolve(name), folder.in().resolve(name));
        }
    }

    void expireLinks() throws SQLException {
        expireLinks(folder);
    }

    /** As time does. */
    static void expireLinks(DropFolder folder) throws SQLException {
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + folder.root() + "/.hh1.db");
                Statement statement = ledger.createStatement()) {
            statement.execute("update hh1_run set video_url ="
                    + " substr(video_url, 1, instr(video_url, '?')) || 'Expires=1000000000'");
        }
    }

    /** How many the ledger has of this state. */
    int runs(String state) throws SQLException {
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + folder.root() + "/.hh1.db");
                Statement statement = ledger.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from hh1_run where state = '" + state + "'")) {
            return row.getInt(1);
        }
    }

    JsonNode record(String name) throws IOException {
        return new ObjectMapper().readTree(folder.out().resolve(name).toFile());
    }

    /** The files whose names begin so. */
    static List<String> names(Path room, String begin) throws IOException {
        return names(room).stream().filter(name -> name.startsWith(begin)).toList();
    }

    static List<String> names(Path room) throws IOException {
        try (Stream<Path> files = Files.list(room)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The images that are staged at the moment. */
    List<String> staged() {
        S3Client client = application.main().lookup("s3Client", S3Client.class);
        return client.listBuckets().buckets().isEmpty()
                ? List.of()
                : client.listObjectsV2(request -> request.bucket("photos")).contents().stream()
                        .map(S3Object::key)
                        .toList();
    }

    String terminal() {
        return terminal.toString(StandardCharsets.UTF_8);
    }

    void stop() {
        application.main().stop();
    }

    @Override
    public void close() throws IOException {
        stop();
        application.close();
        if (ownSimulator) {
            simulator.close();
        }
    }
}
