package io.github.camelhh1;

import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.message.FailureMessages;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.EndpointOptions;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer of every operation. It makes the operation when it starts, and again when the component is started again
 * meanwhile. It ends every exchange in one way: fail, done, return.
 */
final class Hh1Producer extends DefaultAsyncProducer {
    private static final Logger LOG = LoggerFactory.getLogger(Hh1Producer.class);

    private record Built(StartedOperation operation, ComponentParts component) {}

    private final Hh1Endpoint endpoint;
    private final StartedOperation.Factory factory;
    private volatile @Nullable Built built;

    Hh1Producer(Hh1Endpoint endpoint, StartedOperation.Factory factory) {
        super(endpoint);
        this.endpoint = endpoint;
        this.factory = factory;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        try {
            rebuilt();
        } catch (LedgerException e) {
            // A producer may be started by its first message, which gets this failure.
            throw FailureMessages.notStarted(String.valueOf(endpoint), e);
        }
        endpoint.getComponent().producers.add(this);
    }

    /**
     * After a new start of the component: open tasks and look-ups do not wait for a message. Never throws, as other
     * producers go on.
     *
     * @return false when the ledger is away, so that it is worth another try
     */
    synchronized boolean goOn() {
        try {
            if (isStarted()) {
                rebuilt();
            }
            return true;
        } catch (LedgerException e) {
            LOG.debug("{} has not started again with its component", endpoint, e);
            return false;
        } catch (Exception e) {
            LOG.warn("{} has not started again with its component. Its next message tries again", endpoint, e);
            return true;
        }
    }

    @Override
    protected void doStop() throws Exception {
        endpoint.getComponent().producers.remove(this);
        release();
        super.doStop();
    }

    private synchronized void release() {
        Built old = built;
        built = null;
        if (old != null) {
            old.operation().close();
        }
    }

    private synchronized Built rebuilt() throws Exception {
        Built known = built;
        EndpointOptions options = endpoint.options(this);
        if (known != null && known.component() == options.component()) {
            return known;
        }
        release();
        OptionRules.check(options);
        var made = new Built(factory.of(options), options.component());
        built = made;
        return made;
    }

    private Built current() throws Exception {
        Built known = built;
        ComponentParts component = endpoint.getComponent().startedParts();
        if (component == null || !isStarted()) {
            String stopped = component == null ? "the component of " : "the producer of ";
            throw new BusyException(
                    "Not sent: " + stopped + endpoint
                            + " is not started. Nothing is billed. Send the message again later.",
                    "",
                    CallIds.NONE);
        }
        try {
            return known != null && known.component() == component ? known : rebuilt();
        } catch (Exception e) {
            throw FailureMessages.notStarted(String.valueOf(endpoint), e);
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletionStage<?> stage;
        ComponentParts component;
        try {
            Built now = current();
            component = now.component();
            stage = now.operation().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        component.open.begin();
        // The end of the work and this method both set it. The second of them ends the exchange.
        var first = new AtomicBoolean();
        stage.whenComplete((done, error) -> {
            component.open.end();
            if (error != null && exchange.getException() == null) {
                exchange.setException(broken(error));
            }
            if (first.getAndSet(true)) {
                done(callback, false);
            }
        });
        if (first.getAndSet(true)) {
            done(callback, true);
            return true;
        }
        return false;
    }

    /** Without a cause: no clause of a route for HTTP or I/O may match what may have taken effect. */
    private Exception broken(Throwable defect) {
        var failure = new IllegalStateException("A defect of this component ended " + endpoint
                + "; it may have taken effect: " + CleanText.of(String.valueOf(defect)));
        failure.addSuppressed(defect);
        return failure;
    }

    /** An Error of the route reaches this point, and the log is the only place that can show it. */
    private void done(AsyncCallback callback, boolean sync) {
        try {
            callback.done(sync);
        } catch (RuntimeException | Error e) {
            LOG.error("The route that follows {} broke off; Camel does not end its exchange", endpoint, e);
        }
    }
}
