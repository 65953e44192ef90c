package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.gateway.Gateway;
import io.github.camelhh1.simulator.pictures.SampleImage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * The video service on loopback, for tests and first tries: nothing is paid, nothing leaves the machine.
 *
 * <pre>{@code
 * try (Hh1Simulator simulator = Hh1Simulator.start()) {
 *     hh1.setBaseUrl(simulator.baseUrl());
 *     hh1.setAccountId(simulator.account());
 *     hh1.setApiKey(simulator.apiKey());
 *     …
 *     assertThat(simulator.charges()).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>Requests are checked as the service checks them; the image behind a link is fetched ({@link #serve} and
 * {@link #sampleImageUrl} give links that work). Every answer can be scripted, faults at the socket included. All
 * methods may be called from any thread. A thousand calls can be held at once: none costs a thread.
 *
 * <p>The video is a slow zoom on the image, in its ratio and as long as asked, with the caption "simulated": 640 pixels on
 * the long side, 12 frames a second. It is made by JCodec; where that is
 * excluded from the class path, the same short built-in video is served for every image, and a warning says so.
 */
public final class Hh1Simulator implements AutoCloseable {
    private final Settings settings;
    private final Engine engine;
    private final ModelStudio modelStudio;

    private Hh1Simulator(Settings settings) {
        this.settings = settings;
        this.engine = new Engine(settings);
        this.modelStudio = new ModelStudio(engine);
    }

    /** Starts one with all defaults, on a free port. */
    public static Hh1Simulator start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The base URL of Cloudflare's API, for the component's option {@code baseUrl}. */
    public String baseUrl() {
        return origin() + Settings.API;
    }

    /** The same model with tasks, on the same port: Alibaba Model Studio. */
    public ModelStudio modelStudio() {
        return modelStudio;
    }

    /** The logs of the calls to Cloudflare. */
    public Gateway gateway() {
        return engine.gateway;
    }

    /** Scheme, host and port. */
    public String origin() {
        return "http://127.0.0.1:" + engine.server.port();
    }

    /** The only account there is. */
    public String account() {
        return settings.account();
    }

    /** The key it was started with. */
    public String apiKey() {
        return settings.apiKey();
    }

    /** The link of an image that is always there: a PNG of 640 x 360. */
    public String sampleImageUrl() {
        return serve("sample.png", SampleImage.bytes());
    }

    /** Puts up an image, or anything else, under a link of its own, and returns the link. */
    public String serve(String name, byte[] content) {
        return "http://127.0.0.1:" + engine.imageServer.port() + engine.images.putUp(name, content);
    }

    /**
     * The next run requests and creations of tasks get these replies, one each; those that are refused by themselves use
     * none up.
     */
    public Hh1Simulator script(Reply... next) {
        engine.script.add(List.of(next));
        return this;
    }

    /** The next request gets this reply. */
    public Hh1Simulator next(Reply reply) {
        return script(reply);
    }

    /** The next downloads of a video get these replies, one each. */
    public Hh1Simulator scriptVideo(VideoReply... next) {
        engine.script.addForVideos(List.of(next));
        return this;
    }

    /**
     * Requests that meet the condition get the reply that follows, from now until {@link #reset}. The script takes
     * precedence. All calls of {@link #modelStudio} are looked at, polls as well.
     */
    public Rule when(Predicate<ReceivedRequest> condition) {
        return reply -> {
            engine.script.addRule(condition, reply);
            return this;
        };
    }

    /** The second half of {@link #when}. */
    @FunctionalInterface
    public interface Rule {
        Hh1Simulator reply(Reply reply);
    }

    /** From now until {@link #reset} only this key is accepted. */
    public Hh1Simulator acceptOnly(String apiKey) {
        engine.acceptOnly(apiKey);
        return this;
    }

    /** From now on images are fetched from private and metadata addresses, too; before, from public ones and loopback. */
    public Hh1Simulator allowPrivateHosts() {
        engine.imageCheck.allowPrivateHosts();
        return this;
    }

    /** Stops listening: once this returns, new connections are refused. Existing ones stay. */
    public void refuseConnections() {
        engine.server.refuseConnections();
    }

    /** Listens again, on the same port. */
    public void acceptConnections() {
        engine.server.acceptConnections();
    }

    /** Tears all connections down, busy or idle. */
    public void resetConnections() {
        engine.server.resetConnections();
    }

    /** How many generations a real account would have paid for. */
    public int charges() {
        return engine.meter().count(charge -> true);
    }

    /** How many of those were for this image, or had this prompt. */
    public int charges(String imageOrPrompt) {
        return engine.meter()
                .count(charge -> imageOrPrompt.equals(charge.image()) || imageOrPrompt.equals(charge.prompt()));
    }

    /** The charges, oldest first. */
    public List<Charge> meter() {
        return engine.meter().charges();
    }

    /** Every run request and creation whose head reached the simulator, oldest first; the latest 10,000. */
    public List<ReceivedRequest> requests() {
        return engine.meter().requests();
    }

    /** Every request for a video, oldest first; the latest 10,000. */
    public List<ReceivedRequest> downloads() {
        return engine.meter().downloads();
    }

    /** How many run requests there were, those included that {@link #requests} no longer has. */
    public int requestCount() {
        return engine.meter().requestCount();
    }

    /** Run requests that have arrived and are not answered yet. */
    public int inFlight() {
        return engine.meter().inFlight();
    }

    /** The most there were of those at once. */
    public int peakInFlight() {
        return engine.meter().peakInFlight();
    }

    /** Run requests whose client went away before the answer. */
    public int abandoned() {
        return engine.meter().abandonedCalls();
    }

    /** Clients that are connected at the moment, busy or idle. */
    public int connections() {
        return engine.server.connections();
    }

    /** As it was at the start, for the next test: script, rules, meter, tasks and key; connections are torn down. */
    public void reset() {
        engine.script.clear();
        engine.acceptOnly(settings.apiKey());
        engine.server.acceptConnections();
        engine.server.resetConnections();
        engine.tasks.reset();
        engine.gateway.reset();
        engine.meter().clear();
    }

    /** Ends everything, calls in flight included, and removes its files. */
    @Override
    public void close() {
        engine.close();
    }

    /** How a simulator is to be; every setting has a default. */
    public static final class Builder {
        private String account = "0123456789abcdef0123456789abcdef";
        private String apiKey = "simulator-key";
        private Envelope envelope = Envelope.V4;
        private Duration delay = Duration.ZERO;
        private boolean requireReachableImage = true;
        private Duration linkLifetime = Duration.ofHours(24);
        private boolean rendering = true;
        private int port;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        public Builder account(String id) {
            account = id;
            return this;
        }

        public Builder apiKey(String key) {
            apiKey = key;
            return this;
        }

        /** Default: {@link Envelope#V4}. */
        public Builder envelope(Envelope form) {
            envelope = form;
            return this;
        }

        /**
         * How long a generation takes; default none. Refusals are always immediate. A task is {@code PENDING} for a fifth of
         * it, and then {@code RUNNING}.
         */
        public Builder delay(Duration time) {
            delay = time;
            return this;
        }

        /** Whether the link of an image must lead to one; default true. */
        public Builder requireReachableImage(boolean required) {
            requireReachableImage = required;
            return this;
        }

        /** How long a video's link works; default 24 hours. */
        public Builder linkLifetime(Duration time) {
            linkLifetime = time;
            return this;
        }

        /** Whether videos are made from the images where JCodec is there; otherwise the built-in one; default true. */
        public Builder rendering(boolean made) {
            rendering = made;
            return this;
        }

        /** Default: any that is free. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** The clock of links, tasks and limits; default the system's. A call's own delay is real time. */
        public Builder clock(Clock time) {
            clock = time;
            return this;
        }

        public Hh1Simulator start() {
            return new Hh1Simulator(new Settings(
                    account, apiKey, envelope, delay, requireReachableImage, linkLifetime, rendering, port, clock));
        }
    }
}
