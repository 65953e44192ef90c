package io.github.camelhh1.examples.fleet.worker;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** A site whose photos are in its database. */
final class TableSite implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    final Site site;
    private final HikariDataSource pool;
    private final JdbcTemplate database;

    TableSite() throws Exception {
        site = new Site(true);
        pool = site.settings().ledger().pool("test", 2);
        database = new JdbcTemplate(pool);
        try (Worker worker = Worker.forCommands(site.settings())) {
            worker.prepare();
        }
    }

    JdbcTemplate database() {
        return database;
    }

    /** A photo that the service can read. */
    void photo(String id) {
        photo(id, Site.photo());
    }

    void photo(String id, byte[] content) {
        add(id, site.simulator.serve("horse.jpg", content));
    }

    void add(String id, String link) {
        database.update("insert into fleet_photos (id, image) values (?, ?)", id, link);
    }

    Map<String, Object> row(String id) {
        return database.queryForMap("select * from fleet_photos where id = ?", id);
    }

    /** The photos of the videos that are stored. */
    List<String> videos() {
        return database.queryForList("select photo from fleet_videos order by photo", String.class);
    }

    int count(String which) {
        Integer found = database.queryForObject("select count(*) from fleet_photos where " + which, Integer.class);
        return found == null ? 0 : found;
    }

    void awaitThrough() {
        await().atMost(LIMIT).until(() -> count("state = 'waiting'") == 0);
    }

    void workUntilThrough() throws Exception {
        try (Worker worker = site.start()) {
            if (!worker.main().isStarted()) {
                throw new IllegalStateException("not started");
            }
            awaitThrough();
        }
    }

    @Override
    public void close() throws IOException {
        pool.close();
        site.close();
    }
}
