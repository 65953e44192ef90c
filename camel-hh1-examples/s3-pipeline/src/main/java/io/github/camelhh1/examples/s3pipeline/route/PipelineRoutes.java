package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.failure.DownloadException;
import io.github.camelhh1.failure.InFlightException;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.VideoExpiredException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * The way of one photo. It begins with a look at the bucket or with a notification, and goes on as the same. Outcomes that
 * come when the photo has failed already have a way of their own.
 */
public final class PipelineRoutes extends RouteBuilder {
    @Override
    public void configure() {
        // The photo is not read here: the service fetches it by a link.
        from("aws2-s3:{{pipeline.in}}?delimiter=/&ignoreBody=true&deleteAfterRead=false&initialDelay=0&delay={{pipeline.poll}}&inProgressRepository=#photosInWork")
                .routeId("bucket")
                .process("photosInWork")
                .to("direct:photo");

        from("{{pipeline.events}}")
                .routeId("notifications")
                // Not stopOnException: it would also stop at a failure that was handled, and the rest would be lost.
                .split(method("notification", "photos"))
                // The photo is the same request as in a poll, whatever its position in a notification.
                .removeProperty(Exchange.SPLIT_INDEX)
                .process("findPhoto")
                .filter(header("CamelAwsS3ETag").isNotNull())
                .to("direct:photo");

        from("direct:photo")
                .routeId("photo")
                // Not sent, or on its way elsewhere: left unhandled, so that the photo stays where it is.
                .onException(BusyException.class, NotSentException.class, InFlightException.class)
                .logExhausted(false)
                .end()
                .onException(Exception.class)
                .handled(true)
                .process("failPhoto")
                .end()
                .filter(method("photoBucket", "isPhoto(${header.CamelAwsS3Key})"))
                .process("readRequest")
                .to("hh1:generate?stagingUri=aws2-s3:{{pipeline.in}}")
                .process("tellGenerated")
                .to("hh1:download")
                .process("putVideo")
                .process("finishPhoto");

        // The video of a run that had failed as unknown. If S3 or the ledger fails here, the run comes again.
        from("hh1:recovered?after={{pipeline.after}}")
                .routeId("recovered")
                .onException(DownloadException.class, VideoExpiredException.class)
                .handled(true)
                .process("finishRecovered")
                .end()
                .process("recallPhoto")
                .process("tellGenerated")
                .to("hh1:download")
                .process("putVideo")
                .process("finishRecovered");

        from("hh1:held?after={{pipeline.after}}")
                .routeId("held")
                .process("recallPhoto")
                .process("tellHeld");
    }
}
