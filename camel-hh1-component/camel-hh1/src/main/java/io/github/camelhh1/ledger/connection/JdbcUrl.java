package io.github.camelhh1.ledger.connection;

import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.jdbc.Database;
import io.github.camelhh1.ledger.jdbc.JdbcLedger;
import io.github.camelhh1.ledger.jdbc.SqliteUrl;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Ledgers that are named by a JDBC URL. */
public final class JdbcUrl {
    private static final Pattern PASSWORD = Pattern.compile(
            "(?i)[?&;:]\\w*(password|passwd|pwd|secret|token)\\s*=|://[^/@]*:[^/@]*@|:thin:[^@]*/[^@]*@");
    private static final Map<String, String> DRIVERS = Map.of(
            "jdbc:sqlite:", "org.xerial:sqlite-jdbc",
            "jdbc:postgresql:", "org.postgresql:postgresql",
            "jdbc:h2:", "com.h2database:h2");

    private static final Pattern H2_DELAY = Pattern.compile("(?i);WRITE_DELAY=(?!0*(;|$))");
    private static final int CONNECTIONS = 4;

    private JdbcUrl() {}

    public static Ledger ledger(String url, Duration lease) {
        if (PASSWORD.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "ledger: the JDBC URL holds a password; make a DataSource with it, and name that bean instead");
        }
        String name = url.replaceFirst("[?;].*", "");
        if (url.startsWith(SqliteUrl.PREFIX)) {
            Path file = SqliteUrl.file(url);
            Supplier<Database> connect = () -> {
                checkDriver(url);
                return new SqliteDatabase(url, file);
            };
            return new JdbcLedger(name, lease, false, connect, connect);
        }
        if (url.startsWith("jdbc:h2:mem:")) {
            throw new IllegalArgumentException(
                    "ledger: an H2 database in memory is forgotten like ledger=memory, and slower; name a file, like"
                            + " jdbc:h2:file:./hh1, or use memory");
        }
        if (url.startsWith("jdbc:h2:") && H2_DELAY.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "ledger: WRITE_DELAY in the URL of an H2 database sets its delay anew with each"
                            + " connection, and what was acknowledged would be written later; leave it out, or set it to 0");
        }
        return new JdbcLedger(
                name, lease, false, () -> pooled("hh1-ledger", url, CONNECTIONS), () -> pooled("hh1-lease", url, 1));
    }

    private static void checkDriver(String url) {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new LedgerException(
                    "no JDBC driver on the class path understands the ledger's URL; " + dependency(url), e);
        }
    }

    static String dependency(String url) {
        return DRIVERS.entrySet().stream()
                .filter(driver -> url.startsWith(driver.getKey()))
                .map(driver -> "add the dependency " + driver.getValue())
                .findFirst()
                .orElse("add the dependency that brings its driver");
    }

    private static Database pooled(String pool, String url, int connections) {
        checkDriver(url);
        try {
            return ConnectionPool.of(pool, url, connections);
        } catch (NoClassDefFoundError e) {
            throw new LedgerException(
                    "a ledger that is named by the URL of a database server needs a pool of connections; add the"
                            + " dependency com.zaxxer:HikariCP, or name a bean of type DataSource",
                    e);
        }
    }
}
