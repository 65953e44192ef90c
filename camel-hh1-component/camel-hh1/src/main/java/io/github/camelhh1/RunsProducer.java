package io.github.camelhh1;

import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.generation.RequestRules;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.message.RunMap;
import io.github.camelhh1.message.RunMessage;
import io.github.camelhh1.rooms.Bookkeeping;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.EndpointOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** {@code hh1:runs}: what the ledger holds, newest first, as a list of maps. Reads the ledger only. */
final class RunsProducer extends Hh1Producer<Bookkeeping> {
    private static final int LIMIT = 100;
    private static final int MOST = 10_000;

    RunsProducer(Hh1Endpoint endpoint) {
        super(endpoint);
    }

    @Override
    Bookkeeping build(EndpointOptions options) {
        return options.component().books();
    }

    @Override
    CompletionStage<?> work(Exchange exchange, Bookkeeping books, ComponentParts component) throws Hh1Exception {
        Message message = exchange.getMessage();
        RunState state = state(RunMessage.text(message, Hh1Constants.RUN_STATE));
        int limit = number(message, Hh1Constants.RUN_LIMIT, LIMIT, 1, MOST);
        int offset = number(message, Hh1Constants.RUN_OFFSET, 0, 0, Integer.MAX_VALUE);
        try {
            List<Run> runs = books.apart(ledger -> ledger.runs(state, limit, offset));
            List<Map<String, Object>> body = runs.stream().map(RunMap::of).toList();
            message.setBody(body);
        } catch (LedgerException e) {
            throw RunMessage.unreadable(e);
        }
        return CompletableFuture.completedStage(true);
    }

    private static @Nullable RunState state(@Nullable String value) throws Hh1Exception {
        if (value == null) {
            return null;
        }
        String name = value.strip().toUpperCase(Locale.ROOT);
        for (RunState state : RunState.values()) {
            if (state.name().equals(name)) {
                return state;
            }
        }
        throw RunMessage.invalid("runState: " + RequestRules.shape(value)
                + " is no state of a run; use one of " + Arrays.toString(RunState.values()) + ", or leave the header "
                + Hh1Constants.RUN_STATE + " out");
    }

    private static int number(Message message, String header, int otherwise, int least, int most) throws Hh1Exception {
        String value = RunMessage.text(message, header);
        if (value == null) {
            return otherwise;
        }
        String text = value.strip();
        if (text.matches("\\d{1,10}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
            return Integer.parseInt(text);
        }
        throw RunMessage.invalid(header + ": " + RequestRules.shape(text) + RequestRules.notInteger(least, most));
    }
}
