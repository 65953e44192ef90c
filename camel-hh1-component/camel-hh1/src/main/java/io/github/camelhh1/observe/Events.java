package io.github.camelhh1.observe;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.observe.RunEvent.Subject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.EventNotifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes {@link RunEvent}s. Notifiers are code of the application, which may fail or hang. */
public final class Events implements Observer {
    static final int MOST_WAITING = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final CamelContext context;
    private final Supplier<String> component;
    private final InstantSource clock;
    private final Executor thread;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean dropped = new AtomicBoolean();
    private final AtomicBoolean failed = new AtomicBoolean();

    /**
     * Events of one component.
     *
     * @param component its name
     * @param thread one thread, which nothing else needs; it may refuse once the component has stopped
     */
    public Events(CamelContext context, Supplier<String> component, InstantSource clock, Executor thread) {
        this.context = context;
        this.component = component;
        this.clock = clock;
        this.thread = thread;
    }

    @Override
    public void accepted(ObservedMessage message) {
        publish(message, RunEvent.Accepted::new);
    }

    @Override
    public void staged(ObservedMessage message, long bytes, Duration elapsed) {
        publish(message, about -> new RunEvent.Staged(about, bytes, elapsed));
    }

    @Override
    public void sent(ObservedMessage message, int attempt) {
        publish(message, about -> new RunEvent.Sent(about, attempt));
    }

    @Override
    public void ended(ObservedMessage message, Ended ended) {
        Billing billing = billing(ended);
        publish(
                message,
                about -> new RunEvent.Outcome(
                        about,
                        ended.name(),
                        billing,
                        ended.isReplay(),
                        ended.outcome().trace().attempts(),
                        ended.elapsed(),
                        billing == Billing.NOT_BILLED ? null : message.cost(),
                        name(ended.failure())));
    }

    private static Billing billing(Ended ended) {
        if (ended.failure() instanceof Hh1Exception known) {
            return known.billing();
        } else if (ended.failure() != null) {
            return Billing.UNKNOWN;
        }
        return ended.isReplay() ? Billing.NOT_BILLED : Billing.BILLED;
    }

    @Override
    public void downloaded(Downloaded video) {
        publish(
                () -> subject(video.runId(), video.exchangeId(), video.routeId(), null),
                about -> new RunEvent.Downloaded(about, video.bytes(), video.elapsed(), name(video.failure())));
    }

    private static @Nullable String name(@Nullable Throwable failure) {
        return failure == null ? null : failure.getClass().getSimpleName();
    }

    private Subject subject(String runId, String exchangeId, @Nullable String routeId, @Nullable String model) {
        return new Subject(context, component.get(), runId, exchangeId, routeId, model, clock.instant());
    }

    private void publish(ObservedMessage message, Function<Subject, RunEvent> event) {
        publish(
                () -> subject(
                        message.runId(),
                        message.exchangeId(),
                        message.routeId(),
                        message.identity().model()),
                event);
    }

    private void publish(Supplier<Subject> about, Function<Subject, RunEvent> event) {
        if (context.getManagementStrategy().getStartedEventNotifiers().isEmpty()) {
            return;
        } else if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            if (dropped.compareAndSet(false, true)) {
                LOG.warn(
                        "{} events of hh1 wait for the event notifiers of this Camel context, and further ones are dropped:"
                                + " look which notifier hangs. Messages go on. This is said once",
                        MOST_WAITING);
            }
            return;
        }
        RunEvent made = event.apply(about.get());
        try {
            thread.execute(() -> {
                waiting.decrementAndGet();
                deliver(made);
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Already stopped");
        }
    }

    private void deliver(RunEvent event) {
        for (EventNotifier notifier : context.getManagementStrategy().getStartedEventNotifiers()) {
            try {
                if (!notifier.isDisabled() && notifier.isEnabled(event)) {
                    notifier.notify(event);
                }
            } catch (Exception | Error e) {
                if (failed.compareAndSet(false, true)) {
                    LOG.warn("The event notifier {} failed; messages go on. This is said once", notifier, e);
                }
            }
        }
    }
}
