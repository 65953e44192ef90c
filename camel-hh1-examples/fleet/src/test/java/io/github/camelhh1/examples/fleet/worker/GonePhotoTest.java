package io.github.camelhh1.examples.fleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.examples.s3pipeline.s3.S3Clients;
import io.github.camelhh1.examples.s3pipeline.s3.S3Place;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.model.Message;

/** A photo is deleted between two deliveries of its message. */
class GonePhotoTest {
    @Test
    void aPhotoThatWasPaidAndIsGoneWhenItsMessageComesAgainIsNotSaidToBeUnpaid() throws Exception {
        try (Site site = new Site()) {
            S3Place place = site.settings().s3().orElseThrow();
            site.put("horse.jpg", Site.photo(), Map.of());
            try (Worker worker = site.start();
                    S3Client s3 = S3Clients.client(place)) {
                assertThat(worker.main().isStarted()).isTrue();
                // The video cannot be stored.
                s3.deleteBucket(delete -> delete.bucket(place.out()));
                site.announce("horse.jpg");
                await().atMost(Duration.ofMinutes(1)).until(() -> site.simulator.charges() == 1);
                s3.deleteObject(delete -> delete.bucket(place.in()).key("horse.jpg"));

                site.awaitThrough();
            }

            Message failure = site.failures().get(0);
            assertThat(Site.attribute(failure, "reason")).contains("is gone from its bucket");
            assertThat(Site.attribute(failure, "billing")).isEqualTo("UNKNOWN");
            assertThat(site.simulator.charges()).isEqualTo(1);
        }
    }

    @Test
    void aPhotoThatIsGoneWhenItsMessageComesFirstWasNotPaid() throws Exception {
        try (Site site = new Site()) {
            site.announce("horse.jpg");
            try (Worker worker = site.start()) {
                assertThat(worker.main().isStarted()).isTrue();
                site.awaitThrough();
            }

            assertThat(Site.attribute(site.failures().get(0), "billing")).isEqualTo("NOT_BILLED");
        }
    }
}
