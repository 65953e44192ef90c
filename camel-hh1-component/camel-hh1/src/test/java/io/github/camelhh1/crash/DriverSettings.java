package io.github.camelhh1.crash;

import java.nio.file.Path;
import java.util.List;

/**
 * Settings of a driver.
 *
 * @param baseUrl of the meter
 * @param ledger a JDBC URL
 * @param leaseMillis of the ledger's owners; 0 for its own default
 * @param named whether the photo's name is its key, wherever it lies; otherwise the file is
 * @param stop where the watched photo stops; null for nowhere
 */
record DriverSettings(
        PhotoFolder folder, String baseUrl, String ledger, long leaseMillis, boolean named, KillStep stop) {

    /** Ends the base URL of a service that has tasks. */
    static final String MODEL_STUDIO = "/api/v1";

    static DriverSettings in(PhotoFolder folder, String baseUrl) {
        return new DriverSettings(folder, baseUrl, folder.sqlite(), 0, false, null);
    }

    DriverSettings stoppingAt(KillStep step) {
        return new DriverSettings(folder, baseUrl, ledger, leaseMillis, named, step);
    }

    DriverSettings over(String url) {
        return new DriverSettings(folder, url, ledger, leaseMillis, named, stop);
    }

    DriverSettings keptIn(String otherLedger, long lease) {
        return new DriverSettings(folder, baseUrl, otherLedger, lease, named, stop);
    }

    DriverSettings sharing(String sharedLedger, long lease) {
        return new DriverSettings(folder, baseUrl, sharedLedger, lease, true, stop);
    }

    boolean tasks() {
        return baseUrl.endsWith(MODEL_STUDIO);
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

    static DriverSettings of(String[] arguments) {
        return new DriverSettings(
                PhotoFolder.in(Path.of(arguments[0])),
                arguments[1],
                arguments[2],
                Long.parseLong(arguments[3]),
                Boolean.parseBoolean(arguments[4]),
                arguments[5].isEmpty() ? null : KillStep.valueOf(arguments[5]));
    }
}
