package io.github.camelhh1.examples.fleet.aws;

import io.github.camelhh1.examples.fleet.route.Turns;
import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy;

/** The way of one message. It is deleted when each of its photos is stored, or is in the queue of failures. */
final class PhotoRoutes extends RouteBuilder {
    /** How long one look at the queue waits for a message. */
    static final int WAIT_SECONDS = 5;

    private final WorkerSettings settings;
    private final LookUpPhoto lookUpPhoto;
    private final StoreVideo storeVideo;
    private final GiveBack giveBack;
    private final TellFailure tellFailure;

    PhotoRoutes(
            WorkerSettings settings,
            LookUpPhoto lookUpPhoto,
            StoreVideo storeVideo,
            GiveBack giveBack,
            TellFailure tellFailure) {
        this.settings = settings;
        this.lookUpPhoto = lookUpPhoto;
        this.storeVideo = storeVideo;
        this.giveBack = giveBack;
        this.tellFailure = tellFailure;
    }

    @Override
    public void configure() {
        onException(Exception.class)
                .onWhen(tellFailure::isForLater)
                .logExhausted(false)
                .process(giveBack);
        onException(Exception.class).handled(true).logExhausted(false).process(tellFailure);

        from("aws2-sqs:" + settings.queues().photos()
                        // More at once, and those behind one that waits would not be extended.
                        + "?maxMessagesPerPoll=1&concurrentConsumers=4&greedy=true&initialDelay=0&waitTimeSeconds="
                        + WAIT_SECONDS
                        + "&visibilityTimeout=" + settings.times().visibility().toSeconds()
                        + "&extendMessageVisibility=true&messageAttributeNames=All&attributeNames=All"
                        + "&exceptionHandler=#refusals")
                .routeId("photos")
                .process(ReadEvent::keepBody)
                .process(new Turns(settings.inFlight()))
                // Not stopOnException: it would also stop at a failure that was handled, and the rest would be lost.
                .split(method(ReadEvent.class), new UseOriginalAggregationStrategy(null, true))
                // A photo is the same request whatever its place in a message.
                .removeProperty(Exchange.SPLIT_INDEX)
                .process(Turns::refuseWhenStopping)
                .process(lookUpPhoto)
                .to("hh1:generate?requestKey=${header." + Turns.PHOTO + "}&stagingUri=aws2-s3:"
                        + settings.s3().orElseThrow().in()
                        + "&group=" + settings.queues().photos())
                .to("hh1:download")
                .process(storeVideo);
    }
}
