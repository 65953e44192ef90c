package io.github.camelhh1.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures each step of a ledger with many old runs: {@code -Dhh1.cost.runs=1000,100000,1000000,5000000}. The ledgers
 * take turns step by step, so that other work of the machine affects all of them.
 */
@EnabledIfSystemProperty(named = "hh1.cost.runs", matches = ".+")
class OldRunsCostTest {
    private static final int TURNS = 600;
    private static final int WARM_UP = 100;

    private final Map<String, List<List<Long>>> nanos = new LinkedHashMap<>();
    private final List<LedgerSession> ledgers = new ArrayList<>();

    @Test
    void aClaimTakesNoLonger() throws Exception {
        int[] sizes = Arrays.stream(System.getProperty("hh1.cost.runs").split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        try {
            for (int size : sizes) {
                ledgers.add(Ledgers.of(OldRuns.madeIn("cost" + size, size)).open());
            }
            for (int turn = 0; turn < WARM_UP + TURNS; turn++) {
                if (turn == WARM_UP) {
                    nanos.clear();
                }
                for (int ledger = 0; ledger < sizes.length; ledger++) {
                    // Each is the first as often as the last.
                    step((ledger + turn) % sizes.length, "run-" + turn);
                }
            }
        } finally {
            ledgers.forEach(LedgerSession::close);
            for (int size : sizes) {
                OldRuns.drop("cost" + size);
            }
        }
        nanos.forEach((step, of) -> {
            var line = new StringBuilder("| " + step);
            of.forEach(times -> line.append(
                    " | %.2f ms (%.2f)".formatted(median(times) / 1e6, (double) median(times) / median(of.get(0)))));
            System.out.println(line + " |");
        });
        List<List<Long>> claims = nanos.get("claim");
        assertThat((double) median(claims.get(sizes.length - 1)) / median(claims.get(0)))
                .isLessThan(1.5);
    }

    private void step(int number, String id) {
        LedgerSession ledger = ledgers.get(number);
        Claiming claiming = timed("claim", number, () -> ledger.claim(EveryStep.asked(id), 1));
        Claim claim = ((Claiming.Claimed) claiming).claim();
        Attempt attempt = timed("sent", number, () -> ledger.sent(claim, null).orElseThrow());
        timed("settled", number, () -> ledger.complete(attempt, EveryStep.VIDEO));
        timed("a repeated request", number, () -> ledger.claim(EveryStep.asked(id), 1));
        timed("recover", number, ledger::recover);
        timed(
                "look-up, none due",
                number,
                () -> ledger.lookUp(LookupPlace.of("nobody", "default"), Duration.ofDays(1), 1, age -> age));
        timed("resume, none", number, () -> ledger.toResume("nobody", 1));
        timed(
                "emission, none",
                number,
                () -> ledger.emit(new Emission.Filter(RunState.COMPLETED, Duration.ofDays(9_999), null), 1));
        timed("budget of the day", number, () -> ledger.spending(OldRuns.ACCOUNT, ledger.today()));
    }

    private <T> T timed(String step, int ledger, Supplier<T> work) {
        long begin = System.nanoTime();
        T result = work.get();
        nanos.computeIfAbsent(step, name -> ledgers.stream()
                        .<List<Long>>map(each -> new ArrayList<>())
                        .toList())
                .get(ledger)
                .add(System.nanoTime() - begin);
        return result;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }
}
