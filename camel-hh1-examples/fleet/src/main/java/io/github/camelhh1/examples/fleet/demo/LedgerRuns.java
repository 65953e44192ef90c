package io.github.camelhh1.examples.fleet.demo;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import io.github.camelhh1.examples.fleet.worker.Worker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The states of the ledger's runs. */
final class LedgerRuns {
    private LedgerRuns() {}

    @SuppressWarnings("unchecked")
    static Map<String, String> states(WorkerSettings settings) throws Exception {
        try (Worker worker = Worker.forCommands(settings)) {
            worker.main().start();
            List<Map<String, Object>> runs = worker.main()
                    .getCamelTemplate()
                    .requestBodyAndHeader("hh1:runs", null, Hh1Constants.RUN_LIMIT, 10_000, List.class);
            Map<String, String> states = new HashMap<>();
            runs.forEach(run ->
                    states.put(run.get("runId").toString(), run.get("state").toString()));
            return states;
        }
    }
}
