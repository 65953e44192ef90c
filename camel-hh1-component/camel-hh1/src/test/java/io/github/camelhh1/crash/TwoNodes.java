package io.github.camelhh1.crash;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Two nodes with folders of their own, the same photos, and one ledger; a photo's name is its key.
 *
 * @param lease of the owners; 0 where the ledger needs none
 */
record TwoNodes(Path root, String ledger, Duration lease) {
    static final Duration GENERATION = Duration.ofMillis(100);

    PhotoFolder folder(String node) {
        return PhotoFolder.in(root.resolve(node));
    }

    DriverSettings orders(String node, MeterProcess meter, boolean tasks) {
        return DriverSettings.in(folder(node), tasks ? meter.tasksUrl() : meter.baseUrl())
                .sharing(ledger, lease.toMillis());
    }

    List<String> done(String node) {
        return PhotoFolder.names(folder(node).done(), PhotoFolder.PHOTO);
    }

    List<String> failed(String node) {
        return PhotoFolder.names(folder(node).failed(), PhotoFolder.PHOTO);
    }

    LedgerSnapshot books() {
        try (LedgerSession session = Ledgers.of(ledger).open()) {
            return LedgerSnapshot.of(session);
        }
    }

    static HikariDataSource pool(String url) {
        var settings = new HikariConfig();
        settings.setJdbcUrl(url);
        settings.setMaximumPoolSize(4);
        return new HikariDataSource(settings);
    }
}
