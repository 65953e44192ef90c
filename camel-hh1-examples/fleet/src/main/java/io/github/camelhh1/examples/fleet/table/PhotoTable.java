package io.github.camelhh1.examples.fleet.table;

import io.github.camelhh1.examples.fleet.route.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows of photos, as one worker changes them. Each change is one statement, and none is part of a longer transaction.
 *
 * @param node the worker's name in its claims
 */
record PhotoTable(JdbcTemplate database, String node) {
    /** Workers that start together make the tables one after another. */
    private static final int LOCK = 1_718_004_600;

    PhotoTable(DataSource database, String node) {
        this(new JdbcTemplate(database), node);
    }

    /** One photo that no living worker has. Others that look at the same moment pass over its row. */
    String claim(Duration visibility, int most) {
        return """
                with next as materialized (
                  select id from fleet_photos
                  where state = 'waiting' and claimed_until < now() and claims < %d
                  order by claimed_until, added limit 1 for update skip locked)
                update fleet_photos photo
                set claimed_by = '%s', claims = claims + 1, claimed_until = now() + interval '%d seconds'
                from next where photo.id = next.id
                returning photo.*""".formatted(most, node, visibility.toSeconds()).replaceAll("\\s+", " ");
    }

    void create() {
        try (InputStream file = PhotoTable.class.getResourceAsStream("tables.sql")) {
            String tables = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            database.execute("do $do$ begin perform pg_advisory_xact_lock(" + LOCK + "); " + tables + " end $do$");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isThere() {
        return Boolean.TRUE.equals(database.queryForObject(
                "select to_regclass('fleet_photos') is not null and to_regclass('fleet_videos') is not null",
                Boolean.class));
    }

    void extend(Set<String> ids, Duration visibility) {
        database.update(
                "update fleet_photos set claimed_until = now() + make_interval(secs => ?)"
                        + " where state = 'waiting' and claimed_by = ? and id = any(?)",
                visibility.toSeconds(),
                node,
                ids.toArray(String[]::new));
    }

    /** So that another worker may take it at once; this one has not begun with it. */
    void giveBack(String id) {
        database.update(
                "update fleet_photos set claimed_until = '-infinity', claimed_by = null, claims = claims - 1"
                        + " where state = 'waiting' and claimed_by = ? and id = ?",
                node,
                id);
    }

    /**
     * Not when the photo is done, or another worker has it by now, or has noted that it may be paid: a worker that was
     * paused knows nothing of that.
     */
    void fail(String id, Failure failure) {
        database.update(
                "update fleet_photos set state = ?, run = ?, billing = ?, video = ?, reason = ?, settle = ?"
                        + " where id = ? and state <> 'done'"
                        + " and (claimed_by = ? or claimed_until < now())"
                        + " and (billing is null or billing = 'NOT_BILLED' or ? <> 'NOT_BILLED')",
                failure.kind(),
                failure.run(),
                failure.billing().name(),
                failure.link(),
                failure.reason(),
                failure.settle(),
                id,
                node,
                failure.billing().name());
    }

    /** Ends photos that were taken so often by workers that died, or that could not write the reason. */
    int bury(int most) {
        return database.update(
                "update fleet_photos set state = 'failed', billing = 'UNKNOWN', reason = 'taken ' || claims"
                        + " || ' times by workers that ended before they were through with it; see held'"
                        + " where state = 'waiting' and claims >= ? and claimed_until < now()",
                most);
    }

    /**
     * The video and the end of its photo, in one step. When a forgotten run was paid again, the second video has its hash
     * in its run.
     *
     * @return false when the video was there already
     */
    boolean store(String run, String id, long length, InputStream video) {
        Integer stored = database.query(
                """
                with made as materialized (select ?::text as run, ?::text as photo, ?::bytea as video),
                stored as (
                  insert into fleet_videos (run, photo, video)
                  select case
                      when exists (select from fleet_videos old where old.run = made.run and old.video <> made.video)
                      then made.run || '-' || left(encode(sha256(made.video), 'hex'), 12)
                      else made.run end, photo, video
                  from made on conflict do nothing returning run),
                done as (
                  update fleet_photos set state = 'done', run = made.run, billing = 'BILLED', reason = null, settle = null
                  from made where id = made.photo)
                select count(*) from stored""",
                statement -> {
                    statement.setString(1, run);
                    statement.setString(2, id);
                    statement.setBinaryStream(3, video, length);
                },
                found -> found.next() ? found.getInt(1) : 0);
        return stored != null && stored == 1;
    }

    /**
     * Ends a photo whose video was stored before.
     *
     * @return false when it was not; then nothing is changed
     */
    boolean finish(String run, String id) {
        return database.update(
                        "update fleet_photos set state = 'done', run = ?, billing = 'BILLED', reason = null, settle = null"
                                + " where id = ? and exists (select from fleet_videos where run = ?)",
                        run,
                        id,
                        run)
                == 1;
    }

    int redrive() {
        return database.update("update fleet_photos set state = 'waiting', claims = 0, claimed_until = '-infinity',"
                + " claimed_by = null, run = null, billing = null, video = null, reason = null, settle = null"
                + " where state in ('failed', 'held')");
    }
}
