package io.github.camelhh1.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledgers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 26: a component is started again while its ledger is away, and messages come. */
class LedgerAwayAtRestartTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    private Path directory;

    private Path place;
    private Path elsewhere;

    @BeforeEach
    void open() throws IOException {
        place = Files.createDirectory(directory.resolve("place"));
        elsewhere = directory.resolve("elsewhere");
        CAMEL.restart(component -> component.setLedger(Ledgers.of("jdbc:sqlite:" + place.resolve("hh1.db"))));
    }

    @AfterEach
    void putBack() throws IOException {
        if (Files.exists(elsewhere)) {
            Files.move(elsewhere, place);
        }
    }

    private static SentMessage send(String uri) {
        return CAMEL.sendTo(uri, exchange -> {
            exchange.getMessage().setHeader(Hh1Constants.REQUEST_KEY, "a");
            exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
        });
    }

    private void restartWithoutTheLedger() throws IOException {
        CAMEL.component().stop();
        Files.move(place, elsewhere);
        CAMEL.component().start();
    }

    /** As a clause {@code onException} finds it. */
    private void saysThatNothingIsBilled(Exchange ended) {
        NotSentException failure = ended.getException(NotSentException.class);
        assertThat(failure).isNotNull();
        assertThat(failure).hasMessageContaining("illed").hasMessageContaining(place.toString());
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(failure.retry()).isEqualTo(Retry.SAFE);
    }

    @Test
    void aRequestIsNotSentAndSaysThatNothingIsBilledAndIsAnsweredLater() throws IOException {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:video").to("hh1:generate");
            }
        });
        String video = send("direct:video").video();
        restartWithoutTheLedger();

        saysThatNothingIsBilled(send("direct:video").end());
        putBack();

        assertThat(send("direct:video").video()).isEqualTo(video);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs", "adopt", "forget", "budget", "prune", "lookup"})
    void anOperatorIsToldThatNothingWasChanged(String operation) throws IOException {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:operator").to("hh1:" + operation + (operation.equals("lookup") ? "?lookup=true" : ""));
            }
        });
        restartWithoutTheLedger();

        Exchange ended = CAMEL.sendTo("direct:operator", exchange -> {
                    exchange.getMessage().setHeader(Hh1Constants.RUN_ID, "a");
                    exchange.getMessage().setHeader(Hh1Constants.OLDER_THAN, "30d");
                    exchange.getMessage().setBody("https://v.example/1.mp4");
                })
                .end();

        saysThatNothingIsBilled(ended);
    }

    @Test
    void aProducerThatIsStartedByItsFirstMessageSaysTheSame() throws IOException {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:lazy").to("hh1:generate?lazyStartProducer=true");
            }
        });
        restartWithoutTheLedger();

        saysThatNothingIsBilled(send("direct:lazy").end());
        putBack();

        assertThat(send("direct:lazy").video()).isNotEmpty();
    }

    @Test
    void aLedgerThatAnotherProgramLocksIsNamedAndWorksOnceItIsFree() throws SQLException {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:video").to("hh1:generate");
            }
        });
        String video = send("direct:video").video();
        CAMEL.component().stop();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + place.resolve("hh1.db"));
                Statement lock = other.createStatement()) {
            lock.execute("begin immediate");
            CAMEL.component().start();

            NotSentException failure = send("direct:video").end().getException(NotSentException.class);
            assertThat(failure).isNotNull().hasMessageContaining("illed");
            lock.execute("rollback");
        }

        assertThat(send("direct:video").video()).isEqualTo(video);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    /** A console elsewhere has no class of this jar. */
    @Test
    void aConsoleIsToldSoByATypeOfTheJdk() throws IOException {
        restartWithoutTheLedger();

        assertThatThrownBy(() -> CAMEL.component().forget("a"))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasNoCause()
                .hasMessageContaining("NotSentException")
                .hasMessageContaining("Nothing is billed");
    }

    @Test
    void aDynamicProducerSaysTheSame() throws IOException {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:dynamic").toD("hh1:generate?duration=${header.seconds}");
            }
        });
        restartWithoutTheLedger();

        Exchange ended = CAMEL.sendTo("direct:dynamic", exchange -> {
                    exchange.getMessage().setHeader("seconds", "4");
                    exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                })
                .end();

        saysThatNothingIsBilled(ended);
    }

    @Test
    void aMessageForAnEndpointThatIsOlderThanAnOptionSaysThatNothingIsBilled() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:older").to("hh1:generate");
            }
        });
        CAMEL.restart(component -> component.getConfiguration().setGatewayId("house"));

        assertThat(send("direct:older").end().getException())
                .hasMessageContaining("Nothing is billed")
                .hasMessageContaining("was made before");
        assertThat(CAMEL.posts()).isZero();
    }
}
