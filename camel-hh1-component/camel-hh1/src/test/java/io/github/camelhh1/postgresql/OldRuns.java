package io.github.camelhh1.postgresql;

import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.jdbc.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A ledger that has been at work for a year: nearly all of its runs are completed and handed on. One in 100 was rejected, one
 * in 1,000 failed or was forgotten, and of every 20,000 one is held, one is completed and waits to be handed on, and one is
 * open, of an owner that lives.
 */
final class OldRuns {
    static final String ACCOUNT = "account1";

    private static final String FILL = """
            insert into hh1_run (run_id, account, model, run_key, fingerprint, video_file_name, seconds, cost_micros, state,
                owner, claim_number, version, attempt, paid_attempts, created_at, sent_at, settled_at, reason, video_url,
                service_state, elapsed_millis, log_id, ray_id, reserved_day, reserved_seconds, reserved_micros, lookup_id,
                task_id, handed_at)
            select md5(n::text) || md5((-n)::text), 'account' || n % 3, 'alibaba/hh1-i2v', 's3:photos/' || n || '.jpg',
                md5(n::text) || md5((n + 1)::text), 'photo-' || n || '.mp4', 5, 700000, state,
                case state when 'SENT' then 'living' else 'owner' || n / 1000 end, n, 3, 1, 1, at, at + 10,
                case when state <> 'SENT' then at + 90000 end,
                case when state in ('REJECTED', 'FAILED', 'UNKNOWN') then 'no answer came within the time-out' end,
                case when state = 'COMPLETED' then 'https://v.example/' || n || '.mp4?Signature=' || repeat(md5(n::text), 8) end,
                case when state = 'COMPLETED' then 'Completed' end, case when state = 'COMPLETED' then 90000 end,
                md5((n + 2)::text), md5((n + 3)::text),
                case when state in ('SENT', 'UNKNOWN') then to_char(now() at time zone 'UTC', 'YYYY-MM-DD') end,
                case when state in ('SENT', 'UNKNOWN') then 5 end, case when state in ('SENT', 'UNKNOWN') then 700000 end,
                case when state in ('SENT', 'UNKNOWN') then 'look-' || n end,
                case when state = 'UNKNOWN' and n % 2 = 0 then 'task-' || n end,
                case when state not in ('SENT', 'UNKNOWN') and n % 20000 <> 3 then at + 90001 end
            from (select n, case when n % 20000 < 2 then 'UNKNOWN' when n % 20000 = 2 then 'SENT' when n % 100 = 5 then 'REJECTED'
                    when n % 1000 = 6 then 'FAILED' when n % 1000 = 7 then 'FORGOTTEN' else 'COMPLETED' end as state,
                (extract(epoch from now()) * 1000)::bigint - ((:runs - n) * (31536000000 / :runs)) - 100000 as at
                from generate_series(1, :runs) n) old
            """;

    /** The amounts that were spent today, and the reservations of the runs. */
    private static final String BUDGET = """
            insert into hh1_budget (account, spent_day, seconds, cost_micros)
            select 'account' || n, to_char(now() at time zone 'UTC', 'YYYY-MM-DD'), 100000, 14000000000 from generate_series(0, 2) n
            """;

    private OldRuns() {}

    /** In a fresh database of that name, of the tests' server. */
    static String madeIn(String database, int runs) throws SQLException {
        drop(database);
        run(Postgres.server().getJdbcUrl("postgres", "postgres"), "create database " + database);
        String url = Postgres.server().getJdbcUrl("postgres", database);
        Ledgers.of(url).open().close();
        run(
                url,
                "insert into hh1_owner (owner, format, lease_until, renewed_at) values ('living', 5, 99999999999999, 1)");
        fill(url, runs);
        run(url, BUDGET);
        // As autovacuum leaves it.
        run(url, "vacuum analyze hh1_run");
        run(url, "checkpoint");
        return url;
    }

    /** The indexes last: that takes a third of the time. */
    private static void fill(String url, int runs) throws SQLException {
        List<String> indexes = texts(
                url, "select indexdef from pg_indexes where tablename = 'hh1_run' and indexname <> 'hh1_run_pkey'");
        for (String index : texts(
                url, "select indexname from pg_indexes where tablename = 'hh1_run' and indexname <> 'hh1_run_pkey'")) {
            run(url, "drop index " + index);
        }
        run(url, "alter table hh1_run drop constraint hh1_run_pkey");
        run(url, FILL.replace(":runs", String.valueOf(runs)));
        run(url, "alter table hh1_run add constraint hh1_run_pkey primary key (run_id)");
        for (String index : indexes) {
            run(url, index);
        }
    }

    static void drop(String database) throws SQLException {
        run(
                Postgres.server().getJdbcUrl("postgres", "postgres"),
                "drop database if exists " + database + " with (force)");
    }

    private static void run(String url, String text) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static List<String> texts(String url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
