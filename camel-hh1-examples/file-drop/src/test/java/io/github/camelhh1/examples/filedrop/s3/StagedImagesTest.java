package io.github.camelhh1.examples.filedrop.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StagedImagesTest {
    private final StagedImages images = new StagedImages();

    @Test
    void anImageMayGoWithItsLastPhoto() {
        images.expect("hash", "one.png");
        images.expect("hash", "two.png");

        assertThat(images.staged("hash.png")).contains("one.png");
        assertThat(images.staged("hash.png")).contains("two.png");
        assertThat(images.staged("hash.png")).isEmpty();
        assertThat(images.settle("hash", "one.png")).isEmpty();
        assertThat(images.settle("hash", "one.png")).isEmpty();
        assertThat(images.settle("hash", "two.png")).contains("hash.png");
    }

    @Test
    void anImageOfUnknownOutcomeStays() {
        images.expect("hash", "one.png");
        images.staged("hash.png");
        images.keep("hash");

        assertThat(images.settle("hash", "one.png")).isEmpty();
    }

    @Test
    void whatWasNeverStagedNeedsNoDeleting() {
        images.expect("hash", "one.png");

        assertThat(images.settle("hash", "one.png")).isEmpty();
        assertThat(images.staged("other.png")).isEmpty();
    }
}
