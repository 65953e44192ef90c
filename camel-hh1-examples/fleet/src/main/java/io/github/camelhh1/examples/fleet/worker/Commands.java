package io.github.camelhh1.examples.fleet.worker;

import io.github.camelhh1.Hh1Constants;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;

/**
 * The commands of an operator, also while the fleet works. Each command is safe to repeat: a run that is not settled is held
 * again when its message comes back, and nothing is paid.
 */
record Commands(PrintStream out) {
    static final String USAGE = "Without words the worker takes photos. With words it carries out one command:\n"
            + "  held              lists the runs whose outcome is unknown\n"
            + "  adopt RUN LINK    the account has the video of this run, at this link\n"
            + "  forget RUN        the account has no video of this run: it may be paid again\n"
            + "  forget RUN STATE  the same for a run that is not UNKNOWN: FAILED or COMPLETED\n"
            + "  redrive           puts what failed or is held back, to be tried again";

    private static final int MOST = 1000;

    /** The exit status: 0 when it was carried out, 2 when there is no such command. */
    int carryOut(Worker worker, List<String> words) throws Exception {
        worker.main().start();
        ProducerTemplate camel = worker.main().getCamelTemplate();
        try {
            switch (words.get(0) + " " + (words.size() - 1)) {
                case "held 0" -> held(camel);
                case "adopt 2" -> adopt(camel, words.get(1), words.get(2));
                case "forget 1" -> forget(camel, words.get(1), "UNKNOWN");
                case "forget 2" -> forget(camel, words.get(1), words.get(2));
                case "redrive 0" -> out.println(worker.place().redrive() + " put back");
                default -> {
                    out.println(USAGE);
                    return FleetWorker.WRONG_SETTINGS;
                }
            }
            return 0;
        } catch (CamelExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @SuppressWarnings("unchecked")
    private void held(ProducerTemplate camel) {
        List<Map<String, Object>> runs = camel.requestBodyAndHeaders(
                "hh1:runs", null, Map.of(Hh1Constants.RUN_STATE, "UNKNOWN", Hh1Constants.RUN_LIMIT, MOST), List.class);
        runs.forEach(run -> out.println(run.get("runId") + "  " + run.get("createdAt") + "  " + run.get("key")));
        out.println(runs.size() + " held");
    }

    private void adopt(ProducerTemplate camel, String run, String link) {
        camel.requestBodyAndHeaders("hh1:adopt", link, Map.of(Hh1Constants.RUN_ID, run));
        settled(run, "has its video");
    }

    /** Not in another state: a look-up may have found the video meanwhile. */
    private void forget(ProducerTemplate camel, String run, String state) {
        camel.requestBodyAndHeaders(
                "hh1:forget", null, Map.of(Hh1Constants.RUN_ID, run, Hh1Constants.RUN_STATE, state));
        settled(run, "is forgotten");
    }

    private void settled(String run, String how) {
        out.println("Run " + run + " " + how + ". Now redrive: its message comes back to the workers.");
    }
}
