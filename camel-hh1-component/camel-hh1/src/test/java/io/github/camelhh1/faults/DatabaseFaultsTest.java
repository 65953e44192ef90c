package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Reply;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row 26 with a database server that is stopped and started, and one that takes no writes. */
@Timeout(180)
class DatabaseFaultsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    private Path directory;

    private EmbeddedPostgres server;
    private HikariDataSource pool;

    @BeforeEach
    void start() throws IOException {
        server = server(0);
        var config = new HikariConfig();
        config.setDataSource(server.getPostgresDatabase());
        config.setConnectionTimeout(1_000);
        config.setMaximumPoolSize(4);
        pool = new HikariDataSource(config);
        CAMEL.restart(component -> component.setLedger(Ledgers.jdbc(pool, Duration.ofSeconds(30))));
        // The first who needs it opens it.
        assertThat(runs("COMPLETED")).isEmpty();
    }

    private EmbeddedPostgres server(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    @AfterEach
    void stop() throws IOException {
        CAMEL.restart(component -> component.setLedger(Ledgers.memory()));
        pool.close();
        server.close();
    }

    private static List<?> runs(String state) {
        return (List<?>)
                CAMEL.sendTo("hh1:runs", exchange -> exchange.getMessage().setHeader(Hh1Constants.RUN_STATE, state))
                        .end()
                        .getMessage()
                        .getBody();
    }

    @Test
    void row26nothingIsSentWhileTheServerIsStoppedAndWorkGoesOnAfterwards() throws IOException {
        assertThat(CAMEL.send("").video()).isNotEmpty();
        var gate = new CompletableFuture<Void>();
        CAMEL.simulator().script(Reply.completed().heldUntil(gate));
        SentMessage inFlight = CAMEL.send("");
        await().until(() -> CAMEL.simulator().inFlight() == 1);

        int port = server.getPort();
        server.close();
        assertThat(CAMEL.send("").failure(NotSentException.class)).hasMessageContaining("database");
        gate.complete(null);
        assertThat(inFlight.video()).isNotEmpty();
        assertThat(CAMEL.posts()).isEqualTo(2);

        server = server(port);
        await().atMost(Duration.ofSeconds(120))
                .ignoreExceptions()
                .until(() -> runs("COMPLETED").size() == 2);
        assertThat(CAMEL.send("").video()).isNotEmpty();
        assertThat(CAMEL.simulator().charges()).isEqualTo(3);
    }

    @Test
    void row26nothingIsSentWhileTheServerTakesNoWrites() throws SQLException {
        set("on");
        assertThat(CAMEL.send("").failure(NotSentException.class))
                .hasMessageContaining("read-only")
                .hasMessageContaining("make the database writable");
        assertThat(CAMEL.posts()).isZero();
        set("off");
        assertThat(CAMEL.send("").video()).isNotEmpty();
    }

    private void set(String readOnly) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute("alter database postgres set default_transaction_read_only = " + readOnly);
        }
        // A connection that was just being made when it was set may still come.
        await().until(() -> {
            pool.getHikariPoolMXBean().softEvictConnections();
            return everyConnectionIs(readOnly);
        });
    }

    private boolean everyConnectionIs(String readOnly) throws SQLException {
        var held = new ArrayList<Connection>();
        try {
            boolean every = true;
            for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
                Connection connection = pool.getConnection();
                held.add(connection);
                try (Statement statement = connection.createStatement();
                        ResultSet shown = statement.executeQuery("show default_transaction_read_only")) {
                    every &= shown.next() && shown.getString(1).equals(readOnly);
                }
            }
            return every;
        } finally {
            for (Connection connection : held) {
                connection.close();
            }
        }
    }

    @Test
    void aProducerDoesNotStartWithoutItsLedger() throws Exception {
        server.close();
        try (var context = new DefaultCamelContext()) {
            var component = new Hh1Component(context);
            component.setLedger(Ledgers.jdbc(pool));
            context.addComponent("hh1", component);
            context.start();
            assertThatThrownBy(() ->
                            context.getEndpoint("hh1:runs").createProducer().start())
                    .hasStackTraceContaining("see that the database runs and can be reached");
        } finally {
            server = server(server.getPort());
        }
    }
}
