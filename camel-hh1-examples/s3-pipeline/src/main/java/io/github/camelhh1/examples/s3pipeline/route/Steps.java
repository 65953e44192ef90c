package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.examples.s3pipeline.Console;
import io.github.camelhh1.examples.s3pipeline.s3.PhotoBucket;
import io.github.camelhh1.examples.s3pipeline.s3.VideoBucket;
import java.util.Map;

/** The steps of the routes, by the names that the routes call them. */
public final class Steps {
    private Steps() {}

    public static Map<String, Object> byName(PhotoBucket photos, VideoBucket videos, Console console) {
        return Map.of(
                "notification",
                new Notification(),
                "findPhoto",
                new FindPhoto(photos),
                "photoBucket",
                photos,
                "readRequest",
                new ReadRequest(console),
                "tellGenerated",
                new TellGenerated(console),
                "putVideo",
                new PutVideo(videos, console),
                "finishPhoto",
                new FinishPhoto(photos),
                "failPhoto",
                new FailPhoto(photos, videos, console));
    }
}
