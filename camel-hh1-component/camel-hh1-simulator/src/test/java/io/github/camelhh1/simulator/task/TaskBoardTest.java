package io.github.camelhh1.simulator.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TaskBoardTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MANY = 10_000;

    private Instant now = BEGIN;
    private final TaskBoard board = new TaskBoard(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });
    private final List<Instant> filmed = new ArrayList<>();

    @Test
    void tenThousandTasksEndAtTheirTimesHoweverLateAnybodyLooks() {
        for (int i = 0; i < MANY; i++) {
            create(Duration.ofSeconds(10));
            now = now.plusMillis(1);
        }
        assertThat(filmed).isEmpty();

        now = now.plusSeconds(3600);

        assertThat(board.views()).hasSize(MANY).allSatisfy(task -> {
            assertThat(task.status()).isEqualTo("SUCCEEDED");
            assertThat(task.started()).isEqualTo(task.created().plusSeconds(2));
            assertThat(task.ended()).isEqualTo(task.created().plusSeconds(10));
        });
        assertThat(filmed).hasSize(MANY).isSorted();
    }

    @Test
    void tenThousandTasksOfWhichTenAreInWorkTakeTurns() {
        board.limits(TaskLimits.none().tasksAtOnce(10));
        for (int i = 0; i < MANY; i++) {
            create(Duration.ofSeconds(5));
        }

        now = BEGIN.plusSeconds(1 + 4 * (MANY / 20));
        assertThat(board.views())
                .filteredOn(task -> task.status().equals("SUCCEEDED"))
                .hasSize(MANY / 2);
        assertThat(board.views())
                .filteredOn(task -> task.status().equals("RUNNING"))
                .hasSize(10);
        now = BEGIN.plusSeconds(1 + 4 * (MANY / 10));
        assertThat(board.views()).allMatch(task -> task.status().equals("SUCCEEDED"));
        assertThat(filmed).last().isEqualTo(now);
    }

    @Test
    void aTaskThatWasClearedAwayTakesNoPlaceAndGivesNoneBack() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        create(Duration.ZERO, TaskPlan.succeeding().runningUntil(gate));
        board.clear();
        gate.complete(null);
        board.limits(TaskLimits.none().tasksAtOnce(1));

        create(Duration.ofSeconds(5));
        create(Duration.ofSeconds(5));
        now = now.plusSeconds(1);

        assertThat(board.views()).extracting(TaskView::status).containsExactly("RUNNING", "PENDING");
        assertThat(filmed).isEmpty();
    }

    private void create(Duration delay) {
        create(delay, TaskPlan.succeeding());
    }

    private void create(Duration delay, TaskPlan plan) {
        TaskOrder order = new TaskOrder(1, "id", "model", "http://127.0.0.1/", null, "720P", 5);
        board.create(order, plan, delay, CompletableFuture.completedFuture((own, at) -> {
            filmed.add(at);
            return "http://127.0.0.1/video.mp4";
        }));
    }
}
