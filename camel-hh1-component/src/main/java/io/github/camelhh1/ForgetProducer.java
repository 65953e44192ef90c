package io.github.camelhh1;

import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.RunState;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/** {@code hh1:forget}: frees a run, whose request may then be sent, and paid, again. The body stays as it is. */
final class ForgetProducer extends DefaultProducer {
    private final Hh1Endpoint endpoint;

    ForgetProducer(Hh1Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) throws Hh1Exception {
        Message message = exchange.getMessage();
        String runId = RunReference.of(message, endpoint);
        LedgerSession ledger = endpoint.getComponent().runtime().books().session();
        try {
            RunReference.settleable(ledger, runId);
            if (!ledger.forget(runId)) {
                throw RunReference.changed(runId);
            }
        } catch (LedgerException e) {
            throw RunReference.unreadable(e);
        }
        message.setHeader(Hh1Constants.RUN_ID, runId);
        message.setHeader(Hh1Constants.RUN_STATE, RunState.FORGOTTEN.name());
    }
}
