package io.github.camelhh1.examples.fleet.route;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * So many messages are in work at once. The thread that polls waits for its turn here, and not within the component:
 * once the worker is stopping, no further message is sent, and the waiting ones go back to the queue. Otherwise a stop
 * would last as long as two calls, or cut the second.
 */
public final class Turns implements Processor {
    /** The header that names a photo. */
    public static final String PHOTO = "photo";

    private static final long LOOK_MILLIS = 200;

    private final Semaphore free;

    public Turns(int inFlight) {
        free = new Semaphore(inFlight);
    }

    @Override
    public void process(Exchange exchange) throws InterruptedException {
        do {
            refuseWhenStopping(exchange);
        } while (!free.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                free.release();
            }
        });
    }

    /** Also the step before each further photo of a message. */
    public static void refuseWhenStopping(Exchange exchange) {
        var camel = exchange.getContext();
        if (camel.isStopping() || camel.isStopped()) {
            throw new StoppingException();
        }
    }

    /** The message was not begun, and another worker may take it at once. */
    public static final class StoppingException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppingException() {
            super("this worker stops");
        }
    }
}
