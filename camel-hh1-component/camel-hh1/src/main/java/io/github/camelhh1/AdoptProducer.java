package io.github.camelhh1;

import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.link.AddressGuard;
import io.github.camelhh1.message.MessageWriter;
import io.github.camelhh1.message.RunMessage;
import io.github.camelhh1.text.HttpUrl;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.EndpointOptions;
import io.github.camelhh1.wiring.LeftoverImages;
import io.github.camelhh1.wiring.Output;
import io.github.camelhh1.wiring.VideoFetch;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/**
 * {@code hh1:adopt}: an operator has found the video of a run whose outcome was unknown, or another link for one whose
 * link is dead. The message goes on as from {@code hh1:generate}.
 */
final class AdoptProducer extends DefaultAsyncProducer {
    private final Hh1Endpoint endpoint;
    private @Nullable Output output;
    private @Nullable LeftoverImages images;
    private @Nullable AddressGuard guard;

    AdoptProducer(Hh1Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        EndpointOptions options = endpoint.options(this);
        OptionRules.check(options);
        output = new Output(options);
        guard = VideoFetch.guard(options);
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
        Run before;
        try {
            LedgerSession ledger = parts.books().session();
            before = settleable(exchange, ledger);
            Run run = adopted(before.runId(), link(exchange), ledger);
            new MessageWriter(false)
                    .write(
                            exchange,
                            run.runId(),
                            Outcome.Completed.replay(Objects.requireNonNull(run.completion()), run.asked()));
            exchange.getMessage().setHeader(Hh1Constants.RUN_STATE, run.state().name());
        } catch (LedgerException e) {
            return failed(exchange, callback, RunMessage.unreadable(e));
        } catch (Hh1Exception | RuntimeException e) {
            return failed(exchange, callback, e);
        }
        parts.open().begin();
        Objects.requireNonNull(images, "not started")
                .remove(before)
                .handleAsync((gone, never) -> true, before.staged().isEmpty() ? Runnable::run : parts.callbacks)
                .thenCompose(
                        gone -> Objects.requireNonNull(output, "not started").deliver(exchange))
                .whenComplete((delivered, error) -> {
                    parts.open().end();
                    Callbacks.done(callback, endpoint);
                });
        return false;
    }

    private static boolean failed(Exchange exchange, AsyncCallback callback, Exception failure) {
        exchange.setException(failure);
        callback.done(true);
        return true;
    }

    /** The link is looked at first: what it says wrong needs no ledger. */
    private Run settleable(Exchange exchange, LedgerSession ledger) throws Hh1Exception {
        link(exchange);
        return RunMessage.adoptable(ledger, endpoint.runNamedBy(exchange.getMessage()));
    }

    private static Run adopted(String runId, String link, LedgerSession ledger) throws Hh1Exception {
        if (!ledger.adopt(runId, link)) {
            throw RunMessage.changed(runId);
        }
        try {
            return ledger.find(runId)
                    .filter(run -> run.completion() != null)
                    .orElseThrow(() -> RunMessage.changed(runId));
        } catch (LedgerException e) {
            throw RunMessage.perhapsDone("The video was adopted, and the run could not be read again", e);
        }
    }

    private String link(Exchange exchange) throws Hh1Exception {
        Object body = exchange.getMessage().getBody();
        URI found = body instanceof byte[] || body == null
                ? null
                : HttpUrl.of(String.valueOf(exchange.getMessage().getBody(String.class))
                        .strip());
        if (found == null) {
            throw RunMessage.invalid("body: it is no absolute http(s) URL; send the link of the run's video as body,"
                    + " or free the run with hh1:forget");
        }
        String objection = Objects.requireNonNull(guard, "not started").objection(found);
        if (objection != null) {
            throw RunMessage.invalid("body: hh1:download would not fetch the link: " + objection);
        }
        String link = found.toString();
        Instant expiresAt = MessageWriter.expiresAt(link);
        if (expiresAt != null
                && expiresAt.isBefore(endpoint.getComponent().parts().clock.instant())) {
            throw RunMessage.invalid(
                    "body: the link expired at " + expiresAt + " by its own signature; send one that works");
        }
        return link;
    }
}
