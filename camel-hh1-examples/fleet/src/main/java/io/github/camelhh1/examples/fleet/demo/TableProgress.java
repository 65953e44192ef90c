package io.github.camelhh1.examples.fleet.demo;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** As the two tables tell it. */
final class TableProgress implements Progress {
    private final JdbcTemplate database;
    private final Map<String, String> videos = new HashMap<>();
    private List<Told> told = List.of();

    TableProgress(JdbcTemplate database) {
        this.database = database;
    }

    @Override
    public void look() {
        database.query("select run, photo from fleet_videos", row -> {
            videos.put(row.getString(1), row.getString(2));
        });
        told = database.query(
                "select id, state, run, reason from fleet_photos where state in ('held', 'failed')",
                (row, number) -> new Told(
                        row.getString(1), row.getString(2).equals("held"), row.getString(3), row.getString(4)));
    }

    @Override
    public Map<String, String> videos() {
        return videos;
    }

    @Override
    public Collection<Told> told() {
        return told;
    }

    @Override
    public int queued() {
        return count("state = 'waiting' and claimed_until < now()");
    }

    @Override
    public int left() {
        return count("state = 'waiting'");
    }

    /** A row that is given up has a reason. */
    @Override
    public int dead() {
        return 0;
    }

    private int count(String which) {
        Integer found = database.queryForObject("select count(*) from fleet_photos where " + which, Integer.class);
        return found == null ? 0 : found;
    }
}
