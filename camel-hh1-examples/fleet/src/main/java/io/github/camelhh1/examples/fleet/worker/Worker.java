package io.github.camelhh1.examples.fleet.worker;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.examples.fleet.aws.AwsPlace;
import io.github.camelhh1.examples.fleet.route.Place;
import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import io.github.camelhh1.examples.fleet.table.TablePlace;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.main.Main;
import org.springframework.dao.DataAccessException;

/** Camel with a place of photos and a ledger, put together; not started. */
public final class Worker implements Closeable {
    /** Twenty nodes then need eighty connections of the database. */
    private static final int CONNECTIONS = 4;

    private final Main main = new Main();
    private final Place place;
    private final HikariDataSource ledger;

    private Worker(WorkerSettings settings, boolean works) {
        place = settings.s3().isPresent() ? new AwsPlace(settings) : new TablePlace(settings);
        ledger = settings.ledger().pool("ledger", CONNECTIONS);
        main.bind("ledgerDataSource", ledger);
        main.bind("refusals", new Refusals());
        place.bind(main);
        configure(settings);
        set("camel.management.enabled", works);
        if (works) {
            place.routes().forEach(main.configure()::addRoutesBuilder);
        } else {
            main.configure().setRoutesCollectorEnabled(false);
        }
    }

    /** Takes photos, once it is started. */
    public static Worker forPhotos(WorkerSettings settings) {
        return new Worker(settings, true);
    }

    /** Answers {@code hh1:runs}, {@code hh1:adopt} and {@code hh1:forget}, and takes no photos. */
    public static Worker forCommands(WorkerSettings settings) {
        return new Worker(settings, false);
    }

    public Main main() {
        return main;
    }

    Place place() {
        return place;
    }

    HikariDataSource ledger() {
        return ledger;
    }

    /** Commands find the tables that workers make at their start. */
    public void prepare() {
        problems().forEach(problem -> {
            throw new IllegalStateException(problem);
        });
    }

    /** Each with its remedy; empty when the worker may start. */
    List<String> problems() {
        List<String> problems = new ArrayList<>(new LedgerCheck(ledger).problems());
        try {
            problems.addAll(place.problems());
        } catch (DataAccessException e) {
            // The place may be the ledger's database. A refusal of the worker there is reported already.
            if (problems.isEmpty()) {
                throw e;
            }
        }
        return problems;
    }

    private void configure(WorkerSettings settings) {
        // No file of properties, not even the one of s3-pipeline.
        main.setPropertyPlaceholderLocations("false");
        settings.backend().options().forEach((option, value) -> set("camel.component.hh1." + option, value));
        set("camel.main.name", "fleet-worker");
        set("camel.main.autoConfigurationLogSummary", "false");
        set("camel.main.shutdownTimeout", settings.times().shutdown().toSeconds());
        set("camel.main.shutdownLogInflightExchangesOnTimeout", "false");
        set("camel.component.hh1.ledger", "#bean:ledgerDataSource");
        set("camel.component.hh1.maxInFlight", settings.inFlight());
        set("camel.component.hh1.maxTasks", settings.inFlight());
        // The polling thread itself waits for the turn, so that other nodes get the messages that this node cannot
        // take.
        set("camel.component.hh1.maxQueued", "0");
        set(
                "camel.component.hh1.generationTimeout",
                settings.times().generation().toMillis());
        set("camel.component.hh1.lookupTimeout", settings.times().lookup().toMillis());
        set("camel.component.hh1.preflight", "fail");
        set("camel.management.port", settings.http());
        set("camel.management.healthCheckEnabled", "true");
    }

    private void set(String option, Object value) {
        main.addInitialProperty(option, String.valueOf(value));
    }

    @Override
    public void close() {
        main.stop();
        place.close();
        ledger.close();
    }
}
