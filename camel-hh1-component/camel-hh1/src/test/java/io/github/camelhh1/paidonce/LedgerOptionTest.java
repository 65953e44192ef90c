package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledgers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

/** The component's option {@code ledger}, set by text as {@code camel.component.hh1.ledger} is. */
class LedgerOptionTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    private static void bind(Hh1Component component, String text) {
        PropertyBindingSupport.build()
                .withCamelContext(CAMEL.context())
                .withTarget(component)
                .withConfigurer(component.getComponentPropertyConfigurer())
                .withProperty("ledger", text)
                .withMandatory(true)
                .bind();
    }

    private static void restartWith(String text) {
        LEDGER.restart(component -> bind(component, text));
    }

    @Nested
    class Understands {
        private void remembers(String text) {
            restartWith(text);
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("one")));
            restartWith(text);
            LedgerClient.replayed(CAMEL.send("", LEDGER.keyed("one")));
        }

        @Test
        void memoryWhichForgets() {
            restartWith("memory");
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("one")));
            restartWith("memory");
            LedgerClient.made(CAMEL.send("", LEDGER.keyed("one")));
        }

        @Test
        void aJdbcUrl() {
            Path file = directory.resolve("hh1.db");
            remembers("jdbc:sqlite:" + file);
            assertThat(file).isNotEmptyFile();
        }

        @Test
        void aDataSourceOfTheRegistry() {
            var source = new SQLiteDataSource();
            source.setUrl("jdbc:sqlite:" + directory.resolve("of-a-bean.db"));
            CAMEL.context().getRegistry().bind("books", source);
            remembers("#bean:books");
            assertThat(directory.resolve("of-a-bean.db")).isNotEmptyFile();
        }

        @Test
        void aLedgerOfTheRegistry() {
            var ledger = Ledgers.memory();
            CAMEL.context().getRegistry().bind("books", ledger);
            remembers("#books");
            assertThat(CAMEL.component().getLedger()).isSameAs(ledger);
        }
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @ValueSource(strings = {"nonsense", "sqlite:hh1.db", "jdbc:sqlite:", "jdbc:postgresql://h/d?password=canary"})
        void whatIsNoLedgerAndSaysWhatIs(String text) {
            assertThatThrownBy(() -> bind(CAMEL.component(), text))
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ledger");
        }

        @Test
        void aPasswordWithoutShowingIt() {
            assertThatThrownBy(() -> bind(CAMEL.component(), "jdbc:postgresql://h/d?password=canary"))
                    .rootCause()
                    .hasMessageContaining("DataSource")
                    .hasMessageNotContaining("canary");
        }

        @Test
        void aBeanThatIsNotThere() {
            assertThatThrownBy(() -> bind(CAMEL.component(), "#nobody")).hasStackTraceContaining("nobody");
        }

        @Test
        void aBeanOfAnotherKind() {
            CAMEL.context().getRegistry().bind("date", LocalDate.EPOCH);
            assertThatThrownBy(() -> bind(CAMEL.component(), "#date")).hasStackTraceContaining("ledger");
        }

        @Test
        void aFileThatIsNoDatabaseAndLeavesItAsItIs() throws Exception {
            Path file = Files.writeString(
                    directory.resolve("notes.txt"), "These are my notes, and no database. ".repeat(99));
            String before = Files.readString(file);
            restartWith("jdbc:sqlite:" + file);
            assertThatThrownBy(() -> CAMEL.send("")).hasStackTraceContaining("not a database");
            assertThat(file).hasContent(before);
            restartWith("memory");
        }

        @Test
        void aUrlWhoseDriverIsMissing() {
            restartWith("jdbc:oracle:thin:@h:1521/d");
            assertThatThrownBy(() -> CAMEL.send("")).hasStackTraceContaining("driver");
            restartWith("memory");
        }
    }

    @Nested
    class TheWarningOfMemory {
        @Test
        void isGivenOnceForAllEndpoints() {
            try (var log = CapturedLog.start()) {
                LedgerClient.made(CAMEL.send("duration=3"));
                LedgerClient.made(CAMEL.send("duration=4"));
                LedgerClient.made(CAMEL.send("duration=3"));
                assertThat(log.text().lines().filter(line -> line.contains("ledger=memory")))
                        .singleElement()
                        .asString()
                        .contains("WARN")
                        .contains("jdbc:sqlite:hh1.db");
            }
        }

        @Test
        void isNotGivenWithADatabase() {
            try (var log = CapturedLog.start()) {
                LEDGER.ledgerIn(directory.resolve("hh1.db"));
                LedgerClient.made(CAMEL.send("duration=3"));
                assertThat(log.text()).doesNotContain("ledger=memory");
            }
        }

        @Test
        void isNotGivenForTheSimulatorWhichCostsNothing() {
            try (var log = CapturedLog.start()) {
                CAMEL.send("backend=simulator&duration=4").end();
                assertThat(log.text()).doesNotContain("ledger=memory");
            }
        }
    }
}
