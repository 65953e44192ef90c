package io.github.camelhh1.ledger.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.fence.FencedSession;
import io.github.camelhh1.ledger.fence.Owners;
import io.github.camelhh1.text.CleanText;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A ledger in a database. */
public final class JdbcLedger implements Ledger {
    private static final Pattern PASSWORD = Pattern.compile(
            "(?i)[?&;:]\\w*(password|passwd|pwd|secret|token)\\s*=|://[^/@]*:[^/@]*@|:thin:[^@]*/[^@]*@");
    private static final Pattern H2_DELAY = Pattern.compile("(?i);WRITE_DELAY=(?!0*(;|$))");
    private static final String H2 = "jdbc:h2:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final int CONNECTIONS = 4;

    private final String name;
    private final Duration lease;
    private final boolean joins;
    private final Supplier<Database> connect;
    private final Supplier<Database> connectToRenew;

    /**
     * @param joins whether its connections may be those of a transaction of the caller's thread
     * @param connect makes the connections of one session
     * @param connectToRenew makes the connection that renews its lease, which must wait for none of the others
     */
    private JdbcLedger(
            String name, Duration lease, boolean joins, Supplier<Database> connect, Supplier<Database> connectToRenew) {
        this.name = name;
        this.lease = lease;
        this.joins = joins;
        this.connect = connect;
        this.connectToRenew = connectToRenew;
    }

    /** In the database that the URL names. */
    public static Ledger of(String url, Duration lease) {
        if (PASSWORD.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "ledger: the JDBC URL holds a password; make a DataSource with it, and name that bean instead");
        } else if (url.startsWith("jdbc:h2:mem:")) {
            throw new IllegalArgumentException(
                    "ledger: an H2 database in memory is forgotten like ledger=memory, and slower; name a file, like"
                            + " jdbc:h2:file:./hh1, or use memory");
        } else if (url.startsWith(H2) && H2_DELAY.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "ledger: WRITE_DELAY in the URL of an H2 database sets its delay anew with each"
                            + " connection, and acknowledged changes would be written later; leave it out, or set it to 0");
        }
        Supplier<Database> connect = () -> pooled("hh1-ledger", url, CONNECTIONS);
        Supplier<Database> connectToRenew = () -> pooled("hh1-lease", url, 1);
        if (url.startsWith(SqliteDatabase.PREFIX)) {
            Path file = SqliteDatabase.file(url);
            connect = () -> {
                checkDriver(url);
                return new SqliteDatabase(url, file);
            };
        }
        return new JdbcLedger(url.replaceFirst("[?;].*", ""), lease, false, connect, connectToRenew);
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
        String driver = "that brings its driver";
        if (url.startsWith(SqliteDatabase.PREFIX)) {
            driver = "org.xerial:sqlite-jdbc";
        } else if (url.startsWith(POSTGRESQL)) {
            driver = "org.postgresql:postgresql";
        } else if (url.startsWith(H2)) {
            driver = "com.h2database:h2";
        }
        return "add the dependency " + driver;
    }

    private static Database pooled(String pool, String url, int connections) {
        checkDriver(url);
        try {
            return Pool.of(pool, url, connections);
        } catch (NoClassDefFoundError e) {
            throw new LedgerException(
                    "a ledger that is named by the URL of a database server needs a pool of connections; add the"
                            + " dependency com.zaxxer:HikariCP, or name a bean of type DataSource",
                    e);
        }
    }

    /** In a database whose connections the caller opens and closes. */
    public static Ledger of(DataSource source, Duration lease) {
        Supplier<Database> connect = () -> new PooledDatabase(source, null);
        return new JdbcLedger("of a DataSource", lease, true, connect, () -> {
            PooledDatabase.warnOfSlowLogin(source, lease);
            return connect.get();
        });
    }

    @Override
    public LedgerSession open() {
        Database database = connect.get();
        try {
            Durability.ensure(database);
            Path file = SqliteDatabase.fileOf(database);
            Schema.ensure(database, file);
            return new FencedSession(new JdbcStore(database), owner(database, file));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private Owners owner(Database database, @Nullable Path file) {
        String session = UUID.randomUUID().toString();
        if (file != null) {
            return JdbcOwner.locking(database, file, session);
        }
        Database renewing = connectToRenew.get();
        try {
            return JdbcOwner.leased(database, renewing, session, lease);
        } catch (RuntimeException e) {
            renewing.close();
            throw e;
        }
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public boolean joinsTransactions() {
        return joins;
    }

    @Override
    public String toString() {
        return name;
    }

    /** A class of its own: it fails to load where HikariCP is absent, and no other class may. */
    private static final class Pool {
        /** The server gives a statement up before we do: a late effect of it comes within this time. */
        private static final String GIVE_UP = "set statement_timeout = " + PooledDatabase.PATIENCE_MILLIS * 3 / 4;

        private Pool() {}

        static Database of(String name, String url, int connections) {
            try {
                var config = new HikariConfig();
                config.setJdbcUrl(url);
                config.setMaximumPoolSize(connections);
                config.setPoolName(name);
                if (url.startsWith(POSTGRESQL)) {
                    config.setConnectionInitSql(GIVE_UP);
                } else if (url.startsWith(H2)) {
                    // An interrupted thread closes its database for all threads, and H2 still calls the
                    // connections valid.
                    config.setConnectionTestQuery("select 1");
                }
                config.setConnectionTimeout(PooledDatabase.PATIENCE_MILLIS);
                config.setInitializationFailTimeout(PooledDatabase.PATIENCE_MILLIS);
                var source = new HikariDataSource(config);
                return new PooledDatabase(source, source);
            } catch (HikariPool.PoolInitializationException e) {
                throw e.getCause() instanceof SQLException cause
                        ? Sql.failure("", cause)
                        : new LedgerException(
                                "no connection could be made: " + CleanText.of(String.valueOf(e.getMessage())), e);
            }
        }
    }
}
