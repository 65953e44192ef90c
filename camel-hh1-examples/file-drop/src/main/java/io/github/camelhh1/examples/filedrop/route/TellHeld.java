package io.github.camelhh1.examples.filedrop.route;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.folder.Filing;
import io.github.camelhh1.examples.filedrop.photo.ErrorNote;
import io.github.camelhh1.examples.filedrop.photo.Photo;
import io.github.camelhh1.examples.filedrop.progress.Progress;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Candidate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A run has been unknown for long. Its note is written, if its photo did not get one when it failed. */
record TellHeld(DropFolder folder, Filing filing, Progress progress) implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        String run = RecallPhoto.runId(exchange);
        if (filing.isNoted(run)) {
            return;
        }
        Path photo = RecallPhoto.photo(exchange, folder);
        Photo.recalled(photo, DropFolder.baseName(photo)).keepIn(exchange);
        String why = exchange.getMessage().getHeader(Hh1Constants.REASON, String.class);
        var held = new OutcomeUnknownException(why, null, true, null, run, CallIds.NONE, candidates(exchange));
        ErrorNote note = ErrorNote.of(exchange, held);
        filing.note(photo, run, note.toString());
        progress.failed(photo.getFileName().toString(), note.reason());
    }

    @SuppressWarnings("unchecked")
    private static List<Candidate> candidates(Exchange exchange) {
        return exchange.getMessage().getHeader(Hh1Constants.CANDIDATES, List.of(), List.class);
    }
}
