package io.github.camelhh1.examples.fleet.services;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** ElasticMQ, which speaks the protocol of SQS, with its messages on disk. */
public final class QueueService {
    private static final String CONFIGURATION = """
            include classpath("application.conf")
            node-address { host = "127.0.0.1", port = %1$s }
            rest-sqs { bind-hostname = "127.0.0.1", bind-port = %1$s }
            rest-stats { enabled = false }
            messages-storage { enabled = true, uri = "jdbc:h2:%2$s" }
            queues {
              photos {
                defaultVisibilityTimeout = 45 seconds
                deadLettersQueue { name = "photos-dead", maxReceiveCount = 20 }
              }
              photos-failed {}
              photos-dead {}
            }
            """;

    private QueueService() {}

    public static void main(String... words) throws Exception {
        Path folder = Path.of(words[1]);
        Path file = folder.resolve("queue.conf");
        Files.writeString(
                file, CONFIGURATION.formatted(words[0], folder.resolve("queue").toAbsolutePath()));
        System.setProperty("config.file", file.toString());
        org.elasticmq.server.Main.main(new String[0]);
        System.out.println("ready http://127.0.0.1:" + words[0]);
        new CountDownLatch(1).await();
    }
}
