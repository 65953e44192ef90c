package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.jdbc.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that deliver the same keys at the same time, with one ledger. */
@Tag("crash")
class TwoNodesTest {
    private static final List<String> PHOTOS =
            IntStream.range(0, 20).mapToObj(i -> "photo" + i).toList();

    @TempDir
    Path root;

    @Test
    void payOnceWithSqlite() {
        payOnce(new TwoNodes(root, PhotoFolder.in(root).sqlite(), Duration.ZERO));
    }

    @Test
    void payOnceWithPostgresql() {
        payOnce(new TwoNodes(root, Postgres.freshUrl(), Duration.ofSeconds(5)));
    }

    private void payOnce(TwoNodes nodes) {
        PHOTOS.forEach(photo -> {
            nodes.folder("a").drop(photo);
            nodes.folder("b").drop(photo);
        });
        try (MeterProcess meter = MeterProcess.start(root, TwoNodes.GENERATION);
                Driver a = Driver.start(nodes.orders("a", meter, false));
                Driver b = Driver.start(nodes.orders("b", meter, false))) {
            a.finish();
            b.finish();

            assertThat(meter.charges()).containsExactlyInAnyOrderElementsOf(PHOTOS);
            assertThat(meter.requests()).hasSize(PHOTOS.size());
        }
        assertThat(nodes.books().in(RunState.COMPLETED)).containsExactlyInAnyOrderElementsOf(PHOTOS);
        for (String node : List.of("a", "b")) {
            assertThat(nodes.done(node)).containsExactlyInAnyOrderElementsOf(PHOTOS);
            assertThat(PhotoFolder.names(nodes.folder(node).out(), PhotoFolder.VIDEO))
                    .containsExactlyInAnyOrderElementsOf(PHOTOS)
                    .allMatch(photo -> Referee.isWhole(nodes.folder(node).out().resolve(photo + PhotoFolder.VIDEO)));
        }
    }
}
