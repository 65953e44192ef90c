package io.github.camelhh1.examples.fleet.services;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** PostgreSQL that forgets nothing it has confirmed. */
public final class DatabaseService {
    private DatabaseService() {}

    public static void main(String... words) throws Exception {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setPort(Integer.parseInt(words[0]))
                .setDataDirectory(Path.of(words[1]))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        System.out.println("ready jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres");
        new CountDownLatch(1).await();
    }
}
