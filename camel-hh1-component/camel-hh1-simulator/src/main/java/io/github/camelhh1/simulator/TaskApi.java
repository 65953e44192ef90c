package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.film.Scene;
import io.github.camelhh1.simulator.film.VideoStore;
import io.github.camelhh1.simulator.pictures.ImageCheck;
import io.github.camelhh1.simulator.pictures.InlineImages;
import io.github.camelhh1.simulator.pictures.Picture;
import io.github.camelhh1.simulator.pictures.PictureStore;
import io.github.camelhh1.simulator.service.Content;
import io.github.camelhh1.simulator.task.Filming;
import io.github.camelhh1.simulator.task.Refused;
import io.github.camelhh1.simulator.task.TaskAnswers;
import io.github.camelhh1.simulator.task.TaskBoard;
import io.github.camelhh1.simulator.task.TaskCheck;
import io.github.camelhh1.simulator.task.TaskKind;
import io.github.camelhh1.simulator.task.TaskList;
import io.github.camelhh1.simulator.task.TaskOrder;
import io.github.camelhh1.simulator.wire.EventLoop;
import io.github.camelhh1.simulator.wire.Head;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Model Studio's rules: credentials, and the answers about tasks. */
final class TaskApi implements SimulatedCall.Service {
    static final String BASE = "/api/v1";
    private static final String CREATE = BASE + "/services/aigc/video-generation/video-synthesis";
    private static final String TASKS = BASE + "/tasks/";
    private static final String CANCEL = "/cancel";
    private static final Set<String> MODELS = Set.of("happyhorse-1.0-i2v", "happyhorse-1.1-i2v");

    private final Settings settings;
    private final EventLoop loop;
    private final PictureStore pictures;
    private final ImageCheck images;
    private final VideoStore videos;
    private final Script script;
    private final Meter meter;
    private final TaskBoard board;
    private volatile String apiKey;
    private volatile Set<String> models = MODELS;

    TaskApi(
            Settings settings,
            EventLoop loop,
            PictureStore pictures,
            ImageCheck images,
            VideoStore videos,
            Script script,
            Meter meter) {
        this.settings = settings;
        this.loop = loop;
        this.pictures = pictures;
        this.images = images;
        this.videos = videos;
        this.script = script;
        this.meter = meter;
        this.board = new TaskBoard(settings.clock());
        this.apiKey = settings.apiKey();
    }

    /** The kind of a request; {@code null} when there is nothing at its path. */
    static @Nullable TaskKind kind(Head head) {
        String path = head.path();
        boolean post = head.method().equals("POST");
        if (post && path.equals(CREATE)) {
            return TaskKind.CREATE;
        } else if (post && path.startsWith(TASKS) && path.endsWith(CANCEL)) {
            return TaskKind.CANCEL;
        } else if (!head.method().equals("GET") || !path.startsWith(TASKS)) {
            return null;
        }
        String id = path.substring(TASKS.length());
        return id.isEmpty() ? TaskKind.LIST : id.contains("/") ? null : TaskKind.POLL;
    }

    TaskBoard board() {
        return board;
    }

    void acceptOnly(String key) {
        apiKey = key;
    }

    void offer(Set<String> names) {
        models = names;
    }

    void reset() {
        board.clear();
        models = MODELS;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public InlineImages newBody() {
        return new InlineImages(pictures);
    }

    /** The delay of the answer only. The plan of the task has the time of a generation. */
    @Override
    public Duration delay(Reply reply) {
        return Objects.requireNonNullElse(reply.delay(), Duration.ZERO);
    }

    @Override
    public Map<String, String> headers(Reply reply, int number) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of("Server", "hh1-simulator"));
        reply.headers().forEach(header -> fields.put(header.getKey(), header.getValue()));
        return fields;
    }

    @Override
    public void read(SimulatedCall call, boolean tooLarge) {
        TaskKind kind = Objects.requireNonNull(kind(call.request().head()));
        Refused refused = refused(kind, call.request(), tooLarge);
        if (refused != null) {
            refuse(call, refused);
            return;
        }
        Reply scripted = script.takeFor(kind, call.request());
        Reply reply = scripted == null ? Reply.completed() : scripted;
        switch (kind) {
            case CREATE -> create(call, reply);
            case POLL -> poll(call, reply);
            case LIST ->
                call.perform(
                        reply,
                        usual(TaskList.answer(board, call.request().head().query(), requestId())));
            case CANCEL -> cancel(call, reply, scripted != null);
        }
    }

    private @Nullable Refused refused(TaskKind kind, TrackedRequest request, boolean tooLarge) {
        Head head = request.head();
        if (!head.header("Authorization").equals("Bearer " + apiKey)) {
            return Refused.authentication();
        }
        Refused throttled = board.throttled(kind);
        if (throttled != null || kind == TaskKind.POLL || kind == TaskKind.CANCEL) {
            return throttled;
        } else if (kind == TaskKind.LIST) {
            return TaskList.check(head.query());
        } else if (!head.header("X-DashScope-Async").equals("enable")) {
            return Refused.synchronous();
        }
        boolean json = head.header("Content-Type").startsWith("application/json") && !tooLarge;
        Refused refused = TaskCheck.check(json ? request.json() : null, models);
        return refused == null ? board.full() : refused;
    }

    /** A reply that is not billed leaves no task behind. */
    private void create(SimulatedCall call, Reply reply) {
        String requestId = requestId();
        String id = reply.isBilled() ? created(call, reply, requestId) : requestId();
        call.perform(reply, new Content.Video("", id, TaskAnswers.created(id, requestId)));
    }

    private void poll(SimulatedCall call, Reply reply) {
        String id = id(call);
        String usual = TaskAnswers.polled(board, id, requestId());
        call.perform(reply, new Content.Video(board.videoUrl(id), id, usual));
    }

    private String created(SimulatedCall call, Reply reply, String requestId) {
        Charge charge = call.request().charge();
        TaskOrder order = new TaskOrder(
                charge.request(),
                requestId,
                charge.model(),
                charge.image(),
                charge.prompt(),
                charge.resolution(),
                charge.seconds());
        CompletionStage<Filming> image = images.check(charge.image()).thenApply(picture -> filming(call, picture));
        return board.create(order, reply.plan(), settings.delay(), image).id();
    }

    /** A task is paid for when it has succeeded. */
    private Filming filming(SimulatedCall call, @Nullable Picture picture) {
        TrackedRequest request = call.request();
        int epoch = call.epoch();
        return (ownUrl, at) -> {
            request.billed();
            meter.charge(epoch, request.charge());
            if (ownUrl != null) {
                return ownUrl;
            }
            String prompt = Objects.requireNonNullElse(request.prompt(), "");
            VideoStore.Link link = videos.issue(new Scene(picture, prompt, request.seconds()), at);
            return "http://" + request.head().header("Host") + link.target();
        };
    }

    /** A reply that is not billed takes no effect. */
    private void cancel(SimulatedCall call, Reply reply, boolean scripted) {
        boolean cancelled = reply.isBilled() && board.cancel(id(call));
        if (cancelled || scripted) {
            call.perform(reply, usual(TaskAnswers.cancelled(requestId())));
        } else {
            refuse(call, Refused.notPending());
        }
    }

    private static void refuse(SimulatedCall call, Refused refused) {
        call.perform(Reply.refused(refused.status(), refused.code(), refused.message()), Content.Video.NONE);
    }

    private static String id(SimulatedCall call) {
        String path = call.request().head().path();
        int end = path.endsWith(CANCEL) ? path.length() - CANCEL.length() : path.length();
        return path.substring(TASKS.length(), end);
    }

    private static String requestId() {
        return UUID.randomUUID().toString();
    }

    private static Content.Video usual(String answer) {
        return new Content.Video("", "", answer);
    }
}
