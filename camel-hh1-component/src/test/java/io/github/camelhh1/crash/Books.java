package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a ledger says at one moment, by photo. */
record Books(Map<String, Run> runs) {

    static Books of(LedgerSession session) {
        List<Run> all = session.runs(null, Integer.MAX_VALUE, 0);
        assertThat(all).extracting(Books::photo).as("one run per photo").doesNotHaveDuplicates();
        return new Books(all.stream().collect(Collectors.toMap(Books::photo, Function.identity())));
    }

    /** Of an SQLite ledger that nobody works with. Looks at a copy: the next to open it finds it as it was left. */
    static Books left(Folder folder) {
        try {
            Path copy = Files.createDirectories(folder.root().resolve("copy"));
            for (String file : List.of("hh1.db", "hh1.db-wal")) {
                Files.deleteIfExists(copy.resolve(file));
                if (Files.exists(folder.root().resolve(file))) {
                    Files.copy(folder.root().resolve(file), copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.deleteIfExists(copy.resolve("hh1.db-shm"));
            try (LedgerSession session =
                    Ledgers.of("jdbc:sqlite:" + copy.resolve("hh1.db")).open()) {
                return of(session);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String photo(Run run) {
        String video = run.asked().videoFileName();
        return video.substring(0, video.length() - Folder.VIDEO.length());
    }

    /** Null when there is no run for it. */
    RunState state(String photo) {
        return runs.containsKey(photo) ? runs.get(photo).state() : null;
    }

    Books only(Collection<String> photos) {
        return new Books(runs.entrySet().stream()
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
