package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.ModelStudio;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.task.TaskPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With tasks: a program is killed while its videos are made, and the next one asks for them. Nobody has to do anything. */
@Tag("crash")
class KilledTasksTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path root;

    private final Hh1Simulator simulator = Drop.simulator();
    private final ModelStudio service = simulator.modelStudio();
    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private DropFolder folder;

    @BeforeEach
    void makeFolder() throws Exception {
        folder = new DropFolder(root);
        folder.create();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private List<String> drop(int photos) throws Exception {
        for (int i = 0; i < photos; i++) {
            Drop.put(folder, i + ".png", Drop.photo("png", 0x0e0e00 + i));
        }
        return IntStream.range(0, photos).mapToObj(Integer::toString).toList();
    }

    private void script(CompletionStage<?> until, int tasks) {
        for (int i = 0; i < tasks; i++) {
            simulator.next(Reply.completed().task(TaskPlan.succeeding().runningUntil(until)));
        }
    }

    /** Once each task has been asked for, so that the ledger has its id. */
    private void killInTheMiddle(int tasks) throws Exception {
        try (DropProcess first = DropProcess.startWithTasks(folder, simulator)) {
            // A task that has not begun fails without the program's own S3, or is cancelled by the next program.
            first.awaitThat(() -> service.tasks().size() == tasks
                    && service.tasks().stream()
                            .allMatch(task -> task.status().equals("RUNNING") && isPolled(task.id())));
            first.kill();
        }
        assertThat(folder.photos()).hasSize(tasks);
    }

    private boolean isPolled(String id) {
        return service.polls().stream().anyMatch(poll -> poll.path().endsWith(id));
    }

    private static long countVideos(Drop program) throws Exception {
        return Drop.names(program.folder.out()).stream()
                .filter(name -> name.endsWith(".mp4"))
                .count();
    }

    private void awaitVideos(List<String> photos) throws Exception {
        await().atMost(LIMIT).until(() -> folder.photos().isEmpty());
        assertThat(Drop.names(folder.failed())).isEmpty();
        for (String photo : photos) {
            assertThat(folder.done().resolve(photo + ".png")).exists();
            assertThat(Files.size(folder.video(photo))).isPositive();
        }
        assertThat(Drop.names(folder.out())).hasSize(2 * photos.size());
        assertThat(simulator.charges()).isEqualTo(photos.size());
        assertThat(service.creates()).hasSize(photos.size());
    }

    /** Half of the tasks end while no program runs, half once the next one does. */
    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void inTheMiddleOfTenGenerationsTenVideosAreMadeAndEachIsPaidOnce(String routes) throws Exception {
        List<String> photos = drop(10);
        CompletableFuture<Void> noProgram = new CompletableFuture<>();
        script(noProgram, 5);
        script(gate, 5);
        killInTheMiddle(10);
        noProgram.complete(null);
        try (Drop next = Drop.againstTasks(simulator, root, routes, "15m")) {
            await().atMost(LIMIT).until(() -> countVideos(next) == 5);
            gate.complete(null);
            awaitVideos(photos);
        }
    }

    /** As when it is started on the next morning: no message waits so long for a task. */
    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aPhotoStaysWhereItIsUntilALateTaskHasEnded(String routes) throws Exception {
        List<String> photos = drop(1);
        script(gate, 1);
        killInTheMiddle(1);
        try (Drop next = Drop.againstTasks(simulator, root, routes, "1")) {
            next.awaitLine("sending");
            int polls = service.pollCount();
            // The photo is looked at a few times meanwhile.
            await().atMost(LIMIT).until(() -> service.pollCount() > polls + 50);
            assertThat(Drop.names(folder.failed())).isEmpty();
            gate.complete(null);
            awaitVideos(photos);
        }
    }

    /** A busy machine needs a second before it creates a task. */
    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aTaskThatOutlivesItsMessageBecomesAVideoAllTheSame(String routes) throws Exception {
        List<String> photos = drop(1);
        script(gate, 1);
        try (Drop drop = Drop.againstTasks(simulator, root, routes, "5000")) {
            await().atMost(LIMIT).until(() -> drop.runs("UNKNOWN") == 1);
            gate.complete(null);
            awaitVideos(photos);
        }
    }
}
