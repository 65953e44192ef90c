package io.github.camelhh1.examples.filedrop.route;

import io.github.camelhh1.Hh1Constants;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/** Gives an image a link that the service can fetch, and takes it away again. */
public final class StageRoutes extends RouteBuilder {
    private static final String BUCKET = "aws2-s3:{{file-drop.bucket}}";

    @Override
    public void configure() {
        from("direct:stage")
                .routeId("stage")
                .setHeader(AWS2S3Constants.KEY, header(Hh1Constants.IMAGE_NAME))
                .setHeader(AWS2S3Constants.CONTENT_TYPE, header(Exchange.CONTENT_TYPE))
                .setHeader(AWS2S3Constants.CONTENT_LENGTH, header(Exchange.CONTENT_LENGTH))
                .to(BUCKET + "?autoCreateBucket={{file-drop.create-bucket}}")
                .setHeader(AWS2S3Constants.DOWNLOAD_LINK_EXPIRATION_TIME, constant("{{drop.link-lifetime}}"))
                .to(BUCKET + "?operation=createDownloadLink")
                .process("photoStaged");

        from("direct:unstage")
                .routeId("unstage")
                .onException(Exception.class)
                .handled(true)
                .log(LoggingLevel.WARN, "A staged image stays in the bucket: ${exception.message}")
                .end()
                .process("unneededImage")
                .filter(header(AWS2S3Constants.KEY).isNotNull())
                .to(BUCKET + "?operation=deleteObject")
                .end();
    }
}
