package io.github.camelhh1.benchmarks.jvm;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/** Keeps so many calls in flight until all were made: each that ends starts the next, on the thread that ended it. */
public final class Caller {
    private final Endpoint start;
    private final AsyncProducer route;
    private final int calls;
    private final IntFunction<Object> bodies;
    private final Tally tally;
    private final AtomicInteger made = new AtomicInteger();

    Caller(Endpoint start, AsyncProducer route, int calls, IntFunction<Object> bodies) {
        this.start = start;
        this.route = route;
        this.calls = calls;
        this.bodies = bodies;
        this.tally = new Tally(calls);
    }

    Tally begin(int inFlight) {
        for (int i = 0; i < inFlight; i++) {
            next();
        }
        return tally;
    }

    /** Goes on in a loop where calls end on this very thread. */
    private void next() {
        boolean endedHere = true;
        while (endedHere) {
            int number = made.getAndIncrement();
            if (number >= calls) {
                return;
            }
            endedHere = call(number);
        }
    }

    private boolean call(int number) {
        var ended = new AtomicBoolean();
        try {
            Exchange exchange = start.createExchange();
            exchange.getMessage().setBody(bodies.apply(number));
            return route.process(exchange, here -> {
                if (ended.compareAndSet(false, true)) {
                    tally.ended(exchange);
                }
                if (!here) {
                    next();
                }
            });
        } catch (RuntimeException | Error e) {
            if (ended.compareAndSet(false, true)) {
                tally.failed(e);
            }
            return true;
        }
    }
}
