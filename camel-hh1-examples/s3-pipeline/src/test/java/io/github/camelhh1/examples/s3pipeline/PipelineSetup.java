package io.github.camelhh1.examples.s3pipeline;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A pipeline for each test. */
abstract class PipelineSetup extends S3Setup {
    PipelineFixture bench;

    @BeforeEach
    void open() throws Exception {
        bench = new PipelineFixture(server, directory, "java");
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }
}
