package io.github.camelhh1;

import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.ledger.CallIds;
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
 * What the operations have in common: they put their parts together when they start, and again when the component was
 * stopped and started meanwhile, and they end an exchange in one way.
 *
 * @param <P> the parts
 */
abstract class Hh1Producer<P> extends DefaultAsyncProducer {
    private static final Logger LOG = LoggerFactory.getLogger(Hh1Producer.class);

    private record Built<P>(P parts, ComponentParts component) {}

    final Hh1Endpoint endpoint;
    private volatile @Nullable Built<P> built;

    Hh1Producer(Hh1Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** Of options that were checked. Leaves nothing behind when it fails. */
    abstract P build(EndpointOptions options) throws Exception;

    void close(P parts) {
        // Most hold nothing.
    }

    /**
     * Does the work, or begins it. The exchange has ended when the stage is done, which never fails.
     *
     * @throws Hh1Exception the exchange's failure; nothing has begun
     */
    abstract CompletionStage<?> work(Exchange exchange, P parts, ComponentParts component) throws Hh1Exception;

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        rebuilt();
    }

    @Override
    protected void doStop() throws Exception {
        release();
        super.doStop();
    }

    private synchronized void release() {
        Built<P> old = built;
        built = null;
        if (old != null) {
            close(old.parts());
        }
    }

    private synchronized Built<P> rebuilt() throws Exception {
        Built<P> known = built;
        EndpointOptions options = endpoint.options(this);
        if (known != null && known.component() == options.component()) {
            return known;
        }
        release();
        OptionRules.check(options);
        var made = new Built<>(build(options), options.component());
        built = made;
        return made;
    }

    private Built<P> current() throws Exception {
        Built<P> known = built;
        ComponentParts component = endpoint.getComponent().startedParts();
        if (component == null || !isStarted()) {
            String stopped = component == null ? "the component of " + endpoint : "the producer of " + endpoint;
            throw new BusyException(
                    "Not sent: " + stopped + " is not started. Nothing is billed. Send the message again later.",
                    "",
                    CallIds.NONE);
        }
        return known != null && known.component() == component ? known : rebuilt();
    }

    @Override
    public final boolean process(Exchange exchange, AsyncCallback callback) {
        CompletionStage<?> stage;
        ComponentParts component;
        try {
            Built<P> now = current();
            component = now.component();
            stage = work(exchange, now.parts(), component);
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        component.open().begin();
        // Set by the first of two: the end of the work, and this method. The second one ends the exchange.
        var first = new AtomicBoolean();
        stage.whenComplete((done, error) -> {
            component.open().end();
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

    /** Camel lets an Error of the route through to here, and here nobody but the log would ever hear of it. */
    private void done(AsyncCallback callback, boolean sync) {
        try {
            callback.done(sync);
        } catch (RuntimeException | Error e) {
            LOG.error("The route that follows {} broke off; Camel does not end its exchange", endpoint, e);
        }
    }
}
