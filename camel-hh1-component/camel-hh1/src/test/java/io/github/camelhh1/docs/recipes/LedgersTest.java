package io.github.camelhh1.docs.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.jdbc.Postgres;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The steps from the ledger in memory to a database server, each with the message that comes again after a restart. */
class LedgersTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR =
            new Hh1SimulatorExtension(Hh1Simulator.builder().rendering(false));

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final String photo = simulator.sampleImageUrl();

    @TempDir
    Path folder;

    /** A message with one key, to an application of this ledger that is started for it. */
    private boolean replayed(Consumer<Hh1Component> ledger) throws Exception {
        try (var context = application(ledger)) {
            return replayed(context);
        }
    }

    private boolean replayed(DefaultCamelContext context) {
        return context.createProducerTemplate()
                .request("direct:start", exchange -> {
                    exchange.getMessage().setBody(photo);
                    exchange.getMessage().setHeader("CamelHh1RequestKey", "order-4711");
                })
                .getMessage()
                .getHeader("CamelHh1Replayed", Boolean.class);
    }

    private DefaultCamelContext application(Consumer<Hh1Component> ledger) throws Exception {
        var context = new DefaultCamelContext();
        context.getRegistry().bind("simulator", simulator);
        Hh1Component hh1 = context.getComponent("hh1", Hh1Component.class);
        hh1.getConfiguration().setBackend("simulator");
        ledger.accept(hh1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to("hh1:generate?duration=3");
                from("direct:unknown")
                        .setHeader("CamelHh1RunState", constant("UNKNOWN"))
                        .to("hh1:runs");
            }
        });
        context.start();
        return context;
    }

    private static void onSqlite(Hh1Component hh1, Path folder) {
        hh1.setLedger(Ledgers.of("jdbc:sqlite:" + folder.resolve("hh1.db")));
    }

    private static void onPostgres(Hh1Component hh1, DataSource dataSource) {
        hh1.setLedger(Ledgers.jdbc(dataSource));
    }

    @Test
    void inMemoryARestartForgetsWhatWasPaid() throws Exception {
        assertThat(replayed(hh1 -> {})).isFalse();
        assertThat(replayed(hh1 -> {})).isFalse();
        assertThat(simulator.charges()).isEqualTo(2);
    }

    @Test
    void onSqliteARestartRemembersIt() throws Exception {
        assertThat(replayed(hh1 -> onSqlite(hh1, folder))).isFalse();
        assertThat(replayed(hh1 -> onSqlite(hh1, folder))).isTrue();
        assertThat(simulator.charges()).isEqualTo(1);
    }

    @Test
    void onPostgresEveryNodeRemembersIt() throws Exception {
        DataSource dataSource = Postgres.server().getPostgresDatabase();
        Postgres.dropTables(dataSource);
        try (var one = application(hh1 -> onPostgres(hh1, dataSource));
                var other = application(hh1 -> onPostgres(hh1, dataSource))) {
            assertThat(replayed(one)).isFalse();
            assertThat(replayed(other)).isTrue();
        }
        assertThat(simulator.charges()).isEqualTo(1);
    }

    @Test
    void anotherLedgerDoesNotKnowTheRunsOfTheFirst() throws Exception {
        DataSource dataSource = Postgres.server().getPostgresDatabase();
        Postgres.dropTables(dataSource);
        try (var before = application(hh1 -> onSqlite(hh1, folder))) {
            assertThat(replayed(before)).isFalse();
            List<?> unknown = before.createProducerTemplate().requestBody("direct:unknown", null, List.class);
            assertThat(unknown).isEmpty();
        }
        assertThat(replayed(hh1 -> onPostgres(hh1, dataSource))).isFalse();
        assertThat(simulator.charges()).isEqualTo(2);
    }
}
