package io.github.camelhh1.late;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.awaitility.core.ConditionTimeoutException;

/** The result of a {@link LateSchedule}: broken promises, in words, and some numbers. */
final class ScheduleResult {
    private static final Duration LIMIT = Duration.ofSeconds(45);
    private static final String OPEN =
            "select run_key || ' ' || state from hh1_run where state in ('CLAIMED', 'SENT') order by 1";

    private final long seed;
    private final LateDatabase database;
    private final LateService service;
    private final long cap;
    private final String day;
    private final Set<String> given = new HashSet<>();
    private final List<String> broken = new ArrayList<>();
    private int strikes;
    private int deliveries;

    ScheduleResult(long seed, LateDatabase database, LateService service, long cap) {
        this.seed = seed;
        this.database = database;
        this.service = service;
        this.cap = cap;
        this.day = today();
    }

    private String today() {
        return database.select("select (now() at time zone 'UTC')::date").get(0);
    }

    void strikes(int number) {
        strikes = number;
    }

    void ended(Exchange exchange) {
        deliveries++;
        if (exchange.getException() == null) {
            given.add(exchange.getMessage().getBody(String.class));
        }
    }

    void neverEnded() {
        broken.add("an exchange never ended");
    }

    /** Recovery and what is written again take some turns. */
    void awaitRest() {
        try {
            await().atMost(LIMIT).until(() -> database.select(OPEN).isEmpty());
        } catch (ConditionTimeoutException e) {
            broken.add("nobody works on " + database.select(OPEN));
        }
    }

    void judge() {
        var kept = new ArrayList<>(database.select("select r::text from hh1_run r"));
        if (database.hasTable("hh1_late")) {
            kept.addAll(database.select("select l::text from hh1_late l"));
        }
        for (String key : service.keys()) {
            int charges = service.charges(key);
            if (charges > 1) {
                broken.add("paid " + charges + " times: " + key + " " + service.served(key));
            }
            for (String link : service.links(key)) {
                if (kept.stream().noneMatch(row -> row.contains(link)) && !given.contains(link)) {
                    broken.add("lost " + link);
                }
            }
        }
        long paid = (long) service.charges() * LateNode.SECONDS;
        if (paid > cap && day.equals(today())) {
            broken.add("paid for " + paid + " s with a cap of " + cap);
        }
        long counted = Long.parseLong(database.select("select coalesce(sum(seconds), 0) from hh1_budget")
                .get(0));
        if (counted < paid) {
            broken.add("counted " + counted + " s of " + paid);
        }
    }

    long seed() {
        return seed;
    }

    List<String> broken() {
        return broken;
    }

    int strikes() {
        return strikes;
    }

    int deliveries() {
        return deliveries;
    }

    int charges() {
        return service.charges();
    }
}
