package io.github.camelhh1.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Candidate;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import io.github.camelhh1.lookup.TaskListing.ListedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the listed tasks may be those of which runs. */
class CandidatesOfRunsTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final String ACCOUNT = "account";
    private static final String MODEL = "model";

    private Instant now = NOW;
    private final LedgerSession session =
            MemoryLedgers.open(MemoryLedgers.withLease(() -> now, Duration.ofDays(9)), "node");
    private final List<ListedTask> listed = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> askedInFull = new ArrayList<>();
    private boolean over;
    private boolean fails;

    private final Candidates candidates = new Candidates(new Listing(), new Candidates.Ledger() {
        @Override
        public <T> CompletableFuture<T> later(Function<LedgerSession, T> work) {
            return CompletableFuture.completedFuture(work.apply(session));
        }
    });

    private final class Listing implements TaskListing {
        @Override
        public CompletableFuture<List<ListedTask>> list(String model, Instant since) {
            asked.add(model + " " + Duration.between(since, NOW).toSeconds());
            return fails
                    ? CompletableFuture.failedFuture(new IllegalStateException("no"))
                    : CompletableFuture.completedFuture(List.copyOf(listed));
        }

        @Override
        public CompletableFuture<ListedTask> inFull(ListedTask task) {
            String id = task.task().taskId();
            askedInFull.add(id);
            var whole = new Candidate(id, "SUCCEEDED", task.task().createdAt(), "https://v.example/" + id);
            return id.equals("unreadable")
                    ? CompletableFuture.failedFuture(new IllegalStateException("no"))
                    : CompletableFuture.completedFuture(new ListedTask(task.model(), whole, "a  wave\n"));
        }

        @Override
        public Instant earliest() {
            return NOW.minus(Run.TASK_LIFE);
        }

        @Override
        public boolean isOver() {
            return over;
        }
    }

    private void listed(String id, String status, int secondsAfter) {
        listed.add(new ListedTask(MODEL, new Candidate(id, status, NOW.plusSeconds(secondsAfter), null), null));
    }

    private Attempt sent(String id, String account) {
        var run = new NewRun(id, account, MODEL, id, "fingerprint", id + ".mp4", 5, null, null);
        return session.sent(((Claiming.Claimed) session.claim(run, 1)).claim(), null)
                .orElseThrow();
    }

    private Run lost(String id, String account) {
        session.unknown(sent(id, account), Ending.of("silence"));
        return session.find(id).orElseThrow();
    }

    private Run lost(String id) {
        return lost(id, ACCOUNT);
    }

    private Map<String, List<String>> named(String prompt, Run... runs) {
        Map<String, List<Candidate>> found =
                candidates.of(ACCOUNT, List.of(runs), prompt).join();
        return found.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().stream()
                .map(Candidate::taskId)
                .toList()));
    }

    @Test
    void thoseOfTheMinuteAfterSendingAreNamedTheEarliestFirst() {
        listed("late", "RUNNING", 61);
        listed("last", "RUNNING", 60);
        listed("first", "PENDING", -5);
        listed("early", "RUNNING", -6);

        assertThat(named(null, lost("a"))).containsExactly(Map.entry("a", List.of("first", "last")));
    }

    @Test
    void oneOfAnotherModelIsNotNamed() {
        listed.add(new ListedTask("other", new Candidate("x", "RUNNING", NOW, null), null));

        assertThat(named(null, lost("a"))).containsExactly(Map.entry("a", List.of()));
    }

    @Test
    void oneOfAnotherRunIsNotNamedWhateverItsStateAndAccount() {
        listed("in-flight", "RUNNING", 1);
        listed("settled", "SUCCEEDED", 1);
        listed("held", "RUNNING", 1);
        listed("free", "RUNNING", 1);
        session.task(sent("b", ACCOUNT), "in-flight");
        Attempt settled = sent("c", "another account");
        session.task(settled, "settled");
        session.reject(settled, Ending.of("failed"));
        Attempt held = sent("d", ACCOUNT);
        session.task(held, "held");
        session.unknown(held, Ending.of("silence"));

        assertThat(named(null, lost("a"))).containsExactly(Map.entry("a", List.of("free")));
        assertThat(askedInFull).isEmpty();
    }

    @Test
    void oneMayBeThatOfTwoRunsAndAllAreListedOnce() {
        listed("x", "RUNNING", 3);
        listed("x", "RUNNING", 3);
        Run first = lost("a");
        now = NOW.plusSeconds(2);

        assertThat(named(null, first, lost("b")))
                .containsOnly(Map.entry("a", List.of("x")), Map.entry("b", List.of("x")));
        assertThat(asked).containsExactly(MODEL + " 5");
    }

    @Test
    void nothingIsAskedForRunsThatHaveAnEndOrATaskOrAnotherAccountOrAreTooOld() {
        Attempt rejected = sent("rejected", ACCOUNT);
        session.reject(rejected, Ending.of("no"));
        Attempt task = sent("task", ACCOUNT);
        session.task(task, "t");
        session.unknown(task, Ending.of("silence"));
        sent("in-flight", ACCOUNT);
        session.unknown(sent("link", ACCOUNT), Ending.of("odd").link("ftp://v.example/1"));
        lost("stranger", "another account");
        now = NOW.minus(Run.TASK_LIFE).minusSeconds(1);
        lost("old");

        Run[] all = session.list(Run.Filter.of(null), 99, 0).toArray(Run[]::new);
        assertThat(all).hasSizeGreaterThanOrEqualTo(5);
        assertThat(named(null, all)).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void aListThatIsNoUseIsNotAskedFor() {
        over = true;

        assertThat(named(null, lost("a"))).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void aListThatCannotBeReadNamesNothing() {
        fails = true;

        assertThat(named(null, lost("a"))).isEmpty();
        assertThat(candidates.of(ACCOUNT, "a", "").join()).isEmpty();
    }

    @Test
    void aTaskThatSucceededIsNamedWithItsVideoAndOneThatCannotBeReadWithout() {
        listed("video", "SUCCEEDED", 1);
        listed("unreadable", "SUCCEEDED", 2);
        listed("failed", "FAILED", 3);

        assertThat(candidates.of(ACCOUNT, List.of(lost("a")), null).join().get("a"))
                .containsExactly(
                        new Candidate("video", "SUCCEEDED", NOW.plusSeconds(1), "https://v.example/video"),
                        new Candidate("unreadable", "SUCCEEDED", NOW.plusSeconds(2), null),
                        new Candidate("failed", "FAILED", NOW.plusSeconds(3), null));
        assertThat(askedInFull).containsExactly("video", "unreadable");
    }

    @Test
    void manyAreNamedAndFewAreAskedFor() {
        for (int i = 0; i < 50; i++) {
            listed("task-" + i, "SUCCEEDED", i);
        }

        assertThat(named(null, lost("a")).get("a")).hasSize(20);
        assertThat(askedInFull).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({
        "a wave, true",
        "' a wave  ', true",
        "a wave that the service has cut, true",
        "a cloud, false",
        "a, false",
        "'', false"
    })
    void thePromptMustBeTheSameWhereBothAreKnown(String prompt, boolean same) {
        listed("ended", "SUCCEEDED", 1);
        listed("running", "RUNNING", 2);

        assertThat(named(prompt, lost("a")).get("a"))
                .isEqualTo(same ? List.of("ended", "running") : List.of("running"));
    }

    /** A create is lost, and sent again twenty minutes later; the service refuses that. */
    @Test
    void thatOfALostCreateIsNamedThoughALaterAttemptWasRefused() {
        var run = new NewRun("a", ACCOUNT, MODEL, "a", "fingerprint", "a.mp4", 5, null, null);
        lost("a");
        listed("paid", "RUNNING", 1);
        listed("stranger", "RUNNING", 1201);
        now = NOW.plus(Duration.ofMinutes(20));
        var again = ((Claiming.Claimed) session.claim(run, 2)).claim();
        session.reject(session.sent(again, null).orElseThrow(), Ending.of("Arrearage"));

        assertThat(named("", session.find("a").orElseThrow())).isEqualTo(Map.of("a", List.of("paid")));
    }
}
