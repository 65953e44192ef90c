package io.github.camelhh1.wiring;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.rooms.Bookkeeping;
import io.github.camelhh1.staging.SharedImages;
import io.github.camelhh1.staging.SharedStaging;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The staged images of a component that are still needed, by its endpoints or by runs in the ledger. */
final class NeededImages {
    private static final Logger LOG = LoggerFactory.getLogger(NeededImages.class);
    private static final int MOST_RUNS = 10_000;

    private final Supplier<Bookkeeping> books;
    private final SharedImages images = new SharedImages(System::nanoTime, this::isNeeded);
    /** Differs from all other started components that use the same store. */
    private final String node = UUID.randomUUID().toString().substring(0, 13);

    private boolean knowsThoseKept;

    NeededImages(Supplier<Bookkeeping> books) {
        this.books = books;
    }

    synchronized SharedStaging.Shared shared(CamelContext context, Executor staging, Executor rooms) {
        try {
            if (!knowsThoseKept) {
                images.keptEarlier(books.get().apart(NeededImages::staged));
                knowsThoseKept = true;
            }
        } catch (LedgerException e) {
            LOG.debug("Asked again when the next endpoint starts: {}", e.getMessage());
        }
        return new SharedStaging.Shared(context, node, images, staging, rooms);
    }

    private CompletionStage<Boolean> isNeeded(String reference) {
        return books.get().later(session -> staged(session).stream()
                .anyMatch(remembered -> SharedImages.reference(remembered).equals(reference)));
    }

    /**
     * The references of images of runs whose outcome is unknown, or not known yet. A run that is to be sent again is
     * {@code CLAIMED}: its earlier attempt may still be at work on its image.
     */
    static List<String> staged(LedgerSession session) {
        return Stream.of(RunState.UNKNOWN, RunState.SENT, RunState.CLAIMED)
                .flatMap(state -> session.runs(state, MOST_RUNS, 0).stream())
                .filter(run -> run.state() != RunState.CLAIMED || !run.causes().isEmpty())
                .flatMap(run -> run.staged().stream())
                .toList();
    }
}
