package io.github.camelhh1.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Three nodes' sessions of one ledger in PostgreSQL, of which one statement is late: it takes effect after it was given up. */
@Timeout(120)
abstract class LateSessions {
    static final Duration LEASE = Duration.ofMinutes(5);
    static final Ending SILENCE = Ending.of("no answer");

    final LateDatabase database = new LateDatabase();
    LedgerSession one;
    LedgerSession two;
    LedgerSession three;

    @BeforeEach
    void open() {
        one = database.ledger(LEASE).open();
        two = database.ledger(LEASE).open();
        three = database.ledger(LEASE).open();
    }

    @AfterEach
    void close() {
        List.of(one, two, three).forEach(LedgerSession::close);
        database.close();
    }

    /** The next change is held back until {@link #arrives}, and its caller does not wait for so long. */
    HeldChange givesUp(ThrowingCallable change) {
        var held = new HeldChange(() -> true);
        database.proxy().rule(held);
        database.hurry(8);
        assertThatThrownBy(change).isInstanceOf(LedgerException.class);
        database.hurry(1);
        return held;
    }

    static void arrives(HeldChange change) {
        change.deliver().orTimeout(60, TimeUnit.SECONDS).join();
    }

    static Completion video(String name) {
        return new Completion(
                "https://v.example/" + name + ".mp4", "Completed", null, Duration.ofSeconds(9), null, null, null);
    }

    Run found() {
        return three.find("a").orElseThrow();
    }

    static List<Emission> emit(LedgerSession session, RunState state) {
        return session.emit(new Emission.Filter(state, Duration.ZERO, null), 9);
    }

    static Emission emitted(LedgerSession session, RunState state) {
        List<Emission> emissions = emit(session, state);
        assertThat(emissions).hasSize(1);
        return emissions.get(0);
    }

    void nobodyEmits(RunState state) {
        for (LedgerSession session : List.of(one, two, three)) {
            assertThat(emit(session, state)).isEmpty();
        }
    }

    void die(LedgerSession session) {
        session.close();
        two.recover();
    }
}
