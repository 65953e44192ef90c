package io.github.camelhh1.examples.s3pipeline;

import io.github.camelhh1.examples.s3pipeline.s3.LocalS3;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** An S3 server for a test class, and a directory for each test. */
abstract class S3Setup {
    static LocalS3 server;

    @TempDir
    Path directory;

    @BeforeAll
    static void startServer() throws Exception {
        server = LocalS3.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }
}
