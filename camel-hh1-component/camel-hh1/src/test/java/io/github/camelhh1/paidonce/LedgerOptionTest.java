package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.CapturedLog;
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
    static final Bench BENCH = new Bench();

    private static final Desk DESK = new Desk(BENCH);

    @TempDir
    private Path directory;

    private static void bind(Hh1Component component, String text) {
        PropertyBindingSupport.build()
                .withCamelContext(BENCH.context())
                .withTarget(component)
                .withConfigurer(component.getComponentPropertyConfigurer())
                .withProperty("ledger", text)
                .withMandatory(true)
                .bind();
    }

    private static void restartWith(String text) {
        DESK.restart(component -> bind(component, text));
    }

    @Nested
    class Understands {
        private void remembers(String text) {
            restartWith(text);
            Desk.made(BENCH.send("", DESK.keyed("one")));
            restartWith(text);
            Desk.replayed(BENCH.send("", DESK.keyed("one")));
        }

        @Test
        void memoryWhichForgets() {
            restartWith("memory");
            Desk.made(BENCH.send("", DESK.keyed("one")));
            restartWith("memory");
            Desk.made(BENCH.send("", DESK.keyed("one")));
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
            BENCH.context().getRegistry().bind("books", source);
            remembers("#bean:books");
            assertThat(directory.resolve("of-a-bean.db")).isNotEmptyFile();
        }

        @Test
        void aLedgerOfTheRegistry() {
            var ledger = Ledgers.memory();
            BENCH.context().getRegistry().bind("books", ledger);
            remembers("#books");
            assertThat(BENCH.component().getLedger()).isSameAs(ledger);
        }
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @ValueSource(strings = {"nonsense", "sqlite:hh1.db", "jdbc:sqlite:", "jdbc:postgresql://h/d?password=canary"})
        void whatIsNoLedgerAndSaysWhatIs(String text) {
            assertThatThrownBy(() -> bind(BENCH.component(), text))
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ledger");
        }

        @Test
        void aPasswordWithoutShowingIt() {
            assertThatThrownBy(() -> bind(BENCH.component(), "jdbc:postgresql://h/d?password=canary"))
                    .rootCause()
                    .hasMessageContaining("DataSource")
                    .hasMessageNotContaining("canary");
        }

        @Test
        void aBeanThatIsNotThere() {
            assertThatThrownBy(() -> bind(BENCH.component(), "#nobody")).hasStackTraceContaining("nobody");
        }

        @Test
        void aBeanOfAnotherKind() {
            BENCH.context().getRegistry().bind("date", LocalDate.EPOCH);
            assertThatThrownBy(() -> bind(BENCH.component(), "#date")).hasStackTraceContaining("ledger");
        }

        @Test
        void aFileThatIsNoDatabaseAndLeavesItAsItIs() throws Exception {
            Path file = Files.writeString(
                    directory.resolve("notes.txt"), "These are my notes, and no database. ".repeat(99));
            String before = Files.readString(file);
            restartWith("jdbc:sqlite:" + file);
            assertThatThrownBy(() -> BENCH.send("")).hasStackTraceContaining("not a database");
            assertThat(file).hasContent(before);
            restartWith("memory");
        }

        @Test
        void aUrlWhoseDriverIsMissing() {
            restartWith("jdbc:oracle:thin:@h:1521/d");
            assertThatThrownBy(() -> BENCH.send("")).hasStackTraceContaining("driver");
            restartWith("memory");
        }
    }

    @Nested
    class TheWarningOfMemory {
        @Test
        void isGivenOnceForAllEndpoints() {
            try (var log = CapturedLog.start()) {
                Desk.made(BENCH.send("duration=3"));
                Desk.made(BENCH.send("duration=4"));
                Desk.made(BENCH.send("duration=3"));
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
                DESK.ledgerIn(directory.resolve("hh1.db"));
                Desk.made(BENCH.send("duration=3"));
                assertThat(log.text()).doesNotContain("ledger=memory");
            }
        }

        @Test
        void isNotGivenForTheSimulatorWhichCostsNothing() {
            try (var log = CapturedLog.start()) {
                BENCH.send("backend=simulator&duration=4").end();
                assertThat(log.text()).doesNotContain("ledger=memory");
            }
        }
    }
}
