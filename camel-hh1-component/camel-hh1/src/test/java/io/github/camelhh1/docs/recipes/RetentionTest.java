package io.github.camelhh1.docs.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.jdbc.Postgres;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The statement of the recipe, beside a component that uses the ledger. */
class RetentionTest {
    private static final long NEVER_SETTLED_YET = 0;
    private static final long EVERYTHING_SETTLED = Long.MAX_VALUE;

    enum Database {
        SQLITE,
        POSTGRESQL
    }

    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR =
            new Hh1SimulatorExtension(Hh1Simulator.builder().rendering(false));

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final String photo = simulator.sampleImageUrl();

    @TempDir
    Path folder;

    private Connection connect(Database database) throws Exception {
        return database == Database.SQLITE
                ? DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("hh1.db"))
                : Postgres.server().getPostgresDatabase().getConnection();
    }

    private DefaultCamelContext application(Database database) throws Exception {
        var context = new DefaultCamelContext();
        context.getRegistry().bind("simulator", simulator);
        Hh1Component hh1 = context.getComponent("hh1", Hh1Component.class);
        hh1.getConfiguration().setLookup(false);
        hh1.getConfiguration().setBackend("simulator");
        if (database == Database.SQLITE) {
            hh1.setLedger(Ledgers.of("jdbc:sqlite:" + folder.resolve("hh1.db")));
        } else {
            DataSource server = Postgres.server().getPostgresDatabase();
            Postgres.dropTables(server);
            hh1.setLedger(Ledgers.jdbc(server));
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:photo").to("hh1:generate?duration=3");
            }
        });
        context.start();
        return context;
    }

    private Exchange send(DefaultCamelContext context, String key) {
        return context.createProducerTemplate().request("direct:photo", exchange -> {
            exchange.getMessage().setBody(photo);
            exchange.getMessage().setHeader("CamelHh1RequestKey", key);
        });
    }

    private int deleteSettledBefore(Database database, long millis) throws Exception {
        Matcher sql = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("src/main/docs/recipes.md")));
        assertThat(sql.find()).isTrue();
        try (Connection connection = connect(database);
                PreparedStatement delete = connection.prepareStatement(sql.group(1))) {
            delete.setLong(1, millis);
            return delete.executeUpdate();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSettledRunIsDeletedAndAnUnknownOneStays(Database database) throws Exception {
        try (var context = application(database)) {
            simulator.script(Fault.closeAfterRequest());
            Stream.of("unknown", "completed").forEach(key -> send(context, key));

            assertThat(deleteSettledBefore(database, NEVER_SETTLED_YET)).isZero();
            assertThat(deleteSettledBefore(database, EVERYTHING_SETTLED)).isEqualTo(1);

            assertThat(send(context, "completed").getMessage().getHeader("CamelHh1Replayed"))
                    .isEqualTo(false);
            assertThat(send(context, "unknown").getException()).isInstanceOf(OutcomeUnknownException.class);
            assertThat(simulator.charges()).isEqualTo(3);
        }
    }
}
