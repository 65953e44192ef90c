package io.github.camelhh1.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Amount.Spending;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every ledger for lists of runs and for a day's budget. */
public abstract class ListContract extends LedgerContract {
    private static final Run.Filter ALL = Run.Filter.of(null);

    private static NewRun run(String id, String account, String videoFileName) {
        NewRun some = LedgerContract.run(id);
        return new NewRun(
                id,
                account,
                some.model(),
                some.key(),
                some.fingerprint(),
                videoFileName,
                some.seconds(),
                some.cost(),
                some.correlation());
    }

    @Nested
    class AFilter {
        private static final List<String> NAMES =
                List.of("photo-1.mp4", "photo-10.mp4", "Photo_2.mp4", "100%.mp4", "a'b.mp4", "Å-写真.mp4");

        @BeforeEach
        void fill() {
            for (int i = 0; i < NAMES.size(); i++) {
                Claim claim = claimed(one, run("run-" + i, i < 4 ? "first" : "second", NAMES.get(i)), HOLD);
                if (i % 2 == 0) {
                    one.unknown(sent(one, claim), SILENCE);
                }
            }
        }

        /** The numbers of the runs that the filter selects; the count is the same. */
        private List<Integer> selected(RunState state, String account, String name, Instant since) {
            var filter = new Run.Filter(state, account, name, since);
            List<Integer> found = numbers(two.list(filter, 100, 0));
            assertThat(two.count(filter)).isEqualTo(found.size());
            return found;
        }

        private static List<Integer> numbers(List<Run> runs) {
            return runs.stream()
                    .map(run -> Integer.parseInt(run.runId().substring("run-".length())))
                    .toList();
        }

        @Test
        void thatIsEmptySelectsAll() {
            assertThat(selected(null, null, null, null)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        }

        @Test
        void selectsByStateAndAccount() {
            assertThat(selected(RunState.UNKNOWN, null, null, null)).containsExactlyInAnyOrder(0, 2, 4);
            assertThat(selected(null, "second", null, null)).containsExactlyInAnyOrder(4, 5);
            assertThat(selected(RunState.UNKNOWN, "second", null, null)).containsExactly(4);
            assertThat(selected(RunState.COMPLETED, "second", null, null)).isEmpty();
        }

        @Test
        void takesAnAccountByItsWholeName() {
            assertThat(selected(null, "sec", null, null)).isEmpty();
            assertThat(selected(null, "Second", null, null)).isEmpty();
        }

        @Test
        void selectsByAPartOfTheName() {
            assertThat(selected(null, null, "photo-1", null)).containsExactlyInAnyOrder(0, 1);
            assertThat(selected(null, null, "-10.", null)).containsExactly(1);
            assertThat(selected(null, null, "写", null)).containsExactly(5);
            assertThat(selected(null, null, "photo-1.mp4 ", null)).isEmpty();
        }

        @Test
        void tellsUpperFromLowerCaseInAName() {
            assertThat(selected(null, null, "Photo", null)).containsExactly(2);
            assertThat(selected(null, null, "å", null)).isEmpty();
        }

        @Test
        void readsNoWildcardIntoAName() {
            assertThat(selected(null, null, "%", null)).containsExactly(3);
            assertThat(selected(null, null, "_", null)).containsExactly(2);
            assertThat(selected(null, null, "'", null)).containsExactly(4);
            for (String none : List.of("p%1", "*", "?", "\\", "\\%", "photo-1_", "[a-z]", "' or '1'='1", "--", ".*")) {
                assertThat(selected(null, null, none, null)).as(none).isEmpty();
            }
        }

        @Test
        void selectsByTheTasksOfAnyState() {
            for (int i = 0; i < 3; i++) {
                Attempt attempt = sent(one, claimed(one, run("run-" + (10 + i), "third", "x.mp4"), HOLD));
                one.task(attempt, "task-" + i);
                if (i == 1) {
                    one.unknown(attempt, SILENCE);
                }
            }
            var filter = Run.Filter.ofTasks(Set.of("task-0", "task-1", "task-7", "' or '1'='1"), Instant.EPOCH);

            assertThat(numbers(two.list(filter, 100, 0))).containsExactlyInAnyOrder(10, 11);
            assertThat(two.count(filter)).isEqualTo(2);
        }

        @Test
        void selectsByTheTimeAtWhichARunWasClaimedFirst() {
            Instant last = found("run-5").createdAt();
            assertThat(selected(null, null, null, last)).contains(5);
            assertThat(selected(null, null, null, last.plusMillis(1))).doesNotContain(5);
            assertThat(selected(null, null, null, found("run-0").createdAt())).hasSize(6);
            assertThat(selected(null, null, null, Instant.EPOCH)).hasSize(6);
            assertThat(selected(null, null, null, Instant.ofEpochMilli(Long.MIN_VALUE)))
                    .hasSize(6);
            assertThat(selected(null, null, null, last.plus(Duration.ofDays(1))))
                    .isEmpty();
        }

        @Test
        void selectsByAllThatIsSet() {
            Instant first = found("run-0").createdAt();
            assertThat(selected(RunState.UNKNOWN, "first", "hoto", first)).containsExactlyInAnyOrder(0, 2);
            assertThat(selected(RunState.CLAIMED, "first", "hoto", first)).containsExactly(1);
        }

        @Test
        void countsMoreThanAPageHolds() {
            assertThat(two.list(ALL, 2, 0)).hasSize(2);
            assertThat(two.count(ALL)).isEqualTo(6);
            assertThat(two.list(ALL, 2, 6)).isEmpty();
            assertThat(two.list(ALL, 10, Integer.MAX_VALUE)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 7, 50})
        void selectsPagesThatTogetherAreTheWholeList(int size) {
            // Many of these are of one millisecond.
            IntStream.range(6, 56).forEach(i -> claimed(one, run("run-" + i, "first", i + ".mp4"), HOLD));
            List<Integer> whole = numbers(two.list(ALL, 100, 0));
            assertThat(whole).hasSize(56).doesNotHaveDuplicates();
            var pages = new ArrayList<Integer>();
            for (int offset = 0; offset < 56; offset += size) {
                pages.addAll(numbers(two.list(ALL, size, offset)));
            }
            assertThat(pages).isEqualTo(whole);
        }
    }

    @Nested
    class ADaysSpending {
        private static final Amount NINE = new Amount(9, new BigDecimal("1.260001"));

        private Claim reserved(String id, String account, Amount amount) {
            Claim claim = claimed(one, run(id, account, id + ".mp4"), 2);
            assertThat(one.reserve(claim, amount, NO_CAPS)).isEqualTo(new Reserving.Reserved(today));
            return claim;
        }

        private Attempt sentWith(String id, Amount amount) {
            return sent(one, reserved(id, "account", amount));
        }

        private void is(Amount spent, Amount reserved) {
            assertThat(two.spending("account", today)).isEqualTo(new Spending("account", today, spent, reserved));
            assertThat(two.spent("account", today)).isEqualTo(spent.plus(reserved));
        }

        @Test
        void isNothingAtFirst() {
            is(Amount.NONE, Amount.NONE);
        }

        @Test
        void isReservedUntilTheRunIsSettled() {
            Claim claim = reserved("a", "account", NINE);
            is(Amount.NONE, NINE);
            Attempt attempt = sent(one, claim);
            is(Amount.NONE, NINE);
            one.unknown(attempt, SILENCE);
            is(Amount.NONE, NINE);
            one.complete(attempt, ANSWER);
            is(NINE, Amount.NONE);
        }

        @Test
        void tellsSpentFromReserved() {
            one.complete(sentWith("a", FIVE), ANSWER);
            sentWith("b", NINE);
            is(FIVE, NINE);
        }

        @Test
        void isSpentByAFailedAnAdoptedAndAForgottenRun() {
            one.failed(sentWith("failed", FIVE), SILENCE);
            one.unknown(sentWith("adopted", FIVE), SILENCE);
            one.unknown(sentWith("forgotten", FIVE), SILENCE);
            is(FIVE, FIVE.plus(FIVE));
            one.adopt("adopted", "https://v.example/2.mp4");
            one.forget("forgotten");
            is(FIVE.plus(FIVE).plus(FIVE), Amount.NONE);
        }

        @Test
        void isGivenBackByARefusedAndAReleasedRun() {
            one.complete(sentWith("done", FIVE), ANSWER);
            one.reject(sentWith("refused", NINE), SILENCE);
            one.release(reserved("released", "account", NINE));
            is(FIVE, Amount.NONE);
        }

        @Test
        void isSpentByAnUnknownAttemptOnceAnotherBegins() {
            one.unknown(sentWith("a", FIVE), SILENCE);
            Claim again = claimed(two, run("a", "account", "a.mp4"), 2);
            is(FIVE, Amount.NONE);
            two.reserve(again, NINE, NO_CAPS);
            is(FIVE, NINE);
            two.release(again);
            is(FIVE, Amount.NONE);
        }

        @Test
        void isOfOneAccountAndOneDay() {
            reserved("a", "other", NINE);
            is(Amount.NONE, Amount.NONE);
            assertThat(two.spending("other", today).reserved()).isEqualTo(NINE);
            assertThat(two.spending("other", today.plusDays(1)).counted()).isEqualTo(Amount.NONE);
        }

        /** Nothing is ever spent here: only figures of two moments would differ. */
        @Test
        void isNeverTakenFromTwoMoments() throws Exception {
            var atWork = new AtomicInteger(2);
            inParallel(3, number -> {
                if (number == 0) {
                    while (atWork.get() > 0) {
                        assertThat(two.spending("account", today).spent()).isEqualTo(Amount.NONE);
                    }
                    return;
                }
                try {
                    for (int i = 0; i < 50; i++) {
                        one.reject(sentWith(number + "-" + i, FIVE), SILENCE);
                    }
                } finally {
                    atWork.decrementAndGet();
                }
            });
            is(Amount.NONE, Amount.NONE);
        }
    }
}
