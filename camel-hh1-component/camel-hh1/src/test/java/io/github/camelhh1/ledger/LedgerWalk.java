package io.github.camelhh1.ledger;

import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.Run.LateResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Two owners make any changes to two runs, in an order that a seed decides. Now and then one owner dies and another
 * takes its place. Names of owners, numbers of claims and times differ by nature, and are left out of the text.
 */
public final class LedgerWalk implements AutoCloseable {
    private static final int RUNS = 2;
    private static final List<String> REASONS = List.of("silence", "cut");

    private final Ledger ledger;
    private final long seed;
    private final Random random;
    private final List<LedgerSession> owners = new ArrayList<>();
    private final LedgerSession[] living = new LedgerSession[2];
    private final List<Claim> claims = new ArrayList<>();
    private final List<Emission> emissions = new ArrayList<>();
    private final LocalDate today;

    public LedgerWalk(Ledger ledger, long seed) {
        this.ledger = ledger;
        this.seed = seed;
        this.random = new Random(seed);
        succeed(0);
        succeed(1);
        this.today = living[0].today();
    }

    private void succeed(int place) {
        living[place] = ledger.open();
        owners.add(living[place]);
    }

    /** Makes one step. Returns the step, its answer, and the content of the ledger afterwards, as text. */
    public String step() {
        // All is drawn beforehand, so that no answer changes what is drawn next.
        int what = random.nextInt(36);
        int place = random.nextInt(2);
        String run = id(random.nextInt(RUNS));
        int back = random.nextInt(4) % 3;
        int small = 1 + random.nextInt(3);
        boolean flag = random.nextBoolean();
        String done = "%s by %s: ".formatted(names(what), name(living[place].owner()))
                + act(what, place, run, back, small, flag);
        return done + "\n" + held();
    }

    private static String names(int what) {
        return what < 6 ? "claim" : "step " + what;
    }

    private String act(int what, int place, String run, int back, int small, boolean flag) {
        LedgerSession session = living[place];
        String reason = REASONS.get(small % 2);
        var ending = new Ending(
                reason,
                new CallIds(flag ? 504 : null, flag ? "3007" : null, "log-" + reason, flag ? "ray" : null),
                null);
        if (what < 6) {
            return run + " " + claimed(session.claim(asked(run, flag || small > 1, small), small));
        } else if (what == 18) {
            return run + " adopted " + session.adopt(run, "https://v.example/adopted-" + small);
        } else if (what == 19) {
            return run + " forgotten " + session.forget(run);
        } else if (what == 20) {
            return "recovered " + told(session.recover());
        } else if (what >= 30 && what <= 32) {
            return run + " given up " + givenUp(session, run, small);
        } else if (what == 29 || what >= 33) {
            return resumed(
                    session,
                    (flag || small > 1) && !claims.isEmpty()
                            ? claims.get(claims.size() - 1).runId()
                            : run,
                    small);
        } else if (what >= 26 && what <= 28) {
            return handOn(what, session, small, flag);
        } else if (what == 21) {
            session.close();
            succeed(place);
            return "succeeded";
        } else if (claims.size() <= back) {
            return "nothing";
        }
        Claim claim = claims.get(claims.size() - 1 - back);
        return told(claim) + " " + settle(what, session, claim, ending, small, flag);
    }

    /** The text depends neither on the order in which two runs were settled, nor on the runs of other walks. */
    private String handOn(int what, LedgerSession session, int small, boolean flag) {
        if (what == 26) {
            RunState state = flag ? RunState.COMPLETED : RunState.UNKNOWN;
            List<Emission> begun =
                    new ArrayList<>(session.emit(new Emission.Filter(state, Duration.ZERO, "group " + seed), RUNS));
            begun.sort(Comparator.comparing(emission -> emission.run().runId()));
            emissions.addAll(begun);
            return "emitted " + told(begun.stream().map(Emission::run).toList());
        } else if (what == 28) {
            session.prune(Duration.ZERO, Integer.MAX_VALUE);
            return "pruned";
        } else if (emissions.isEmpty()) {
            return "nothing";
        }
        Emission emission = emissions.get(emissions.size() - 1 - small % emissions.size());
        return "ended " + session.ended(emission, flag ? null : Duration.ofHours(small - 1));
    }

    /** The attempt is the last of the run, or one before it, or one that was not made. */
    private Object settle(int what, LedgerSession session, Claim claim, Ending ending, int small, boolean flag) {
        int last = session.find(claim.runId()).map(Run::attempt).orElse(1);
        var attempt = new Attempt(claim, last + (small == 1 && flag ? -1 : small == 2 && flag ? 1 : 0));
        return switch (what) {
            case 6, 7, 8, 9 ->
                session.sent(claim, flag ? "s3:staged/" + small : null)
                        .map(sent -> "attempt " + sent.number())
                        .orElse("gone");
            case 10 -> session.unsent(attempt);
            case 11, 25 -> session.complete(attempt, completion(small, flag), what == 11);
            case 12, 13 -> session.unknown(attempt, ending);
            case 14 -> session.reject(attempt, ending);
            case 15 -> session.release(claim);
            case 16 -> session.failed(attempt, ending);
            case 17 -> session.abandon(claim, ending);
            case 22 -> session.task(attempt, "task-" + small);
            case 24 -> session.noted(attempt, ending);
            default -> session.reserve(claim, amount(small), new Caps(9L, flag ? new BigDecimal("1.4") : null));
        };
    }

    /** An attempt has a task, and its exchange gives up. */
    private String givenUp(LedgerSession session, String run, int small) {
        if (session.claim(asked(run, true, small), 9) instanceof Claiming.Claimed claimed) {
            claims.add(claimed.claim());
        }
        if (claims.isEmpty()) {
            return "not claimed";
        }
        Claim claim = claims.get(claims.size() - 1);
        LedgerSession own = Claim.sessionOf(claim.owner()).equals(living[1].owner()) ? living[1] : living[0];
        return own.sent(claim, null)
                .map(sent -> "attempt " + sent.number() + " " + own.task(sent, "task-" + small) + " "
                        + own.unknown(sent, Ending.of("it goes on")))
                .orElse("gone");
    }

    /** Mostly by the name of its task. */
    private String resumed(LedgerSession session, String run, int small) {
        String task = session.find(run).map(Run::taskId).orElse("none");
        return run + " resumed "
                + session.resume(run, small > 1 ? task : "task-" + small)
                        .map(attempt -> {
                            claims.add(attempt.claim());
                            return "attempt " + attempt.number();
                        })
                        .orElse("by nobody");
    }

    private NewRun asked(String run, boolean usual, int small) {
        return new NewRun(
                run,
                "account " + seed,
                "model",
                "key of " + run,
                usual ? "usual" : "another",
                run + "-" + small + ".mp4",
                usual ? 5 : null,
                usual ? new BigDecimal("0.70") : null,
                usual ? null : "text " + small,
                "group " + seed);
    }

    private static Completion completion(int small, boolean flag) {
        return new Completion(
                "https://v.example/" + small,
                "Completed",
                flag ? "BYOK" : null,
                Duration.ofMillis(small),
                flag ? "log-2" : null,
                "ray-2",
                flag ? "MISS" : null,
                flag);
    }

    private static Amount amount(int small) {
        return new Amount(small, BigDecimal.valueOf(small, 1));
    }

    private String claimed(Claiming claiming) {
        if (claiming instanceof Claiming.Claimed claimed) {
            claims.add(claimed.claim());
        }
        return claiming instanceof Claiming.NotClaimed not ? not.reason().name() : "Claimed";
    }

    public String held() {
        List<Run> runs = IntStream.range(0, RUNS)
                .boxed()
                .flatMap(number -> living[number].find(id(number)).stream())
                .toList();
        return told(runs) + living[1].spent("account " + seed, today);
    }

    private String id(int run) {
        return seed + "-" + run;
    }

    private String told(List<Run> runs) {
        return runs.stream()
                .filter(run -> run.runId().startsWith(seed + "-"))
                .sorted(Comparator.comparing(Run::runId))
                .map(this::told)
                .collect(Collectors.joining("\n"));
    }

    private String told(Run run) {
        return "%s %s %s attempt=%d paid=%d causes=%s sent=%s settled=%s %s %s task=%s %s late=%s"
                .formatted(
                        run.asked(),
                        run.state(),
                        told(new Claim(run.runId(), run.owner(), run.claim())),
                        run.attempt(),
                        run.paidAttempts(),
                        run.causes().replace('\n', '|'),
                        run.sentAt() != null,
                        run.settledAt() != null,
                        run.ending(),
                        told(run.completion()),
                        run.taskId(),
                        run.staged(),
                        run.late().stream().map(LedgerWalk::told).sorted().toList());
    }

    private static String told(LateResult late) {
        return late.attempt() + " " + late.state() + " " + late.videoUrl() + " " + late.ending();
    }

    private static String told(Completion completion) {
        boolean adopted = completion != null && completion.videoUrl().contains("adopted");
        return Objects.toString(adopted ? completion.after(Duration.ZERO) : completion);
    }

    private String told(Claim claim) {
        return "claim " + claims.indexOf(claim) + " of " + name(claim.owner());
    }

    private int name(String owner) {
        return owners.stream().map(LedgerSession::owner).toList().indexOf(owner);
    }

    @Override
    public void close() {
        living[0].close();
        living[1].close();
    }
}
