package io.github.camelhh1.examples.filedrop.route;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.folder.Filing;
import io.github.camelhh1.examples.filedrop.photo.KeptVideos;
import io.github.camelhh1.examples.filedrop.photo.ReadPhoto;
import io.github.camelhh1.examples.filedrop.progress.Progress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Processor;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;

/** The steps of the routes under the names by which the Java and the YAML form call them. */
public final class Steps {
    private Steps() {}

    public static Map<String, Object> byName(DropFolder folder, Filing filing, Progress progress) {
        KeptVideos kept = new KeptVideos(folder);
        Map<String, Object> steps = new LinkedHashMap<>();
        steps.put("readPhoto", new ReadPhoto(filing, progress));
        steps.put("videoReady", new VideoReady(folder, kept, progress));
        steps.put("keptVideos", kept);
        RecordVideo record = new RecordVideo(folder, filing, kept);
        steps.put("takeKeptVideo", new TakeKeptVideo(folder, filing, kept, record));
        steps.put("recordVideo", record);
        steps.put("keepVideo", new KeepVideo(folder, filing, progress));
        steps.put("failPhoto", new FailPhoto(folder, filing, progress));
        steps.put("putBack", new PutBack(filing, progress));
        steps.put("recallPhoto", new RecallPhoto(folder, filing));
        steps.put("tellHeld", new TellHeld(folder, filing, progress));
        steps.put("askAgain", askAgain());
        steps.put("markAsked", (Processor) exchange -> exchange.setProperty(FailPhoto.ASKED, true));
        return steps;
    }

    /** Until the component has an answer, or the program stops. No thread waits meanwhile. */
    private static RedeliveryPolicy askAgain() {
        RedeliveryPolicy policy = new RedeliveryPolicy();
        policy.setMaximumRedeliveries(-1);
        policy.setRedeliveryDelay(2000);
        policy.setAsyncDelayedRedelivery(true);
        policy.setAllowRedeliveryWhileStopping(false);
        policy.setLogExhausted(false);
        return policy;
    }
}
