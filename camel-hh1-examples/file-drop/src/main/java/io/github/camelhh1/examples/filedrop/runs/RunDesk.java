package io.github.camelhh1.examples.filedrop.runs;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.filedrop.progress.Console;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.InvalidRequestException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.main.Main;

/**
 * Carries out one command on the ledger of a folder. Starts the component and no route, so nothing is sent; works also
 * while a program watches the folder, whose ledger several may open.
 */
public final class RunDesk {
    /** The most that {@code hh1:runs} gives. */
    private static final int MOST = 10_000;

    private final Main main;
    private final String ledger;
    private final String options;
    private final Console console;

    /**
     * @param ledger what the ledger belongs to, for people
     * @param options of the component: where photos are staged, whose copies go with their runs, and where videos may lie
     */
    public RunDesk(Main main, String ledger, String options, Console console) {
        this.main = main;
        this.ledger = ledger;
        this.options = options;
        this.console = console;
    }

    /** The exit status: 0 when it is done, 1 when it is refused; then nothing was changed. */
    public int carryOut(RunCommand command) throws Exception {
        main.start();
        try {
            if (!main.getCamelContext()
                    .getComponent("hh1", Hh1Component.class)
                    .getLedger()
                    .isDurable()) {
                console.line("The ledger is in the memory of the program that uses it: nobody else can look into it");
                return 1;
            }
            return answer(command);
        } catch (Hh1Exception e) {
            console.line(reason(e));
            return 1;
        } finally {
            main.stop();
        }
    }

    private int answer(RunCommand command) throws Exception {
        if (command instanceof RunCommand.Show show) {
            show(show);
        } else if (command instanceof RunCommand.Adopt adopt) {
            settle("hh1:adopt?" + options, adopt.runId(), adopt.url());
            console.line(
                    "Run " + adopt.runId() + " has its video. Move its photo, with its sidecar, from failed back to"
                            + " in: the video is fetched, and nothing is paid again");
        } else if (command instanceof RunCommand.Forget forget) {
            settle("hh1:forget?" + options, forget.runId(), null);
            console.line(
                    "Run " + forget.runId() + " is forgotten. Move its photo, with its sidecar, from failed back to"
                            + " in: it is sent, and paid, anew");
        }
        return 0;
    }

    @SuppressWarnings("unchecked")
    private void show(RunCommand.Show show) throws Exception {
        List<Map<String, Object>> runs = send("hh1:runs", exchange -> {
                    exchange.getMessage().setHeader(Hh1Constants.RUN_LIMIT, MOST);
                    show.state()
                            .ifPresent(state -> exchange.getMessage().setHeader(Hh1Constants.RUN_STATE, state.name()));
                })
                .getMessage()
                .getBody(List.class);
        String which = show.state().map(state -> " " + state.name()).orElse("");
        console.line((runs.size() == MOST ? "The newest " : "") + runs.size() + (runs.size() == 1 ? " run" : " runs")
                + which + " of " + ledger + (runs.isEmpty() ? "" : ", newest first"));
        if (!runs.isEmpty()) {
            new RunTable(runs, show.wholeLinks()).lines().forEach(console::line);
        }
        if (runs.stream().anyMatch(run -> "UNKNOWN".equals(run.get("state")))) {
            console.line("UNKNOWN ones are held: look at your account, then give drop.adopt=<run> and drop.url=<link of"
                    + " the video>, or drop.forget=<run> when there is no video");
        }
    }

    /** In the words of this program's commands, where the component speaks of its operations. */
    private static String reason(Hh1Exception failure) {
        String reason = failure instanceof InvalidRequestException invalid
                ? "Nothing was changed. " + String.join("; ", invalid.violations())
                : failure.getMessage();
        return reason.replace("hh1:runs", "drop.runs=all").replace("hh1:forget", "drop.forget");
    }

    private void settle(String operation, String runId, String body) throws Exception {
        send(operation, exchange -> {
            exchange.getMessage().setHeader(Hh1Constants.RUN_ID, runId);
            exchange.getMessage().setBody(body);
        });
    }

    private Exchange send(String operation, Processor message) throws Exception {
        Exchange answer = main.getCamelTemplate().send(operation, message);
        if (answer.getException() != null) {
            throw answer.getException();
        }
        return answer;
    }
}
