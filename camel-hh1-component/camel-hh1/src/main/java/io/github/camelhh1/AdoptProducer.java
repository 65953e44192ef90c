package io.github.camelhh1;

import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.link.AddressGuard;
import io.github.camelhh1.message.MessageWriter;
import io.github.camelhh1.message.RunMessage;
import io.github.camelhh1.rooms.Bookkeeping;
import io.github.camelhh1.text.HttpUrl;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.EndpointOptions;
import io.github.camelhh1.wiring.LeftoverImages;
import io.github.camelhh1.wiring.Output;
import io.github.camelhh1.wiring.VideoFetch;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/**
 * {@code hh1:adopt}: an operator has found the video of a run whose outcome was unknown, or another link for one whose
 * link is dead. The message goes on as from {@code hh1:generate}.
 */
final class AdoptProducer extends Hh1Producer<AdoptProducer.Parts> {
    record Parts(Output output, LeftoverImages images, AddressGuard guard) {}

    AdoptProducer(Hh1Endpoint endpoint) {
        super(endpoint);
    }

    @Override
    Parts build(EndpointOptions options) throws Exception {
        options.component().books();
        return new Parts(new Output(options), new LeftoverImages(options), VideoFetch.guard(options));
    }

    @Override
    void close(Parts parts) {
        parts.images().close();
    }

    @Override
    CompletionStage<?> work(Exchange exchange, Parts parts, ComponentParts component) throws Hh1Exception {
        Run before;
        try {
            Bookkeeping books = component.books();
            // The link is looked at first: what is wrong with it needs no ledger.
            String link = link(exchange, parts.guard(), component);
            String runId = endpoint.runNamedBy(exchange.getMessage());
            before = books.apart(ledger -> RunMessage.adoptable(ledger, runId));
            Run run = books.apart(ledger -> adopted(runId, link, ledger));
            new MessageWriter(false)
                    .write(
                            exchange,
                            run.runId(),
                            Outcome.Completed.replay(Objects.requireNonNull(run.completion()), run.asked()));
            exchange.getMessage().setHeader(Hh1Constants.RUN_STATE, run.state().name());
        } catch (LedgerException e) {
            throw RunMessage.unreadable(e);
        }
        return parts.images()
                .remove(before, exchange)
                .handleAsync((gone, never) -> true, before.staged().isEmpty() ? Runnable::run : component.callbacks)
                .thenCompose(gone -> parts.output().deliver(exchange));
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

    private static String link(Exchange exchange, AddressGuard guard, ComponentParts component) throws Hh1Exception {
        Object body = exchange.getMessage().getBody();
        URI found = body == null
                ? null
                : HttpUrl.of(String.valueOf(exchange.getMessage().getBody(String.class))
                        .strip());
        if (found == null) {
            throw RunMessage.invalid("body: it is no absolute http(s) URL; send the link of the run's video as body,"
                    + " or free the run with hh1:forget");
        }
        String objection = guard.objection(found);
        if (objection != null) {
            throw RunMessage.invalid("body: hh1:download would not fetch the link: " + objection);
        }
        String link = found.toString();
        Instant expiresAt = MessageWriter.expiresAt(link);
        if (expiresAt != null && expiresAt.isBefore(component.clock.instant())) {
            throw RunMessage.invalid(
                    "body: the link expired at " + expiresAt + " by its own signature; send one that works");
        }
        return link;
    }
}
