package io.github.camelhh1.examples.springboot;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.KeyReuseException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.Retry;
import java.io.File;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFileFilter;
import org.springframework.stereotype.Component;

/**
 * Photos become videos. A photo stays in its folder until its video or a note of its failure is there, so that a restart
 * goes on with it; its key is the key of the request, so that it is paid once.
 */
@Component
class VideoRoutes extends RouteBuilder {
    private final VideoFolder folder;

    VideoRoutes(VideoFolder folder) {
        this.folder = folder;
    }

    @Override
    public void configure() {
        // The photo stays.
        onException(Hh1Exception.class)
                .onWhen(VideoRoutes::isForLater)
                .logExhausted(false)
                .process(this::tryLater)
                .log(LoggingLevel.WARN, "${file:name.noext} is tried again later: ${exception.message}");
        onException(Exception.class)
                .handled(true)
                .process(this::note)
                .log(LoggingLevel.WARN, "${file:name.noext} failed: ${exception.message}");

        GenericFileFilter<File> due = photo -> folder.isDue(key(photo.getFileNameOnly()));
        bindToRegistry("due", due);
        from("file:{{videos.folder}}/photos?delay=1000&delete=true&maxMessagesPerPoll=100&filter=#due")
                .routeId("generate")
                .process(this::request)
                .to("hh1:generate?resolution=720P&duration=5")
                .to("hh1:download")
                .to("file:{{videos.folder}}/out?fileName=${file:name.noext}.mp4&tempFileName=.${file:name.noext}.part")
                .log("${file:name.noext}.mp4 is made");
    }

    private static String key(String fileName) {
        return fileName.substring(0, fileName.lastIndexOf('.'));
    }

    private static String key(Exchange exchange) {
        return key(exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class));
    }

    private void request(Exchange exchange) throws IOException {
        String key = key(exchange);
        String prompt = folder.prompt(key);
        exchange.getMessage().setHeader("CamelHh1RequestKey", key);
        exchange.getMessage().setHeader("CamelHh1Correlation", key);
        if (!prompt.isBlank()) {
            exchange.getMessage().setHeader("CamelHh1Prompt", prompt);
        }
    }

    private static Hh1Exception failure(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Hh1Exception.class);
    }

    /** It is safe to send again, or its task goes on without it, and a later try gets the video. */
    private static boolean isForLater(Exchange exchange) {
        Hh1Exception failure = failure(exchange);
        boolean goesOn = failure instanceof OutcomeUnknownException unknown && unknown.isGoingOn();
        return goesOn || failure.retry() != Retry.NEVER;
    }

    private void tryLater(Exchange exchange) {
        folder.tryLater(key(exchange), reason(exchange));
    }

    private void note(Exchange exchange) throws IOException {
        folder.fail(key(exchange), reason(exchange));
    }

    /** Why it failed, and whether it was paid. */
    static String reason(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure instanceof KeyReuseException reused) {
            // This program, or the one before it, asked for another video of the same photo.
            return reused.getMessage() + " (an earlier request of this key may have been paid; run " + reused.runId()
                    + ")";
        }
        boolean made = exchange.getMessage().getHeader("CamelHh1VideoUrl") != null;
        return failure instanceof Hh1Exception known && !(made && known.billing() == Billing.NOT_BILLED)
                ? known.getMessage() + " (" + paid(known.billing()) + "; run " + known.runId() + ")"
                : failure.getMessage() + " (" + paidUntil(exchange.getMessage()) + ")";
    }

    /** A step beside the component failed. The headers show how far the photo had come. */
    private static String paidUntil(Message message) {
        if (message.getHeader("CamelHh1VideoUrl") != null) {
            return "the video was made and paid; send the same photo with the same key again: the video is then fetched"
                    + " and not paid again, while its link lives; run " + message.getHeader("CamelHh1RunId");
        }
        return paid(message.getHeader("CamelHh1RequestKey") == null ? Billing.NOT_BILLED : Billing.UNKNOWN);
    }

    private static String paid(Billing billing) {
        return switch (billing) {
            case NOT_BILLED -> "nothing was paid";
            case BILLED -> "it was paid";
            case UNKNOWN -> "it may have been paid; if its video is found later, the state becomes done";
        };
    }
}
