package io.github.camelhh1.composing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Fault;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * A transacted route whose database is the ledger's too. When the route fails, its own changes are rolled back. The
 * ledger's record of a paid request stays, and the ledger commits no change of the route.
 */
class TransactedTest {
    private static final Map<String, Object> KEY = Map.of(Hh1Constants.REQUEST_KEY, "order-7");

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    enum Source {
        THE_ROUTES_OWN(source -> source),
        ONE_THAT_JOINS_TRANSACTIONS(TransactionAwareDataSourceProxy::new);

        private final UnaryOperator<DataSource> ofTheLedger;

        Source(UnaryOperator<DataSource> ofTheLedger) {
            this.ofTheLedger = ofTheLedger;
        }
    }

    @TempDir
    private Path directory;

    private JdbcConnectionPool pool;
    private JdbcTemplate orders;

    @BeforeEach
    void makeTheDatabase() {
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("shop"), "sa", "");
        orders = new JdbcTemplate(pool);
        orders.execute("create table orders (number int)");
        CAMEL.context()
                .getRegistry()
                .bind("required", new SpringTransactionPolicy(new DataSourceTransactionManager(pool)));
    }

    @AfterEach
    void closeTheDatabase() {
        CAMEL.component().stop();
        pool.dispose();
    }

    private void ledgerIn(Source source) {
        CAMEL.restart(component -> component.setLedger(Ledgers.jdbc(source.ofTheLedger.apply(pool))));
    }

    /** An order is written before, and refused after, when the header says so. */
    private void transacted(String start, String uri) {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from(start)
                        .transacted()
                        .process(exchange -> orders.update("insert into orders values (7)"))
                        .to(uri)
                        .filter(header("refused"))
                        .throwException(new IllegalStateException("no such customer"));
            }
        });
    }

    private Exchange send(String start, boolean refused, Map<String, Object> headers, Object body) {
        return CAMEL.sendTo(start, exchange -> {
                    exchange.getMessage().setHeaders(new HashMap<>(headers));
                    exchange.getMessage().setHeader("refused", refused);
                    exchange.getMessage().setBody(body);
                })
                .end();
    }

    private void isRolledBack(Exchange exchange) {
        assertThat(exchange.getException()).hasRootCauseMessage("no such customer");
        assertThat(orders.queryForList("select number from orders")).isEmpty();
    }

    private List<String> states() {
        return orders.queryForList("select state from hh1_run", String.class);
    }

    @ParameterizedTest
    @EnumSource
    void aVideoThatIsPaidStaysKnownWhenItsRouteIsRolledBack(Source source) {
        ledgerIn(source);
        transacted("direct:order", "hh1:generate");
        Object photo = CAMEL.simulator().sampleImageUrl();

        isRolledBack(send("direct:order", true, KEY, photo));
        assertThat(states()).containsExactly("COMPLETED");

        Exchange again = send("direct:order", false, KEY, photo);
        assertThat(again.getException()).isNull();
        assertThat(again.getMessage().getHeader(Hh1Constants.REPLAYED)).isEqualTo(true);
        assertThat(orders.queryForList("select number from orders", Integer.class))
                .containsExactly(7);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aLedgerThatIsFirstOpenedInATransactionIsNotRolledBackWithIt(Source source) {
        ledgerIn(source);
        transacted("direct:order", "hh1:generate?lazyStartProducer=true");

        isRolledBack(send("direct:order", true, KEY, CAMEL.simulator().sampleImageUrl()));
        assertThat(states()).containsExactly("COMPLETED");
    }

    @ParameterizedTest
    @EnumSource
    void anOperatorsChangesStayAndHisRouteIsRolledBack(Source source) {
        ledgerIn(source);
        transacted("direct:runs", "hh1:runs");
        transacted("direct:adopt", "hh1:adopt");
        transacted("direct:forget", "hh1:forget");
        CAMEL.simulator().script(Fault.closeAfterRequest());
        String run = CAMEL.send("").failure(OutcomeUnknownException.class).runId();
        Map<String, Object> named = Map.of(Hh1Constants.RUN_ID, run);

        isRolledBack(send("direct:runs", true, Map.of(), null));
        isRolledBack(send("direct:adopt", true, named, "https://videos.example/found.mp4"));
        assertThat(states()).containsExactly("COMPLETED");
        isRolledBack(send("direct:forget", true, named, null));
        assertThat(states()).containsExactly("FORGOTTEN");
    }
}
