package io.github.camelhh1.message;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.InFlightException;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.RequestRules;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.text.HttpUrl;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** An operator's message: the run that it names, the link that it brings, and why the run cannot be changed. */
public final class RunMessage {
    private static final List<RunState> ADOPTABLE = List.of(RunState.UNKNOWN, RunState.COMPLETED);
    private static final List<RunState> FORGETTABLE = List.of(RunState.UNKNOWN, RunState.FAILED, RunState.COMPLETED);

    private static final String NOT_FREED =
            ". Nothing was changed. To free it all the same, and pay again, give COMPLETED as "
                    + Hh1Constants.RUN_STATE;

    private RunMessage() {}

    /**
     * The header with the run's id, else the one with the request's key.
     *
     * @param accountId asked only for a key; empty when it is not known
     */
    public static String of(Message message, String model, Supplier<String> accountId) throws InvalidRequestException {
        String runId = text(message, Hh1Constants.RUN_ID);
        // As it was sent: blanks at its ends are part of it.
        String key = text(message, Hh1Constants.REQUEST_KEY);
        if (runId != null) {
            return runId.strip();
        } else if (key == null) {
            throw invalid("runId: none was given; set the header " + Hh1Constants.RUN_ID
                    + " to the id that hh1:runs shows," + " or " + Hh1Constants.REQUEST_KEY + " to the request's key");
        }
        String account = accountId.get();
        if (account.isEmpty()) {
            throw invalid("accountId: a run is found by its key only where the account is known; set accountId, or the"
                    + " header " + Hh1Constants.RUN_ID);
        }
        return Identity.runId(account, model, key);
    }

    /** Null when the header is not set, or is blank. */
    private static @Nullable String text(Message message, String header) throws InvalidRequestException {
        HeaderText value = HeaderText.of(message, header);
        if (value.problem() != null) {
            throw invalid(value.problem());
        }
        return value.text() == null || value.text().isBlank() ? null : value.text();
    }

    /**
     * The link in the body of {@code adopt}.
     *
     * @param objection to fetching it; null for none
     */
    public static String link(Message message, Function<URI, @Nullable String> objection, Instant now)
            throws Hh1Exception {
        Object body = message.getBody();
        URI found = body == null
                ? null
                : HttpUrl.of(String.valueOf(message.getBody(String.class)).strip());
        if (found == null) {
            throw invalid("body: it is no absolute http(s) URL; send the link of the run's video as body,"
                    + " or free the run with hh1:forget");
        }
        String why = objection.apply(found);
        if (why != null) {
            throw invalid("body: hh1:download would not fetch the link: " + why);
        }
        String link = found.toString();
        Instant expiresAt = MessageWriter.expiresAt(link);
        if (expiresAt != null && expiresAt.isBefore(now)) {
            throw invalid("body: the link expired at " + expiresAt + " by its own signature; send one that works");
        }
        return link;
    }

    public static Run adoptable(LedgerSession ledger, String runId) throws Hh1Exception {
        return settled(ledger, runId, ADOPTABLE, "adopted");
    }

    /**
     * An unknown run that the service can be asked for.
     *
     * @param taskAccount whose tasks can be asked for; null where runs were sent with names for look-ups
     */
    public static Run unknown(LedgerSession ledger, String runId, @Nullable String taskAccount) throws Hh1Exception {
        Run run = settled(ledger, runId, List.of(RunState.UNKNOWN), "looked up");
        if (taskAccount != null && !run.asked().account().equals(taskAccount)) {
            throw invalid(
                    "runId: run " + runId + " is of account " + run.asked().account() + ", and this endpoint asks "
                            + taskAccount + "; set backend, region and accountId to those of the run");
        } else if (taskAccount == null && run.lookupId() == null) {
            throw invalid("runId: run " + runId + " was sent without a name for look-ups, with lookup=false or on a"
                    + " backend that has none; look into the account's log");
        }
        return run;
    }

    /**
     * Frees a run.
     *
     * @param only the state that the message names: where it is UNKNOWN or FAILED, a run that has its video meanwhile is not
     *     freed; null where it names none, and then a video that nobody has got keeps its run
     * @return the run as it was before
     */
    public static Run forget(LedgerSession ledger, String runId, @Nullable RunState only) throws Hh1Exception {
        Run run = settled(ledger, runId, FORGETTABLE, "forgotten");
        boolean hasVideo = run.state() == RunState.COMPLETED;
        if (hasVideo && (only == RunState.UNKNOWN || only == RunState.FAILED)) {
            throw invalid(Hh1Constants.RUN_STATE + ": run " + runId + " is COMPLETED, and not " + only
                    + ": it has its video" + NOT_FREED);
        }
        if (ledger.forget(runId, hasVideo ? only : run.state())) {
            return run;
        }
        Run now = find(ledger, runId);
        if (now.hasOpenTask()) {
            throw new InFlightException(
                    "Nothing was changed: task " + now.taskId() + " of run " + runId
                            + " may go on and be billed. Wait for its end, or ask for it with hh1:lookup.",
                    runId,
                    now.ids());
        } else if (hasVideo && now.state() == RunState.COMPLETED) {
            throw invalid(
                    "runId: run " + runId + " has a video that no exchange has got yet. hh1:recovered emits it, and"
                            + " the same request gets it" + NOT_FREED);
        }
        throw changed(runId);
    }

    /** A run of one of these states. Runs of dead owners are settled first. */
    private static Run settled(LedgerSession ledger, String runId, List<RunState> states, String verb)
            throws Hh1Exception {
        Run run = find(ledger, runId);
        if (isOpen(run)) {
            ledger.recover();
            run = find(ledger, runId);
        }
        if (isOpen(run)) {
            throw new InFlightException(
                    "Nothing was changed: a living owner is at work on run " + runId + " (" + run.state()
                            + "). Wait for its outcome.",
                    runId,
                    CallIds.NONE);
        }
        if (!states.contains(run.state())) {
            throw invalid("runId: run " + runId + " is " + run.state() + ", and only one that is "
                    + states.stream().map(Enum::name).collect(Collectors.joining(" or ")) + " can be " + verb
                    + (run.state() == RunState.FAILED
                            ? "; it will have no video: free it with hh1:forget"
                            : "; its request may be sent as it is"));
        }
        return run;
    }

    private static boolean isOpen(Run run) {
        return run.state() == RunState.SENT || run.state() == RunState.CLAIMED;
    }

    private static Run find(LedgerSession ledger, String runId) throws InvalidRequestException {
        return ledger.find(runId)
                .orElseThrow(() -> invalid("runId: the ledger holds no run " + RequestRules.shape(runId)
                        + "; hh1:runs lists those it holds"));
    }

    /** Another operator, or a delivery, changed the run between the query and the change. */
    public static InvalidRequestException changed(String runId) {
        return invalid(
                "runId: run " + runId + " was changed by another operator or a delivery; look at it with hh1:runs");
    }

    public static InvalidRequestException invalid(String violation) {
        return new InvalidRequestException(List.of(violation), "", CallIds.NONE);
    }

    public static Hh1Exception unreadable(LedgerException e) {
        if (e.isPerhapsDone()) {
            return perhapsDone("It may have taken place, or may yet", e);
        }
        return new NotSentException(
                "Nothing was changed: the ledger does not work: " + e.getMessage() + ". Nothing is billed for this.",
                e,
                "",
                CallIds.NONE);
    }

    /** The rest is pruned when the message comes again. */
    public static NotSentException pruned(long runs, LedgerException e) {
        return new NotSentException(
                "Pruning stopped after " + runs + " runs: the ledger does not work: " + e.getMessage()
                        + ". Send the message again to go on. Nothing is billed for this.",
                e,
                "",
                CallIds.NONE);
    }

    /** Never safe to repeat: a second forget would free a run that was paid meanwhile. */
    public static OutcomeUnknownException perhapsDone(String what, LedgerException e) {
        return new OutcomeUnknownException(
                what + ": the ledger stopped answering (" + e.getMessage()
                        + "). Look at the run with hh1:runs before you"
                        + " repeat this, and before its request is sent again.",
                e,
                false,
                null,
                "",
                CallIds.NONE);
    }
}
