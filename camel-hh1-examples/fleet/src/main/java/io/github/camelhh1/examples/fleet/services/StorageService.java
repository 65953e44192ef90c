package io.github.camelhh1.examples.fleet.services;

import io.github.camelhh1.examples.s3pipeline.s3.LocalS3;
import java.util.concurrent.CountDownLatch;

/** An S3 server with two empty buckets. */
public final class StorageService {
    private StorageService() {}

    public static void main(String... words) throws Exception {
        LocalS3 server = LocalS3.start();
        var keys = server.place().credentials().resolveCredentials();
        System.out.println("ready " + server.place().endpoint().orElseThrow() + " " + keys.accessKeyId() + " "
                + keys.secretAccessKey());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        new CountDownLatch(1).await();
    }

    private static void stop(LocalS3 server) {
        try {
            server.close();
        } catch (java.io.IOException e) {
            System.out.println(e.getMessage());
        }
    }
}
