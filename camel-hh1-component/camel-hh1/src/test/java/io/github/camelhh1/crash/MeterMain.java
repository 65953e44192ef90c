package io.github.camelhh1.crash;

import io.github.camelhh1.simulator.Charge;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.ReceivedRequest;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.VideoReply;
import io.github.camelhh1.simulator.gateway.LogPlan;
import io.github.camelhh1.simulator.task.TaskPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The service in a process of its own, so that its meter outlives every driver. Takes one command per line and answers
 * each with a line; {@link MeterProcess} is its other end.
 */
final class MeterMain {
    private final Duration delay;
    private Duration rowsAfter = Duration.ZERO;
    private Hh1Simulator simulator;
    private CompletableFuture<Void> held = new CompletableFuture<>();

    private MeterMain(Duration delay) {
        this.delay = delay;
        this.simulator = start(0);
    }

    /** The same video for each photo, so that a whole one is known by its bytes. */
    private Hh1Simulator start(int port) {
        Hh1Simulator started =
                Hh1Simulator.builder().port(port).delay(delay).rendering(false).start();
        started.gateway().always(LogPlan.usual().after(rowsAfter));
        return started;
    }

    public static void main(String[] arguments) throws IOException {
        var meter = new MeterMain(Duration.ofMillis(Long.parseLong(arguments[0])));
        StallingProxy gate = StallingProxy.before(meter.port(), () -> System.out.println("halted"));
        System.out.println("ready " + meter.port() + " " + gate.port());
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            System.out.println(words[0] + " " + meter.answer(words, gate));
        }
        System.exit(0);
    }

    private int port() {
        return Integer.parseInt(simulator.origin().substring(simulator.origin().lastIndexOf(':') + 1));
    }

    private String answer(String[] words, StallingProxy gate) throws IOException {
        switch (words[0]) {
            case "charges" -> {
                return simulator.meter().stream().map(Charge::prompt).collect(Collectors.joining(" "));
            }
            case "requests" -> {
                return requested();
            }
            case "downloads" -> {
                return String.valueOf(simulator.downloads().size());
            }
            case "polls" -> {
                return String.valueOf(polls(words[1]));
            }
            case "haltUpload" -> gate.haltAfter(Long.parseLong(words[1]));
            case "open" -> gate.open();
            case "stallVideos" -> scriptVideos(words[1], VideoReply.whole().stallingAfter(Integer.parseInt(words[2])));
            case "cutVideos" -> scriptVideos(words[1], VideoReply.whole().cutAfter(Integer.parseInt(words[2])));
            case "dripVideos" ->
                scriptVideos(
                        words[1],
                        VideoReply.whole()
                                .dripping(Integer.parseInt(words[2]), Duration.ofMillis(Long.parseLong(words[3]))));
            case "hold" -> {
                held = new CompletableFuture<>();
                simulator.next(Reply.completed().heldUntil(held));
            }
            case "rowsAfter" -> {
                rowsAfter = Duration.ofMillis(Long.parseLong(words[1]));
                simulator.gateway().always(LogPlan.usual().after(rowsAfter));
            }
            case "ownVideo" -> ownVideo(words[1], Integer.parseInt(words[2]));
            case "holdTasks" -> holdTasks(Integer.parseInt(words[1]));
            case "release" -> held.complete(null);
            case "renew" -> {
                int port = port();
                simulator.close();
                simulator = start(port);
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "";
    }

    /** The photos of all requests for a generation that have arrived as a whole. */
    private String requested() {
        return simulator.requests().stream()
                .map(ReceivedRequest::prompt)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    private long polls(String photo) {
        return simulator.modelStudio().tasks().stream()
                .filter(task -> photo.equals(task.prompt()))
                .flatMap(task -> simulator.modelStudio().polls().stream()
                        .filter(poll -> poll.path().endsWith(task.id())))
                .count();
    }

    /** The photo's video has a link that names the photo; of its answer so many bytes arrive, or all if negative. */
    private void ownVideo(String photo, int bytes) {
        Reply whole = Reply.completed(simulator.serve(photo + PhotoFolder.VIDEO, Referee.WHOLE));
        simulator.when(request -> photo.equals(request.prompt())).reply(bytes < 0 ? whole : whole.cutAfter(bytes));
    }

    private void holdTasks(int times) {
        held = new CompletableFuture<>();
        var reply = Reply.completed().task(TaskPlan.succeeding().runningUntil(held));
        simulator.script(Collections.nCopies(times, reply).toArray(Reply[]::new));
    }

    private void scriptVideos(String times, VideoReply reply) {
        simulator.scriptVideo(
                Collections.nCopies(Integer.parseInt(times), reply).toArray(VideoReply[]::new));
    }
}
