package io.github.camelhh1.examples.fleet.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.examples.fleet.route.Failure;
import io.github.camelhh1.failure.Billing;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A node is paused until its claim has run out, and another one has ended the photo when it goes on. */
class PausedNodeTest {
    @Test
    void doesNotSayThatNothingWasPaidWhereAnotherMayHavePaid() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            DataSource database = server.getPostgresDatabase();
            var jdbc = new JdbcTemplate(database);
            var paused = new PhotoTable(database, "paused");
            var other = new PhotoTable(database, "other");
            paused.create();
            jdbc.update("insert into fleet_photos (id, image) values ('horse', 'https://shop.example.com/horse.jpg')");
            jdbc.queryForMap(paused.claim(Duration.ZERO, 10));
            jdbc.queryForMap(other.claim(Duration.ZERO, 10));
            other.fail("horse", new Failure("horse", true, Billing.UNKNOWN, "run", "", "no answer"));

            paused.fail("horse", new Failure("horse", false, Billing.NOT_BILLED, "run", "", "not sent"));

            assertThat(jdbc.queryForMap("select * from fleet_photos"))
                    .containsEntry("state", "held")
                    .containsEntry("billing", "UNKNOWN")
                    .containsEntry("reason", "no answer");
        }
    }
}
