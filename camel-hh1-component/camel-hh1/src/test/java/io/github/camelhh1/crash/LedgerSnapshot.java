package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The runs of a ledger at one moment, by photo. */
record LedgerSnapshot(Map<String, Run> runs) {

    static LedgerSnapshot of(LedgerSession session) {
        List<Run> all = session.runs(null, Integer.MAX_VALUE, 0);
        assertThat(all)
                .extracting(LedgerSnapshot::photo)
                .as("one run per photo")
                .doesNotHaveDuplicates();
        return new LedgerSnapshot(all.stream().collect(Collectors.toMap(LedgerSnapshot::photo, Function.identity())));
    }

    private static String photo(Run run) {
        return PhotoFolder.photo(run.asked().videoFileName());
    }

    /** Null when there is no run for it. */
    RunState state(String photo) {
        return runs.containsKey(photo) ? runs.get(photo).state() : null;
    }

    /** Null when none is known, or when there is no run for it. */
    String task(String photo) {
        return runs.containsKey(photo) ? runs.get(photo).taskId() : null;
    }

    /** The photos for which nobody can find out what has become of them, if the process is dead. */
    List<String> sentWithoutTask() {
        return in(RunState.SENT).stream().filter(photo -> task(photo) == null).toList();
    }

    LedgerSnapshot only(Collection<String> photos) {
        return new LedgerSnapshot(runs.entrySet().stream()
                .filter(entry -> photos.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** The photos whose run is in this state. */
    List<String> in(RunState state) {
        return runs.keySet().stream()
                .filter(photo -> state(photo) == state)
                .sorted()
                .toList();
    }
}
