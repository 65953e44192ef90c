package io.github.camelhh1;

import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.message.RunMessage;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.EndpointOptions;
import io.github.camelhh1.wiring.LeftoverImages;
import java.util.Objects;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/** {@code hh1:forget}: frees a run, whose request may then be sent, and paid, again. The body stays as it is. */
final class ForgetProducer extends DefaultAsyncProducer {
    private final Hh1Endpoint endpoint;
    private @Nullable LeftoverImages images;

    ForgetProducer(Hh1Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        EndpointOptions options = endpoint.options(this);
        OptionRules.check(options);
        images = new LeftoverImages(options);
    }

    @Override
    protected void doStop() throws Exception {
        if (images != null) {
            images.close();
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        ComponentParts parts = endpoint.getComponent().parts();
        Run run;
        try {
            run = forgotten(exchange.getMessage(), parts.books().session());
        } catch (LedgerException e) {
            exchange.setException(RunMessage.unreadable(e));
            callback.done(true);
            return true;
        } catch (Hh1Exception | RuntimeException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        if (run.staged().isEmpty()) {
            callback.done(true);
            return true;
        }
        parts.open().begin();
        Objects.requireNonNull(images, "not started")
                .remove(run)
                .handleAsync((gone, never) -> true, parts.callbacks)
                .whenComplete((done, error) -> {
                    parts.open().end();
                    Callbacks.done(callback, endpoint);
                });
        return false;
    }

    /** The run as it was. */
    private Run forgotten(Message message, LedgerSession ledger) throws Hh1Exception {
        String runId = endpoint.runNamedBy(message);
        Run run = RunMessage.forgettable(ledger, runId);
        if (!ledger.forget(runId)) {
            throw RunMessage.changed(runId);
        }
        message.setHeader(Hh1Constants.RUN_ID, runId);
        message.setHeader(Hh1Constants.RUN_STATE, RunState.FORGOTTEN.name());
        return run;
    }
}
