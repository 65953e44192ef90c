package io.github.camelhh1.examples.filedrop.route;

import io.github.camelhh1.examples.filedrop.photo.Photo;
import io.github.camelhh1.examples.filedrop.s3.StagedImages;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/** Names the object that may be deleted now, if there is one. */
final class UnneededImage {
    private UnneededImage() {}

    static void name(Exchange exchange, StagedImages images) {
        Photo photo = Photo.of(exchange);
        exchange.getMessage().removeHeader(AWS2S3Constants.KEY);
        if (photo != null) {
            images.settle(photo.sha256(), photo.name())
                    .ifPresent(key -> exchange.getMessage().setHeader(AWS2S3Constants.KEY, key));
        }
    }
}
