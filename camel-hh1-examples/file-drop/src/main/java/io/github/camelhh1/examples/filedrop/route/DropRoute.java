package io.github.camelhh1.examples.filedrop.route;

import io.github.camelhh1.examples.filedrop.photo.ErrorNote;
import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.failure.InFlightException;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.ThrottledException;
import io.github.camelhh1.failure.VideoExpiredException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;

/**
 * The way of one photo, from {@code in} to {@code out} and {@code done}, or to {@code failed}. Outcomes that come when the
 * photo has failed already have a way of their own.
 */
public final class DropRoute extends RouteBuilder {
    private static final String TASK_GOES_ON = "${exception.isGoingOn()}";

    @Override
    public void configure() {
        // noop: the steps move the files themselves, so that photo, sidecar and reason keep one name.
        var photo =
                from("file:{{file-drop.folder}}/in?noop=true&idempotent=false&includeExt=jpg,jpeg,png,webp&preSort=true&sortBy=file:name"
                                + "&filter=#settledPhotos&readLock=changed&readLockMinLength=0&readLockCheckInterval=200"
                                + "&readLockMarkerFile=false&readLockDeleteOrphanLockFiles=false&initialDelay=0&delay={{drop.poll}}")
                        .routeId("drop")
                        // Not sent, not paid: left unhandled, so that the photo stays where it is.
                        .onException(BusyException.class)
                        .logExhausted(false)
                        .process("putBack")
                        .end()
                        // The stop cut its staging or its next try short.
                        .onException(NotSentException.class, ThrottledException.class)
                        .onWhen(simple("${camelContext.isStopping}"))
                        .logExhausted(false)
                        .process("putBack")
                        .end()
                        // Something else is at work on its video. The photo waits for it.
                        .onException(InFlightException.class)
                        .redeliveryPolicyRef("askAgain")
                        .onRedeliveryRef("markAsked")
                        .process("putBack")
                        .end()
                        // Its task goes on without it.
                        .onException(OutcomeUnknownException.class)
                        .onWhen(simple(TASK_GOES_ON))
                        .redeliveryPolicyRef("askAgain")
                        .onRedeliveryRef("markAsked")
                        .process("putBack")
                        .end()
                        // Fetched before its link expired, by a program that was killed before it had moved the photo.
                        .onException(VideoExpiredException.class)
                        .onWhen(method("keptVideos", "have"))
                        .handled(true)
                        .process("takeKeptVideo")
                        .process("keepVideo")
                        .end()
                        .onException(Exception.class)
                        .handled(true)
                        .process("failPhoto")
                        .end()
                        .process("readPhoto")
                        .setProperty(ErrorNote.PROPERTY_SENT, constant(true))
                        .to(
                                "hh1:generate?stagingUri=aws2-s3:{{file-drop.bucket}}?autoCreateBucket={{file-drop.create-bucket}}");
        keepVideo(photo);

        // The video of a run that had failed as unknown.
        var late = from("hh1:recovered?after={{drop.after}}")
                .routeId("recovered")
                .onException(Exception.class)
                .handled(true)
                .process("failPhoto")
                .end()
                .process("recallPhoto");
        keepVideo(late);

        from("hh1:held?after={{drop.after}}").routeId("held").process("tellHeld");
    }

    private void keepVideo(ProcessorDefinition<?> way) {
        way.choice()
                .when(method("keptVideos", "have"))
                .process("takeKeptVideo")
                .otherwise()
                .process("videoReady")
                .to("hh1:download")
                .process("recordVideo")
                .to(
                        "file:{{file-drop.folder}}/out?fileName=${exchangeProperty[drop.videoName]}.mp4&fileExist=Fail&tempPrefix=.")
                .end()
                .process("keepVideo");
    }
}
