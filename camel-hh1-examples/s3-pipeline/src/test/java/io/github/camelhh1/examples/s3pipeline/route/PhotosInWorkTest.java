package io.github.camelhh1.examples.s3pipeline.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class PhotosInWorkTest {
    private final PhotosInWork inWork = new PhotosInWork();

    private void take(String key) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(AWS2S3Constants.KEY, key);
        inWork.process(exchange);
    }

    @Test
    void aPhotoThatWasTakenIsNotTakenAgainUntilItIsThrough() {
        assertThat(inWork.add("cat.png")).isTrue();
        take("cat.png");

        assertThat(inWork.add("cat.png")).isFalse();
        assertThat(inWork.add("dog.png")).isTrue();
        inWork.remove("cat.png");
        assertThat(inWork.add("cat.png")).isTrue();
    }

    @Test
    void aPhotoThatWasListedAndNotTakenIsLetThroughByTheNextLook() {
        inWork.add("cat.png");

        assertThat(inWork.add("cat.png")).isTrue();
    }

    @Test
    void aPhotoThatANotificationBringsChangesNothing() {
        take("cat.png");

        assertThat(inWork.add("cat.png")).isTrue();
    }
}
