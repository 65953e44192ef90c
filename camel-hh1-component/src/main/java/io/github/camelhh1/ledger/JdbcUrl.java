package io.github.camelhh1.ledger;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** Ledgers that are named by a JDBC URL. */
final class JdbcUrl {
    private static final Pattern PASSWORD = Pattern.compile(
            "(?i)[?&;:]\\w*(password|passwd|pwd|secret|token)\\s*=|://[^/@]*:[^/@]*@|:thin:[^@]*/[^@]*@");
    private static final Map<String, String> DRIVERS = Map.of(
            "jdbc:sqlite:", "org.xerial:sqlite-jdbc",
            "jdbc:postgresql:", "org.postgresql:postgresql",
            "jdbc:h2:", "com.h2database:h2");

    private JdbcUrl() {}

    static Ledger ledger(String url, Duration lease) {
        if (PASSWORD.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "ledger: the JDBC URL holds a password; make a DataSource with it, and name that bean instead");
        }
        String name = url.replaceFirst("[?;].*", "");
        if (url.startsWith(SqliteUrl.PREFIX)) {
            Path file = SqliteUrl.file(url);
            return new JdbcLedger(name, lease, () -> {
                checkDriver(url);
                return new SqliteDatabase(url, file);
            });
        }
        return new JdbcLedger(name, lease, () -> {
            checkDriver(url);
            return pooled(url);
        });
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

    private static Database pooled(String url) {
        try {
            return ConnectionPool.of(url);
        } catch (NoClassDefFoundError e) {
            throw new LedgerException(
                    "a ledger that is named by the URL of a database server needs a pool of connections; add the"
                            + " dependency com.zaxxer:HikariCP, or name a bean of type DataSource",
                    e);
        }
    }
}
