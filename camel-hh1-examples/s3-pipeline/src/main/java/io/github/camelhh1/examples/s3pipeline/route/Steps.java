package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.examples.s3pipeline.Console;
import io.github.camelhh1.examples.s3pipeline.s3.PhotoBucket;
import io.github.camelhh1.examples.s3pipeline.s3.VideoBucket;
import java.util.LinkedHashMap;
import java.util.Map;

/** The steps of the routes, by the names that the routes call them. */
public final class Steps {
    private Steps() {}

    public static Map<String, Object> byName(PhotoBucket photos, VideoBucket videos, Console console) {
        Map<String, Object> steps = new LinkedHashMap<>();
        steps.put("photosInWork", new PhotosInWork());
        steps.put("notification", new Notification());
        steps.put("findPhoto", new FindPhoto(photos));
        steps.put("photoBucket", photos);
        steps.put("readRequest", new ReadRequest(console));
        steps.put("tellGenerated", new TellGenerated(console));
        steps.put("putVideo", new PutVideo(videos, console));
        steps.put("finishPhoto", new FinishPhoto(photos));
        steps.put("failPhoto", new FailPhoto(photos, videos, console));
        steps.put("recallPhoto", new RecallPhoto());
        steps.put("finishRecovered", new FinishRecovered(photos, console));
        steps.put("tellHeld", new TellHeld(photos, console));
        return steps;
    }
}
