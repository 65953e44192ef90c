package io.github.camelhh1;

import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.message.RunMessage;
import io.github.camelhh1.rooms.Bookkeeping;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.EndpointOptions;
import io.github.camelhh1.wiring.LeftoverImages;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** {@code hh1:forget}: frees a run, whose request may then be sent, and paid, again. The body stays as it is. */
final class ForgetProducer extends Hh1Producer<LeftoverImages> {
    ForgetProducer(Hh1Endpoint endpoint) {
        super(endpoint);
    }

    @Override
    LeftoverImages build(EndpointOptions options) throws Exception {
        options.component().books();
        return new LeftoverImages(options);
    }

    @Override
    void close(LeftoverImages images) {
        images.close();
    }

    @Override
    CompletionStage<?> work(Exchange exchange, LeftoverImages images, ComponentParts component) throws Hh1Exception {
        Run run;
        try {
            run = forgotten(exchange.getMessage(), component.books());
        } catch (LedgerException e) {
            throw RunMessage.unreadable(e);
        }
        return run.staged().isEmpty()
                ? CompletableFuture.completedStage(true)
                : images.remove(run, exchange).handleAsync((gone, never) -> true, component.callbacks);
    }

    /** The run as it was. */
    private Run forgotten(Message message, Bookkeeping books) throws Hh1Exception {
        String runId = endpoint.runNamedBy(message);
        Run run = books.apart(ledger -> RunMessage.forgettable(ledger, runId));
        if (!books.apart(ledger -> ledger.forget(runId))) {
            throw RunMessage.changed(runId);
        }
        message.setHeader(Hh1Constants.RUN_ID, runId);
        message.setHeader(Hh1Constants.RUN_STATE, RunState.FORGOTTEN.name());
        return run;
    }
}
