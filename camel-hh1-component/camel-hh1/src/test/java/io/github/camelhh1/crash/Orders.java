package io.github.camelhh1.crash;

import java.nio.file.Path;
import java.util.List;

/**
 * What a driver is to do.
 *
 * @param baseUrl of the meter
 * @param ledger a JDBC URL
 * @param leaseMillis of the ledger's owners; 0 for its own default
 * @param named whether the photo's name is its key, wherever it lies; otherwise the file is
 * @param stop where the watched photo stops; null for nowhere
 */
record Orders(Folder folder, String baseUrl, String ledger, long leaseMillis, boolean named, Step stop) {

    static Orders in(Folder folder, String baseUrl) {
        return new Orders(folder, baseUrl, folder.sqlite(), 0, false, null);
    }

    Orders stoppingAt(Step step) {
        return new Orders(folder, baseUrl, ledger, leaseMillis, named, step);
    }

    Orders over(String url) {
        return new Orders(folder, url, ledger, leaseMillis, named, stop);
    }

    Orders keptIn(String otherLedger, long lease) {
        return new Orders(folder, baseUrl, otherLedger, lease, named, stop);
    }

    Orders sharing(String sharedLedger, long lease) {
        return new Orders(folder, baseUrl, sharedLedger, lease, true, stop);
    }

    List<String> arguments() {
        return List.of(
                folder.root().toString(),
                baseUrl,
                ledger,
                String.valueOf(leaseMillis),
                String.valueOf(named),
                stop == null ? "" : stop.name());
    }

    static Orders of(String[] arguments) {
        return new Orders(
                Folder.in(Path.of(arguments[0])),
                arguments[1],
                arguments[2],
                Long.parseLong(arguments[3]),
                Boolean.parseBoolean(arguments[4]),
                arguments[5].isEmpty() ? null : Step.valueOf(arguments[5]));
    }
}
