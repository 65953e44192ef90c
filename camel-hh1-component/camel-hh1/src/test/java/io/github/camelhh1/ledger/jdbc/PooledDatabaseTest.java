package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.ledger.LedgerContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With a pool that hands out again what it got back, as it is. */
class PooledDatabaseTest {
    private Connection only;
    private PooledDatabase database;

    @BeforeEach
    void open() throws SQLException {
        only = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID());
        only.setAutoCommit(false);
        only.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        database = new PooledDatabase(pool(lent(only)), null);
        database.run(sql -> sql.update("create table t (n integer primary key)"));
    }

    @AfterEach
    void close() throws SQLException {
        only.close();
    }

    private static DataSource pool(Connection lent) {
        return proxy(DataSource.class, (proxy, method, arguments) -> lent);
    }

    private static Connection lent(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                return null;
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private long rows() {
        return database.run(sql -> sql.select(row -> row.getLong(1), "select count(*) from t"))
                .get(0);
    }

    private void isAsItWas() throws SQLException {
        assertThat(only.getAutoCommit()).isFalse();
        assertThat(only.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
    }

    @Test
    void givesAConnectionBackAsItWas() throws SQLException {
        database.inTransaction(sql -> sql.update("insert into t values (1)"));

        isAsItWas();
        assertThat(rows()).isEqualTo(1);
    }

    static List<Sql.Work<Integer>> failures() {
        return List.of(
                sql -> {
                    sql.update("insert into t values (1)");
                    return sql.update("no SQL");
                },
                sql -> {
                    sql.update("insert into t values (1)");
                    throw new IllegalStateException("defect");
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    void givesItBackAsItWasAlsoWhenTheWorkFailed(Sql.Work<Integer> work) throws SQLException {
        assertThatThrownBy(() -> database.inTransaction(work)).isInstanceOf(RuntimeException.class);

        isAsItWas();
        assertThat(rows()).as("nothing is left of it").isZero();
        assertThatThrownBy(() -> database.run(work)).isInstanceOf(RuntimeException.class);
        isAsItWas();
    }

    /** Row 37: the renewal of a lease asks the same pool for a connection, and must not stand behind all callers. */
    @Test
    void asksForEightConnectionsAtOnceAtMost() throws Exception {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=60";
        var asked = new AtomicInteger();
        var database = new PooledDatabase(
                proxy(DataSource.class, (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    return DriverManager.getConnection(url);
                }),
                null);
        int before = asked.get();
        var working = new CountDownLatch(8);
        var goOn = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 9; i++) {
            threads.add(new Thread(() -> database.run(sql -> {
                working.countDown();
                return awaited(goOn);
            })));
        }
        threads.subList(0, 8).forEach(Thread::start);
        assertThat(working.await(LedgerContract.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();

        Thread ninth = threads.get(8);
        ninth.start();
        await().atMost(LedgerContract.LIMIT).until(() -> ninth.getState() == Thread.State.TIMED_WAITING);
        assertThat(asked.get() - before).isEqualTo(8);

        goOn.countDown();
        for (Thread thread : threads) {
            thread.join(LedgerContract.LIMIT.toMillis());
        }
        assertThat(asked.get() - before).isEqualTo(9);
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(LedgerContract.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
