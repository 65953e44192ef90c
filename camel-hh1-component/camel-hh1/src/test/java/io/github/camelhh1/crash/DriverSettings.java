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
 * @param lookup whether lost answers are looked up, and videos that are found so are taken from {@code hh1:recovered}
 * @param stop where the watched photo stops; null for nowhere
 */
record DriverSettings(
        PhotoFolder folder,
        String baseUrl,
        String ledger,
        long leaseMillis,
        boolean named,
        boolean lookup,
        KillStep stop) {

    /** Ends the base URL of a service that has tasks. */
    static final String MODEL_STUDIO = "/api/v1";

    static DriverSettings in(PhotoFolder folder, String baseUrl) {
        return new DriverSettings(folder, baseUrl, folder.sqlite(), 0, false, false, null);
    }

    DriverSettings stoppingAt(KillStep step) {
        return new DriverSettings(folder, baseUrl, ledger, leaseMillis, named, lookup, step);
    }

    DriverSettings over(String url) {
        return new DriverSettings(folder, url, ledger, leaseMillis, named, lookup, stop);
    }

    DriverSettings keptIn(String otherLedger, long lease) {
        return new DriverSettings(folder, baseUrl, otherLedger, lease, named, lookup, stop);
    }

    DriverSettings sharing(String sharedLedger, long lease) {
        return new DriverSettings(folder, baseUrl, sharedLedger, lease, true, lookup, stop);
    }

    DriverSettings lookingUp() {
        return new DriverSettings(folder, baseUrl, ledger, leaseMillis, named, true, stop);
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
                String.valueOf(lookup),
                stop == null ? "" : stop.name());
    }

    static DriverSettings of(String[] arguments) {
        return new DriverSettings(
                PhotoFolder.in(Path.of(arguments[0])),
                arguments[1],
                arguments[2],
                Long.parseLong(arguments[3]),
                Boolean.parseBoolean(arguments[4]),
                Boolean.parseBoolean(arguments[5]),
                arguments[6].isEmpty() ? null : KillStep.valueOf(arguments[6]));
    }
}
