package io.github.camelhh1.examples.fleet.table;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.fleet.route.LateRoutes;
import io.github.camelhh1.examples.fleet.route.Place;
import io.github.camelhh1.examples.fleet.route.Turns;
import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.main.Main;
import org.springframework.jdbc.BadSqlGrammarException;

/** Two tables in the database of the ledger. */
public final class TablePlace implements Place {
    /** Beside those of the ledger, which must not wait for videos that are being stored. */
    private static final int CONNECTIONS = 4;

    private final WorkerSettings settings;
    private final HikariDataSource database;
    private final PhotoTable table;
    private final Claims claims;

    public TablePlace(WorkerSettings settings) {
        this.settings = settings;
        database = settings.ledger().pool("photos", CONNECTIONS);
        table = new PhotoTable(database, UUID.randomUUID().toString());
        claims = new Claims(table, settings.times().visibility(), most(settings));
    }

    /** Beyond the tries that end with a reason: claims of workers that died, or could not write the reason. */
    static int most(WorkerSettings settings) {
        return 2 * settings.queues().tries();
    }

    @Override
    public void bind(Main main) {
        main.bind("photosDataSource", database);
    }

    @Override
    public List<RoutesBuilder> routes() {
        claims.start();
        var tell = new TellInTable(table, settings.queues().tries());
        var store = new StoreInTable(table);
        return List.of(
                new TableRoutes(settings, table, claims, tell, store),
                new LateRoutes(settings, TablePlace::name, store, tell));
    }

    /** The correlation of a run is the photo's id. */
    private static void name(Exchange exchange) {
        exchange.getMessage().setHeader(Turns.PHOTO, exchange.getMessage().getHeader(Hh1Constants.CORRELATION));
    }

    @Override
    public List<String> problems() {
        try {
            if (!table.isThere()) {
                table.create();
            }
            return List.of();
        } catch (BadSqlGrammarException e) {
            // That is also a permission that is missing.
            return List.of("FLEET_LEDGER_USER cannot make the tables fleet_photos and fleet_videos ("
                    + e.getMostSpecificCause().getMessage() + "): let the owner of the database run tables.sql");
        }
    }

    @Override
    public int redrive() {
        return table.redrive();
    }

    @Override
    public void close() {
        claims.stop();
        database.close();
    }
}
