package io.github.camelhh1.observe;

import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Amount.Spending;
import io.github.camelhh1.observe.Readings.LedgerLook;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of one component in a registry of Micrometer. Only an application that has Micrometer loads this class. Every
 * meter is made before it is used, or with the first message of its model; a message allocates no tags.
 */
public final class Meters implements Observer {
    /** So many models have series of their own. */
    static final int MODELS = 9;

    private static final String SECONDS = "seconds";
    private static final String OTHER = "other";
    private static final String COMPLETED = Outcome.Completed.class.getSimpleName();
    private static final String UNKNOWN = Outcome.Unknown.class.getSimpleName();
    /** The ending of a message whose video is behind a link that is no longer valid. */
    private static final String EXPIRED = "Expired";

    private static final Duration[] BUCKETS = IntStream.of(30, 45, 60, 90, 120, 180, 240, 360, 600, 900)
            .mapToObj(Duration::ofSeconds)
            .toArray(Duration[]::new);

    private static final Logger LOG = LoggerFactory.getLogger(Meters.class);

    private final MeterRegistry registry;
    private final Tags component;
    private final List<Meter> all = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, Counter>> outcomes = new ConcurrentHashMap<>();
    private final Timer generate;
    private final Timer downloaded;
    private final Timer notDownloaded;
    private final Timer ledger;
    private final Timer staging;
    private final Counter attempts;
    private final Counter replays;
    private final Counter videoSeconds;
    private final Counter cost;
    private final Counter stagedBytes;
    private final Counter downloadedBytes;

    /**
     * Shows the meters of a component that has started.
     *
     * @param registry a {@link MeterRegistry}
     * @param component its name in its context: the tag {@code component}
     * @return removes them
     */
    public static Runnable show(Object registry, String component, Observers observers, Readings readings) {
        var meters = (MeterRegistry) registry;
        if (meters.find("hh1.permits").tag("component", component).meter() != null) {
            LOG.warn(
                    "The registry has meters of another component {} already, so this one has none. Give one of them"
                            + " another name, or its Camel context a registry of its own",
                    component);
            return () -> {};
        }
        var shown = new Meters(meters, Tags.of("component", component));
        shown.gauges(readings);
        observers.add(shown);
        return () -> {
            observers.remove(shown);
            shown.all.forEach(meters::remove);
        };
    }

    private Meters(MeterRegistry registry, Tags component) {
        this.registry = registry;
        this.component = component;
        this.generate = added(Timer.builder("hh1.generate")
                .description("From the acceptance of a message to its video. Replays and failures are not timed")
                .serviceLevelObjectives(BUCKETS)
                .tags(component)
                .register(registry));
        this.downloaded = timer("hh1.download", "Fetching a video", component.and("outcome", "downloaded"));
        this.notDownloaded = timer("hh1.download", "Fetching a video", component.and("outcome", "failed"));
        this.ledger = timer(
                "hh1.ledger", "A piece of work with the ledger, of messages and of the component itself", component);
        this.staging = timer("hh1.staging", "Giving an image a link", component);
        this.attempts = counter("hh1.attempts", null, "Requests that left for the service");
        this.replays = counter(
                "hh1.replays", null, "Messages that the ledger, or another delivery, answered: nothing was paid");
        this.videoSeconds = counter(
                "hh1.video.seconds", SECONDS, "Length of the videos that were made, where the request named it");
        this.cost = counter("hh1.cost", null, "Price of the videos that were made, in the currency of pricePerSecond");
        this.stagedBytes = counter("hh1.staged.bytes", "bytes", "Image content that was given a link");
        this.downloadedBytes = counter("hh1.downloaded.bytes", "bytes", "Videos that were downloaded");
    }

    private void gauges(Readings readings) {
        gauge("hh1.in.flight", null, "Calls that have a permit", readings.inFlight()::getAsInt);
        gauge("hh1.queued", null, "Messages that wait for a permit", readings.queued()::getAsInt);
        gauge("hh1.permits", null, "The most calls in flight: maxInFlight", readings::permits);
        gauge(
                "hh1.ledger.failing",
                null,
                "1 while the ledger does not work, and nothing is sent; otherwise 0",
                () -> readings.ledgerFails().getAsBoolean() ? 1 : 0);
        gauge(
                "hh1.unknown.runs",
                null,
                "Runs that the ledger holds as unknown, of all its accounts and nodes",
                looked(readings, LedgerLook::unknownRuns));
        if (readings.caps() != null) {
            budget(readings, readings.caps());
        }
    }

    private void budget(Readings readings, Caps caps) {
        spending(readings, "spent", "Spent today (UTC), over all nodes of the ledger", Spending::spent);
        spending(readings, "reserved", "Reserved today (UTC) by open and unknown runs", Spending::reserved);
        Long seconds = caps.seconds();
        if (seconds != null) {
            gauge("hh1.budget.cap.seconds", SECONDS, "The most for a day: maxSecondsPerDay", () -> seconds);
        }
        BigDecimal money = caps.cost();
        if (money != null) {
            gauge("hh1.budget.cap.cost", null, "The most for a day: maxCostPerDay", () -> money);
        }
    }

    private void spending(Readings readings, String kind, String what, Function<Spending, Amount> part) {
        gauge("hh1.budget." + kind + ".seconds", SECONDS, what, most(readings, part.andThen(Amount::seconds)));
        gauge(
                "hh1.budget." + kind + ".cost",
                null,
                what + ", at pricePerSecond",
                most(readings, part.andThen(Amount::cost)));
    }

    private static Supplier<Number> most(Readings readings, Function<Spending, Number> figure) {
        return looked(readings, look -> {
            Spending most = look.most();
            return most == null ? Double.NaN : figure.apply(most);
        });
    }

    /** Not a number before the first look. */
    private static Supplier<Number> looked(Readings readings, Function<LedgerLook, Number> figure) {
        return () -> {
            LedgerLook look = readings.ledger().get();
            return look == null ? Double.NaN : figure.apply(look);
        };
    }

    private void gauge(String name, @Nullable String unit, String what, Supplier<Number> reading) {
        added(Gauge.builder(name, reading)
                .description(what)
                .baseUnit(unit)
                .tags(component)
                .register(registry));
    }

    private Counter counter(String name, @Nullable String unit, String what) {
        return added(Counter.builder(name)
                .description(what)
                .baseUnit(unit)
                .tags(component)
                .register(registry));
    }

    private Timer timer(String name, String what, Tags tags) {
        return added(Timer.builder(name).description(what).tags(tags).register(registry));
    }

    private <T extends Meter> T added(T meter) {
        all.add(meter);
        return meter;
    }

    private Map<String, Counter> outcomes(String model) {
        Map<String, Counter> known = outcomes.get(model);
        return known != null ? known : newOutcomes(model);
    }

    private synchronized Map<String, Counter> newOutcomes(String model) {
        return outcomes.computeIfAbsent(
                outcomes.containsKey(model) || outcomes.size() < MODELS ? model : OTHER, this::outcomesOf);
    }

    /** All of a model at once: a counter that is seen at zero first shows its first increase. */
    private Map<String, Counter> outcomesOf(String model) {
        var counters = new HashMap<String, Counter>();
        Stream.concat(Stream.of(Outcome.class.getPermittedSubclasses()).map(Class::getSimpleName), Stream.of(EXPIRED))
                .forEach(name -> counters.put(
                        name,
                        added(Counter.builder("hh1.outcomes")
                                .description("Messages by their ending; replays are among completed")
                                .tags(component.and("model", model, "outcome", words(name)))
                                .register(registry))));
        return counters;
    }

    /** {@code NotSent} is {@code not_sent}. */
    private static String words(String name) {
        return name.replaceAll("(?<!^)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    @Override
    public void accepted(ObservedMessage message) {
        outcomes(message.identity().model());
    }

    @Override
    public void staged(ObservedMessage message, long bytes, Duration elapsed) {
        staging.record(elapsed);
        stagedBytes.increment((double) bytes);
    }

    @Override
    public void sent(ObservedMessage message, int attempt) {
        attempts.increment();
    }

    @Override
    public void ended(ObservedMessage message, Ended ended) {
        String name = name(ended);
        Objects.requireNonNull(outcomes(message.identity().model()).get(name)).increment();
        if (ended.isReplay()) {
            replays.increment();
        } else if (name.equals(COMPLETED)) {
            generate.record(ended.elapsed());
            Integer seconds = message.request().duration();
            videoSeconds.increment(seconds == null ? 0 : seconds);
            cost.increment(message.cost() == null ? 0 : message.cost().doubleValue());
        }
    }

    /** The outcome, but for a message that failed although there is a video. */
    private static String name(Ended ended) {
        String name = ended.name();
        if (ended.failure() == null || !name.equals(COMPLETED)) {
            return name;
        }
        return ended.isReplay() ? EXPIRED : UNKNOWN;
    }

    @Override
    public void downloaded(Downloaded video) {
        if (video.failure() == null) {
            downloaded.record(video.elapsed());
            downloadedBytes.increment((double) video.bytes());
        } else {
            notDownloaded.record(video.elapsed());
        }
    }

    @Override
    public void ledgerTook(Duration elapsed) {
        ledger.record(elapsed);
    }
}
