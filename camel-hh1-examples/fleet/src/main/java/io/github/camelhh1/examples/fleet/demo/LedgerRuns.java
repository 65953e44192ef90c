package io.github.camelhh1.examples.fleet.demo;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import io.github.camelhh1.examples.fleet.worker.Worker;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The runs of the ledger, counted by their states. */
final class LedgerRuns {
    private LedgerRuns() {}

    @SuppressWarnings("unchecked")
    static Map<String, Integer> count(WorkerSettings settings) throws Exception {
        try (Worker worker = Worker.forCommands(settings)) {
            worker.main().start();
            List<Map<String, Object>> runs = worker.main()
                    .getCamelTemplate()
                    .requestBodyAndHeader("hh1:runs", null, Hh1Constants.RUN_LIMIT, 10_000, List.class);
            Map<String, Integer> found = new TreeMap<>();
            runs.forEach(run -> found.merge(run.get("state").toString(), 1, Integer::sum));
            return found;
        }
    }
}
