package io.github.camelhh1.examples.s3pipeline.route;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.s3pipeline.Console;
import io.github.camelhh1.examples.s3pipeline.s3.PhotoBucket;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Candidate;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** A run has been unknown for long. Its note is written, if its photo did not get one when it failed. */
record TellHeld(PhotoBucket photos, Console console) implements Processor {

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String run = message.getHeader(Hh1Constants.RUN_ID, String.class);
        String why = message.getHeader(Hh1Constants.REASON, String.class);
        List<Candidate> candidates = message.getHeader(Hh1Constants.CANDIDATES, List.of(), List.class);
        var held = new OutcomeUnknownException(why, null, true, null, run, CallIds.NONE, candidates);
        Reason reason = Reason.of(exchange, held);
        if (photos.noteOf(reason.photo(), run).isEmpty()) {
            photos.writeNote(PhotoBucket.ownNote(reason.photo(), run), reason.toString());
            console.photo(reason.photo(), "held, " + reason.line());
        }
    }
}
