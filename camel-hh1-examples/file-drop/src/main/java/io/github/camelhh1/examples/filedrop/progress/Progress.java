package io.github.camelhh1.examples.filedrop.progress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A line per photo as it moves, plain enough for a log. Long steps get further lines: after 2 and 5 seconds, then every
 * ten. The caller calls {@link #tick()} about once a second. Safe for use by many threads.
 */
public final class Progress {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** A step that lasts: its text, and the time of its next line. */
    private static final class Step {
        private final Instant since;
        private final Supplier<String> text;
        private Duration next = Duration.ofSeconds(2);

        private Step(Instant since, Supplier<String> text) {
            this.since = since;
            this.text = text;
        }

        private synchronized boolean isDue(Duration elapsed) {
            if (elapsed.compareTo(next) < 0) {
                return false;
            }
            long seconds = elapsed.toSeconds();
            next = Duration.ofSeconds(seconds < 5 ? 5 : (seconds / 10 + 1) * 10);
            return true;
        }
    }

    private final Console console;
    private final Clock clock;
    private final Map<String, Instant> starts = new ConcurrentHashMap<>();
    private final Map<String, Step> steps = new ConcurrentHashMap<>();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    public Progress(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    public void waiting(String photo) {
        say(photo, "waiting");
    }

    /** The photo is on its way to the bucket, and to the service, which is asked for the video. */
    public void sending(String photo) {
        say(photo, "sending");
        Instant since = clock.instant();
        starts.put(photo, since);
        steps.put(photo, new Step(since, () -> "generating " + seconds(since) + " s"));
    }

    /** The video is being fetched, and why. The growing file shows the bytes that have arrived. */
    public void downloading(String photo, String why, Supplier<String> howFar) {
        Step step = new Step(clock.instant(), () -> "downloading " + howFar.get());
        steps.put(photo, step);
        say(photo, why);
    }

    public void done(String photo, String result) {
        Instant start = starts.get(photo);
        forget(photo);
        done.incrementAndGet();
        say(photo, "done " + result + (start == null ? "" : " in " + seconds(start) + " s"));
    }

    public void failed(String photo, String reason) {
        forget(photo);
        failed.incrementAndGet();
        say(photo, "failed " + reason);
    }

    /** Its files are other ones now, or gone. */
    public void replaced(String photo) {
        say(photo, "has changed in the folder since it was read, and is not moved");
    }

    /** Its files are other ones now, while its request goes on. */
    public void goesOn(String photo) {
        forget(photo);
        say(photo, "has changed in the folder; the video of the first photo comes when it is made");
    }

    /** The program stops before the photo was sent. */
    public void putBack(String photo) {
        forget(photo);
        say(photo, "not sent, stays in the folder");
    }

    /** Writes a line for every step that is due. */
    public void tick() {
        Instant now = clock.instant();
        steps.forEach((photo, step) -> {
            if (step.isDue(Duration.between(step.since, now))) {
                say(photo, step.text.get());
            }
        });
    }

    /** Photos that were sent and have no outcome yet. */
    public int activeCount() {
        return steps.size();
    }

    public int doneCount() {
        return done.get();
    }

    public int failedCount() {
        return failed.get();
    }

    private void say(String photo, String text) {
        String time = TIME.format(clock.instant().atZone(ZoneId.systemDefault()));
        console.line(time + "  " + String.format("%-16s", photo) + "  " + text);
    }

    private void forget(String photo) {
        starts.remove(photo);
        steps.remove(photo);
    }

    private long seconds(Instant since) {
        return Duration.between(since, clock.instant()).toSeconds();
    }
}
