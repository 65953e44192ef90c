package io.github.camelhh1.message;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.generation.RequestRules;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.camel.Message;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/** Reads the message of {@code runs}: which runs to list. */
public final class RunsMessage {
    private static final int LIMIT = 100;
    private static final int MOST = 10_000;
    /** The ledger holds no longer name. */
    private static final int LONGEST = 500;

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern ISO_DURATION = Pattern.compile("(?i)P.+");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(d|h|m|s))+");

    private static final Duration YOUNGEST = Duration.ofDays(1);
    private static final Duration OLDEST = Duration.ofDays(36_500);

    private final Message message;
    private final InstantSource clock;
    private final List<String> violations = new ArrayList<>();

    /** A part of the list of those runs that the filter selects. */
    public record Page(Run.Filter filter, int limit, int offset) {

        /** The number of all runs that the filter selects, where a list of so many shows it; negative where it does not. */
        public long total(int listed) {
            return listed < limit && (listed > 0 || offset == 0) ? (long) offset + listed : -1;
        }
    }

    private RunsMessage(Message message, InstantSource clock) {
        this.message = message;
        this.clock = clock;
    }

    /**
     * The page that the message asks for; all violations at once.
     *
     * @param clock for a length of time, which is counted back from now
     */
    public static Page page(Message message, InstantSource clock) throws InvalidRequestException {
        return new RunsMessage(message, clock).page();
    }

    /** How old the runs are at least that the message has pruned. */
    public static Duration olderThan(Message message) throws InvalidRequestException {
        var reader = new RunsMessage(message, InstantSource.system());
        String text = reader.text(Hh1Constants.OLDER_THAN);
        Duration found = text == null ? null : duration(text);
        if (reader.violations.isEmpty() && (found == null || found.compareTo(YOUNGEST) < 0)) {
            reader.violations.add(Hh1Constants.OLDER_THAN + ": "
                    + (text == null ? "it is missing" : RequestRules.shape(text) + " is no such length of time")
                    + "; give one day or more, such as 30d or P30D");
        }
        reader.refuse();
        return found == null ? YOUNGEST : found;
    }

    /** The state that the message names; null when it names none. */
    public static @Nullable RunState state(Message message) throws InvalidRequestException {
        var reader = new RunsMessage(message, InstantSource.system());
        RunState found = reader.state();
        reader.refuse();
        return found;
    }

    private void refuse() throws InvalidRequestException {
        if (!violations.isEmpty()) {
            throw new InvalidRequestException(violations, "", CallIds.NONE);
        }
    }

    /** Null when the text is no length of time that a ledger could count. */
    private static @Nullable Duration duration(String text) {
        try {
            Duration found = DURATION.matcher(text).matches()
                    ? Duration.ofMillis(TimeUtils.toMilliSeconds(text))
                    : Duration.parse(text);
            return found.compareTo(OLDEST) > 0 ? OLDEST : found;
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private Page page() throws InvalidRequestException {
        var filter = new Run.Filter(state(), name(Hh1Constants.RUN_ACCOUNT), name(Hh1Constants.RUN_NAME), since());
        var page = new Page(
                filter,
                number(Hh1Constants.RUN_LIMIT, LIMIT, 1, MOST),
                number(Hh1Constants.RUN_OFFSET, 0, 0, Integer.MAX_VALUE));
        refuse();
        return page;
    }

    /** Null when the header is not set, is blank, or is no text, which is a violation. */
    private @Nullable String text(String header) {
        HeaderText value = HeaderText.of(message, header);
        if (value.problem() != null) {
            violations.add(value.problem());
        }
        return value.text() == null || value.text().isBlank()
                ? null
                : value.text().strip();
    }

    private @Nullable RunState state() {
        String value = text(Hh1Constants.RUN_STATE);
        try {
            return value == null ? null : RunState.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            violations.add("runState: " + RequestRules.shape(String.valueOf(value))
                    + " is no state of a run; use one of " + Arrays.toString(RunState.values())
                    + ", or leave the header " + Hh1Constants.RUN_STATE + " out");
            return null;
        }
    }

    private int number(String header, int otherwise, int least, int most) {
        String text = text(header);
        if (text == null) {
            return otherwise;
        } else if (text.matches("\\d{1,10}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
            return Integer.parseInt(text);
        }
        violations.add(header + ": " + RequestRules.shape(text) + RequestRules.notInteger(least, most));
        return otherwise;
    }

    private @Nullable String name(String header) {
        String text = text(header);
        if (text != null && !HeaderText.fitsLedger(text, LONGEST)) {
            violations.add(header + ": " + RequestRules.shape(text) + " has " + text.length()
                    + " characters; give text of at most " + LONGEST
                    + " characters, without the character 0 or half a surrogate pair, or leave the header out");
        }
        return text;
    }

    private @Nullable Instant since() {
        String text = text(Hh1Constants.RUN_SINCE);
        if (text == null) {
            return null;
        }
        try {
            Instant since = time(text);
            // As the ledger counts.
            return Instant.ofEpochMilli(since.toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            violations.add(Hh1Constants.RUN_SINCE + ": " + RequestRules.shape(text)
                    + " is no time; give a time with its zone, like 2026-01-31T08:00:00Z, a day (UTC), like 2026-01-31, or"
                    + " how long ago, like 24h or PT24H, or leave the header out");
            return null;
        }
    }

    private Instant time(String text) {
        if (DAY.matcher(text).matches()) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } else if (DURATION.matcher(text).matches()) {
            return clock.instant().minusMillis(TimeUtils.toMilliSeconds(text));
        } else if (ISO_DURATION.matcher(text).matches()) {
            return ago(Duration.parse(text));
        }
        return ZonedDateTime.parse(text).toInstant();
    }

    private Instant ago(Duration time) {
        if (time.isNegative()) {
            throw new DateTimeException("in the future");
        }
        return clock.instant().minus(time);
    }
}
