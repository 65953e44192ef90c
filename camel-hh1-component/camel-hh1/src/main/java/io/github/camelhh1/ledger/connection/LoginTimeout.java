package io.github.camelhh1.ledger.connection;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data source whose connections may come so late that a lease runs out meanwhile. */
public final class LoginTimeout {
    private static final Logger LOG = LoggerFactory.getLogger(LoginTimeout.class);

    private LoginTimeout() {}

    /** Where the data source says how long it waits; not every one does. */
    public static void warn(DataSource source, Duration lease) {
        Duration timeout = Duration.ofSeconds(seconds(source));
        if (timeout.multipliedBy(3).compareTo(lease) > 0) {
            LOG.warn(
                    "The ledger's DataSource may wait {} s for a connection, which is more than a third of the lease of {} s:"
                            + " when all its connections are in use, this node may be taken for dead, and its runs for"
                            + " unknown. Give the ledger a DataSource of its own, or one with a shorter connection time-out",
                    timeout.toSeconds(),
                    lease.toSeconds());
        }
    }

    private static int seconds(DataSource source) {
        try {
            return source.getLoginTimeout();
        } catch (SQLException | RuntimeException e) {
            return 0;
        }
    }
}
