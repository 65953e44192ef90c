package io.github.camelhh1.wiring;

import io.github.camelhh1.async.Offload;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.ledger.Amount.Spending;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.observe.LedgerLook;
import io.github.camelhh1.rooms.Bookkeeping;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into the open ledger from time to time, one look after the other, for readers that must not wait. */
final class LedgerWatch {
    static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);
    /** So many accounts are looked at: each is a query. */
    private static final int ACCOUNTS = 10;

    private final LedgerKeeper ledger;
    private final Executor thread;
    private final Timers timers;
    private final Set<String> accounts = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile @Nullable LedgerLook last;

    /** @param thread may wait for the ledger */
    LedgerWatch(LedgerKeeper ledger, Executor thread, Timers timers) {
        this.ledger = ledger;
        this.thread = thread;
        this.timers = timers;
    }

    /** Null before the first look. The first call begins them. */
    @Nullable
    LedgerLook last() {
        begin();
        return last;
    }

    /** An account that an endpoint pays with. */
    void account(String account) {
        if (accounts.size() < ACCOUNTS) {
            accounts.add(account);
        }
    }

    void begin() {
        if (!accounts.isEmpty() && begun.compareAndSet(false, true)) {
            look(true);
        }
    }

    private void look(boolean passed) {
        if (passed) {
            Offload.run(thread, Runnable::run, this::looked).whenComplete((looked, error) -> {
                if (error != null && !(error instanceof LedgerException)) {
                    LOG.warn("The ledger could not be looked at; it is tried again", error);
                }
                timers.after(PAUSE).thenAccept(this::look);
            });
        }
    }

    private boolean looked() {
        Bookkeeping books = ledger.openBooks();
        if (books != null) {
            last = books.now(this::seen);
        }
        return true;
    }

    private LedgerLook seen(LedgerSession session) {
        var today = session.today();
        Spending most = accounts.stream()
                .map(account -> session.spending(account, today))
                .max(Comparator.comparing((Spending one) -> one.counted().cost())
                        .thenComparing(one -> one.counted().seconds()))
                .orElseThrow();
        return new LedgerLook(session.count(Run.Filter.of(RunState.UNKNOWN)), most);
    }
}
