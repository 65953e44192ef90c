package io.github.camelhh1.examples.fleet.demo;

import io.github.camelhh1.examples.fleet.worker.SqsClients;
import io.github.camelhh1.examples.fleet.worker.WorkerSettings;
import io.github.camelhh1.examples.s3pipeline.s3.S3Clients;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Queue, storage, database and the service that makes videos: four processes, and what a worker must be told of them. */
final class Cloud implements Closeable {
    static final String QUEUE = "photos";
    static final String FAILED = "photos-failed";
    static final String DEAD = "photos-dead";

    private final Account account = new Account();
    private final List<Node> services;
    private final Map<String, String> settings = new HashMap<>();
    private final SqsClient sqs;
    private final S3Client s3;

    /** @param delayMillis how long the service makes a video */
    Cloud(Path folder, long delayMillis) throws Exception {
        int port = freePort();
        Node queue = service(folder, "queue", QueueService.class, line -> {}, port, folder);
        Node database = service(folder, "database", DatabaseService.class, line -> {}, folder.resolve("database"));
        Node storage = service(folder, "storage", StorageService.class, line -> {});
        Node videos = service(folder, "videos", VideoService.class, account::line, delayMillis);
        services = List.of(queue, database, storage, videos);
        try {
            settings(queue.awaitReady(), database.awaitReady(), storage.awaitReady(), videos.awaitReady());
        } catch (IllegalStateException | InterruptedException e) {
            services.forEach(Node::close);
            throw e;
        }
        // The clients of this process take their credentials from here as a worker takes them from its environment.
        System.setProperty("aws.accessKeyId", settings.get("AWS_ACCESS_KEY_ID"));
        System.setProperty("aws.secretAccessKey", settings.get("AWS_SECRET_ACCESS_KEY"));
        WorkerSettings worker = worker();
        sqs = SqsClients.client(worker.queues());
        s3 = S3Clients.client(worker.s3());
    }

    private static Node service(Path folder, String name, Class<?> program, Consumer<String> lines, Object... arguments)
            throws IOException {
        String[] words = new String[arguments.length + 1];
        words[0] = program.getName();
        for (int i = 0; i < arguments.length; i++) {
            words[i + 1] = arguments[i].toString();
        }
        return Node.start(folder, name, Map.of(), lines, words);
    }

    private void settings(List<String> queue, List<String> database, List<String> storage, List<String> videos) {
        settings.put("SQS_ENDPOINT", queue.get(0));
        settings.put("FLEET_QUEUE", QUEUE);
        settings.put("FLEET_LEDGER", database.get(0));
        settings.put("S3_ENDPOINT", storage.get(0));
        settings.put("S3_IN", "photos");
        settings.put("S3_OUT", "videos");
        settings.put("AWS_ACCESS_KEY_ID", storage.get(1));
        settings.put("AWS_SECRET_ACCESS_KEY", storage.get(2));
        settings.put("AWS_REGION", "us-east-1");
        settings.put("CLOUDFLARE_ACCOUNT_ID", videos.get(1));
        settings.put("CLOUDFLARE_API_TOKEN", videos.get(2));
        settings.put("HH1_BASE_URL", videos.get(0));
        settings.put("HH1_ALLOW_PRIVATE_HOSTS", "true");
        // Shorter than anything real, so that a demo does not take an hour.
        settings.put("FLEET_VISIBILITY", "45");
        settings.put("FLEET_GENERATION_TIMEOUT", "60");
        settings.put("FLEET_SHUTDOWN_TIMEOUT", "75");
        settings.put("FLEET_IN_FLIGHT", "4");
    }

    /** The environment of a worker, with a port of its own. */
    Map<String, String> environment() throws IOException {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("FLEET_HTTP_PORT", String.valueOf(freePort()));
        return environment;
    }

    WorkerSettings worker() {
        return WorkerSettings.read(settings::get);
    }

    Account account() {
        return account;
    }

    SqsClient sqs() {
        return sqs;
    }

    S3Client s3() {
        return s3;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        sqs.close();
        s3.close();
        services.forEach(Node::close);
    }
}
