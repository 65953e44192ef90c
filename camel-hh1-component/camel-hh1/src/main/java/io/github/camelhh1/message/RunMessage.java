package io.github.camelhh1.message;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.InFlightException;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.RequestRules;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Amount.Spending;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.Run.LateResult;
import io.github.camelhh1.ledger.RunState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** An operator's message: the run that it names, why the run cannot be changed, and how runs and a budget are shown. */
public final class RunMessage {
    private static final List<RunState> ADOPTABLE = List.of(RunState.UNKNOWN, RunState.COMPLETED);
    private static final List<RunState> FORGETTABLE = List.of(RunState.UNKNOWN, RunState.FAILED, RunState.COMPLETED);

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

    public static Run adoptable(LedgerSession ledger, String runId) throws Hh1Exception {
        return settled(ledger, runId, ADOPTABLE, "adopted");
    }

    /** An unknown run that was sent with a name for look-ups. */
    public static Run unknown(LedgerSession ledger, String runId) throws Hh1Exception {
        Run run = settled(ledger, runId, List.of(RunState.UNKNOWN), "looked up");
        if (run.lookupId() == null) {
            throw invalid("runId: run " + runId + " was sent without a name for look-ups, with lookup=false or on a"
                    + " backend that has none; look into the account's log");
        }
        return run;
    }

    public static Run forgettable(LedgerSession ledger, String runId) throws Hh1Exception {
        return settled(ledger, runId, FORGETTABLE, "forgotten");
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
                    "Nothing was changed: somebody who lives is at work on run " + runId + " (" + run.state()
                            + "). Wait for its outcome.",
                    runId,
                    CallIds.NONE);
        }
        if (!states.contains(run.state())) {
            throw invalid("runId: run " + runId + " is " + run.state() + ", and only one that is "
                    + states.stream().map(Enum::name).collect(Collectors.joining(" or ")) + " can be " + verb
                    + (run.state() == RunState.FAILED
                            ? "; no video will come of it: free it with hh1:forget"
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
        return invalid("runId: run " + runId + " was changed by somebody else; look at it with hh1:runs");
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

    /** A run for routes, scripts and people; unknown values are absent. */
    public static Map<String, Object> map(Run run) {
        var map = new LinkedHashMap<String, Object>();
        NewRun asked = run.asked();
        map.put("runId", asked.runId());
        map.put("state", run.state().name());
        put(map, "reason", run.reason());
        map.put("key", asked.key());
        map.put("account", asked.account());
        map.put("model", asked.model());
        map.put("videoFileName", asked.videoFileName());
        put(map, "correlation", asked.correlation());
        put(map, "seconds", asked.seconds());
        put(map, "cost", asked.cost());
        map.put("paidAttempts", run.paidAttempts());
        put(map, "causes", run.causes());
        map.put("createdAt", run.createdAt());
        put(map, "sentAt", run.sentAt());
        put(map, "settledAt", run.settledAt());
        put(map, "taskId", run.taskId());
        ending(map, run.ending());
        completion(map, run.completion());
        if (!run.late().isEmpty()) {
            map.put("late", run.late().stream().map(RunMessage::late).toList());
        }
        map.put("owner", run.owner());
        return map;
    }

    /** A day's budget as texts and numbers; a cap that is not set is absent. */
    public static Map<String, Object> map(Spending spending, @Nullable Caps caps) {
        var map = new LinkedHashMap<String, Object>();
        map.put("account", spending.account());
        map.put("day", spending.day().toString());
        map.put("secondsSpent", spending.spent().seconds());
        map.put("secondsReserved", spending.reserved().seconds());
        map.put("costSpent", spending.spent().cost());
        map.put("costReserved", spending.reserved().cost());
        if (caps != null) {
            put(map, "maxSecondsPerDay", caps.seconds());
            put(map, "maxCostPerDay", caps.cost());
        }
        return map;
    }

    private static void ending(Map<String, Object> map, @Nullable Ending ending) {
        if (ending != null) {
            put(map, "httpStatus", ending.ids().httpStatus());
            put(map, "code", ending.ids().code());
            put(map, "logId", ending.ids().logId());
            put(map, "rayId", ending.ids().rayId());
            put(map, "videoUrl", ending.link());
        }
    }

    private static void completion(Map<String, Object> map, @Nullable Completion completion) {
        if (completion != null) {
            map.put("videoUrl", completion.videoUrl());
            put(map, "videoExpiresAt", MessageWriter.expiresAt(completion.videoUrl()));
            put(map, "keySource", completion.keySource());
            map.put("elapsedMillis", completion.elapsed().toMillis());
            put(map, "logId", completion.logId());
            put(map, "rayId", completion.rayId());
        }
    }

    /** A result that came when the run belonged to another attempt: its video may have been paid for. */
    private static Map<String, Object> late(LateResult late) {
        var map = new LinkedHashMap<String, Object>();
        map.put("state", late.state().name());
        map.put("attempt", late.attempt());
        map.put("at", late.at());
        put(map, "videoUrl", late.videoUrl());
        if (late.ending() != null) {
            put(map, "reason", late.ending().reason());
            ending(map, late.ending());
        }
        return map;
    }

    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null && !value.equals("")) {
            map.put(name, value);
        }
    }
}
