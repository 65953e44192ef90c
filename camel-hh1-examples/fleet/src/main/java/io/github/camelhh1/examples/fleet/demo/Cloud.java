package io.github.camelhh1.examples.fleet.demo;

import io.github.camelhh1.examples.fleet.services.DatabaseService;
import io.github.camelhh1.examples.fleet.services.VideoService;
import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The services of a fleet, each in a process of its own, and the settings of a worker that uses them. */
abstract class Cloud implements Closeable {
    private static final Pattern PORT = Pattern.compile(":(\\d+)");

    private final Path folder;
    private final long delayMillis;
    private final Account account = new Account();
    private final List<Node> services = new ArrayList<>();
    private final Map<String, String> settings = new HashMap<>();
    private final Object[] databasePlace;
    private Node database;
    private final Node videos;

    /** @param delayMillis how long the service makes a video */
    Cloud(Path folder, long delayMillis) throws IOException {
        this.folder = folder;
        this.delayMillis = delayMillis;
        databasePlace = new Object[] {freePort(), folder.resolve("database")};
        database = service("database", DatabaseService.class, line -> {}, databasePlace);
        videos = service("videos", VideoService.class, account::line, delayMillis);
    }

    /** @param source as {@code FLEET_SOURCE} */
    static Cloud start(String source, Path folder, long delayMillis) throws Exception {
        boolean alone = source.equals(WorkerSettings.DATABASE);
        Cloud cloud = alone ? new DatabaseAlone(folder, delayMillis) : new AwsCloud(folder, delayMillis);
        try {
            cloud.await();
            return cloud;
        } catch (IllegalStateException | InterruptedException e) {
            cloud.close();
            throw e;
        }
    }

    /** Puts sample photos where the workers find them. Their names. */
    abstract List<String> feed(int count) throws Exception;

    abstract Progress progress();

    /** Waits until all services are ready. */
    void await() throws Exception {
        List<String> service = videos.awaitReady();
        set("FLEET_LEDGER", database.awaitReady().get(0));
        String backend = System.getProperty("fleet.backend", "cloudflare");
        boolean tasks = backend.equals("modelstudio");
        set("HH1_BACKEND", backend);
        set("CLOUDFLARE_ACCOUNT_ID", service.get(1));
        set(tasks ? "DASHSCOPE_API_KEY" : "CLOUDFLARE_API_TOKEN", service.get(2));
        set("HH1_POLL_INTERVAL", "2s");
        set("HH1_BASE_URL", service.get(tasks ? 3 : 0));
        set("HH1_ALLOW_PRIVATE_HOSTS", "true");
        // Shorter than anything real, so that a demo does not take an hour.
        set("FLEET_VISIBILITY", "45");
        set("FLEET_LATE_AFTER", "46");
        long longest = Math.max(60, 2 * delayMillis / 1000);
        set("FLEET_GENERATION_TIMEOUT", String.valueOf(longest));
        set("FLEET_LOOKUP_TIMEOUT", "10");
        set("FLEET_SHUTDOWN_TIMEOUT", String.valueOf(longest + 15));
        set("FLEET_IN_FLIGHT", System.getProperty("fleet.inFlight", "4"));
    }

    /** Processor time of each service since its start. */
    final Map<String, Duration> processor() {
        return services.stream().collect(Collectors.toMap(Node::name, Node::processor));
    }

    /** Something fails, and works again. */
    void fault(String name) throws Exception {
        if (!name.equals("database")) {
            throw new IllegalArgumentException("no such fault here: " + name);
        }
        database = restart(database, name, DatabaseService.class, databasePlace);
    }

    /** Stops a service, and starts it again with what it has on disk. */
    final Node restart(Node node, String name, Class<?> program, Object... arguments) throws Exception {
        node.close();
        services.remove(node);
        Node next = service(name, program, line -> {}, arguments);
        next.awaitReady();
        return next;
    }

    final Node service(String name, Class<?> program, Consumer<String> lines, Object... arguments) throws IOException {
        String[] words = new String[arguments.length + 1];
        words[0] = program.getName();
        for (int i = 0; i < arguments.length; i++) {
            words[i + 1] = arguments[i].toString();
        }
        Node node = Node.start(folder, name, Map.of(), lines, words);
        services.add(node);
        return node;
    }

    final void set(String name, String value) {
        settings.put(name, value);
    }

    /** A worker with a port of its own, and with a network to database and queue that can be cut. */
    final WorkerNode startWorker(String name) throws IOException {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("FLEET_HTTP_PORT", String.valueOf(freePort()));
        List<Relay> network = new ArrayList<>();
        for (String service : List.of("FLEET_LEDGER", "SQS_ENDPOINT")) {
            if (settings.containsKey(service)) {
                Matcher port = PORT.matcher(settings.get(service));
                Relay relay = Relay.to(Integer.parseInt(
                        port.results().findFirst().orElseThrow().group(1)));
                network.add(relay);
                environment.put(service, port.reset().replaceFirst(":" + relay.port()));
            }
        }
        return WorkerNode.start(folder, name, environment, network);
    }

    final WorkerSettings worker() {
        return WorkerSettings.read(settings::get);
    }

    final Account account() {
        return account;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        services.forEach(Node::close);
    }
}
