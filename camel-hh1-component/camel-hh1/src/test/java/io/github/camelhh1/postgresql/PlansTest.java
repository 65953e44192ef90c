package io.github.camelhh1.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.postgresql.ExplainedSource.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In a ledger with many old runs each statement finds its rows by an index. {@code -Dhh1.plans.runs=5000000} is the
 * long form; {@code -Dhh1.plans.file=FILE} writes the plans.
 */
class PlansTest {
    private static final int RUNS = Integer.getInteger("hh1.plans.runs", 200_000);
    private static final String FILE = System.getProperty("hh1.plans.file", "");

    private static String url;

    @BeforeAll
    static void fill() throws Exception {
        url = OldRuns.madeIn("plans", RUNS);
    }

    @AfterAll
    static void drop() throws Exception {
        OldRuns.drop("plans");
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
    void noStatementReadsAllRuns(String planning) throws Exception {
        var explained = new ExplainedSource(url, planning);
        var config = new HikariConfig();
        config.setDataSource(explained.source());
        config.setMaximumPoolSize(2);
        try (var pool = new HikariDataSource(config)) {
            Ledger ledger = Ledgers.jdbc(pool);
            try (LedgerSession session = ledger.open()) {
                new EveryStep(ledger, session, planning).all();
            }
        }
        List<Plan> ofRuns = explained.plans().stream()
                .filter(plan -> plan.statement().contains("hh1_run"))
                .toList();
        if (!FILE.isEmpty()) {
            Files.writeString(Path.of(FILE + "." + planning), told(ofRuns));
        }
        assertThat(ofRuns.stream().map(Plan::statement).distinct())
                .as("statements that were explained")
                .hasSizeGreaterThan(40);
        assertThat(ofRuns.stream().filter(Plan::scansRuns).map(plan -> plan.statement() + "\n" + plan.text()))
                .as("statements that read all runs")
                .isEmpty();
    }

    private static String told(List<Plan> plans) {
        var told = new StringBuilder();
        for (Plan plan : plans) {
            told.append("%.3f ms, %d pages: %s%n%s%n%n"
                    .formatted(plan.millis(), plan.pages(), plan.statement(), plan.text()));
        }
        return told.toString();
    }
}
