package io.github.camelhh1.examples.filedrop.route;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.filedrop.progress.Progress;
import io.github.camelhh1.examples.filedrop.s3.StagedImages;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The image lies in S3. The exchange here is the component's: only the image's name tells whose image it is. */
record PhotoStaged(StagedImages images, Progress progress) implements Processor {

    @Override
    public void process(Exchange exchange) {
        String key = exchange.getMessage().getHeader(Hh1Constants.IMAGE_NAME, String.class);
        images.staged(key).ifPresent(progress::staged);
    }
}
