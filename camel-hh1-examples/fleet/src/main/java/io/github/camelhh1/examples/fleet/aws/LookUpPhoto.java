package io.github.camelhh1.examples.fleet.aws;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.fleet.route.Turns;
import io.github.camelhh1.examples.fleet.route.UnusableMessageException;
import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import io.github.camelhh1.examples.s3pipeline.route.Notification;
import io.github.camelhh1.examples.s3pipeline.s3.PhotoBucket;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Makes the request for a photo from an event. The object itself is not read: the service fetches it by a link. The
 * request key is made of the object's content and its metadata, so that it is the same for every message about the
 * photo.
 */
record LookUpPhoto(PhotoBucket photos, WorkerSettings.Backend asked) implements Processor {
    private static final Map<String, String> FIELDS = Map.of(
            "prompt", Hh1Constants.PROMPT,
            "negative-prompt", Hh1Constants.NEGATIVE_PROMPT,
            "resolution", Hh1Constants.RESOLUTION,
            "duration", Hh1Constants.DURATION,
            "seed", Hh1Constants.SEED,
            "watermark", Hh1Constants.WATERMARK);

    private static final int LONGEST_CORRELATION = 1000;
    private static final long MOST_BYTES = 20L << 20;

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        var created = message.getBody(Notification.Created.class);
        message.setBody(null);
        String place = "s3://" + created.bucket() + "/" + created.key();
        message.setHeader(Turns.PHOTO, place);
        if (!created.bucket().equals(photos.bucket())) {
            throw new UnusableMessageException(place + " is in another bucket than S3_IN");
        } else if (!PhotoBucket.isPhoto(created.key())) {
            throw new UnusableMessageException(place + " is no photo at the top of its bucket (jpg, jpeg, png, webp)");
        }
        HeadObjectResponse object = photos.find(created.key())
                .orElseThrow(() -> new UnusableMessageException(place + " is gone from its bucket"));
        if (object.contentLength() > MOST_BYTES) {
            throw new UnusableMessageException(place + " has " + (object.contentLength() >> 20)
                    + " MB; the service takes photos of up to " + (MOST_BYTES >> 20) + " MB: make it smaller");
        }
        Map<String, String> options = new TreeMap<>(object.metadata());
        options.keySet().retainAll(FIELDS.keySet());
        message.setHeader(Turns.PHOTO, place + "#" + object.eTag().replace("\"", "") + hash(options));
        message.setHeader(AWS2S3Constants.BUCKET_NAME, created.bucket());
        message.setHeader(AWS2S3Constants.KEY, created.key());
        message.setHeader(AWS2S3Constants.E_TAG, object.eTag());
        if (created.key().length() <= LONGEST_CORRELATION) {
            message.setHeader(Hh1Constants.CORRELATION, created.key());
        }
        message.setHeader(Hh1Constants.PROMPT, asked.prompt());
        message.setHeader(Hh1Constants.RESOLUTION, asked.resolution());
        message.setHeader(Hh1Constants.DURATION, asked.duration());
        options.forEach((field, value) -> message.setHeader(FIELDS.get(field), value));
    }

    /** The content's own hash says nothing of the metadata. */
    private static String hash(Map<String, String> options) {
        return options.isEmpty() ? "" : "#" + Hashes.sha256(options.toString());
    }
}
