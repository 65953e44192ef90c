package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.generation.Generation.Limits;
import io.github.camelhh1.generation.Prices;
import io.github.camelhh1.generation.Prices.Budget;
import io.github.camelhh1.image.ImageLook;
import io.github.camelhh1.image.Snapshots;
import io.github.camelhh1.image.fix.ImageIoFixer;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.key.UpstreamId;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.link.AddressGuard;
import io.github.camelhh1.link.FirstBytes;
import io.github.camelhh1.message.FailureMessages;
import io.github.camelhh1.message.MessageReader;
import io.github.camelhh1.message.MessageWriter;
import io.github.camelhh1.rooms.Resumed;
import io.github.camelhh1.rooms.Rooms;
import io.github.camelhh1.staging.S3Bucket;
import io.github.camelhh1.staging.SharedStaging;
import io.github.camelhh1.staging.Staging;
import io.github.camelhh1.text.Sha256;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of one {@code generate} endpoint, put together when it starts. */
public final class GenerateParts {
    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);
    private static final int LINKED_BYTES = 64 * 1024;
    private static final Duration LINKED_TIME = Duration.ofSeconds(15);

    public final MessageReader reader;
    public final Preflight preflight;
    public final Rooms.Stack stack;
    public final MessageWriter writer;
    public final Function<Exchange, CompletionStage<?>> output;
    public final FailureMessages failures;
    public final String account;
    public final String model;
    public final Prices prices;
    public final Limits limits;
    public final TaskKeeper.@Nullable Source tasks;
    private final ComponentParts component;
    private final @Nullable Staging staging;
    private final @Nullable LookupKeeper lookups;
    private final Object place;

    public GenerateParts(EndpointOptions endpoint) throws Exception {
        Hh1Configuration options = endpoint.configuration();
        component = endpoint.component();
        Backend backend = Backend.of(options, endpoint.context(), component::asked);
        account = backend.name();
        model = Backend.model(options);
        component.warnings.ofPaying(backend.origin() == null);
        prices = Prices.parse(options.getPricePerSecond());
        preflight = preflight(endpoint, options.isPreflightUrls());
        reader = reader(endpoint);
        Rooms.Shared shared = component.shared();
        component.warnings.ofUnknownRuns(account);
        component.watchLedger(account);
        output = VideoFetch.output(endpoint);
        Caps caps = component.caps();
        Budget budget = caps == null ? null : new Budget(caps, prices);
        // A store compares the content itself while it copies it.
        Snapshots snapshots =
                options.isInlineImages() || preflight.mode() == Preflight.Mode.FIX ? component.snapshots() : null;
        // Last: it starts services, and a later failure would leave them behind.
        staging = staging(endpoint);
        Rooms.Service service = backend.service().apply(component);
        stack = Rooms.stack(
                service,
                new Rooms.Images(staging, preflight.mode() == Preflight.Mode.OFF ? null : preflight, snapshots),
                budget,
                component.left.failingFast(endpoint.uri(), component.timers),
                shared);
        limits = new Limits(
                Duration.ofMillis(options.getGenerationTimeout()),
                options.getMaxAttempts(),
                Duration.ofMillis(options.getRetryDelay()),
                Duration.ofMillis(options.getMaxRetryDelay()),
                options.getOnUnknown().equals("resend") ? options.getMaxPaidAttempts() : 1);
        Resumed resumed = Rooms.resumed(service, shared, limits, component.clock);
        tasks = resumed == null ? null : new TaskKeeper.Source(account, resumed, this::removeImages);
        if (tasks != null) {
            component.tasks.add(tasks);
        }
        lookups = service.lookups() == null
                ? null
                : new LookupKeeper(service.lookups(), limits.generationTimeout(), component, this::removeImages);
        if (lookups != null) {
            lookups.begin();
        }
        // It outlives the endpoint, so it holds no API key.
        String keys = Sha256.of(String.valueOf(options.getApiKey()), String.valueOf(options.getLogsApiKey()));
        place = Arrays.asList(backend.uri(), options.getGatewayId(), options.getApiKeySupplier(), keys);
        component.left.end(place);
        writer = new MessageWriter(endpoint.message().isStoreFullResponse());
        failures = new FailureMessages(backend.uri().toString());
    }

    private void removeImages(Run run) {
        if (staging != null) {
            run.staged().forEach(staging::remove);
        }
    }

    /** Generate and estimate read messages in the same way. */
    public static MessageReader reader(EndpointOptions endpoint) throws Exception {
        Hh1Configuration options = endpoint.configuration();
        return new MessageReader(
                options,
                endpoint.message(),
                new MessageReader.Keys(
                        simple(endpoint, "requestKey", endpoint.message().getRequestKey()),
                        simple(endpoint, "correlation", options.getCorrelation()),
                        UpstreamId.naming(options.getUpstreamIdHeaders())::of),
                endpoint.component()::privateDirectory,
                S3Bucket.of(endpoint.context(), resolved(endpoint, options.getStagingUri())));
    }

    private static @Nullable Expression simple(EndpointOptions endpoint, String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Expression expression = endpoint.context().resolveLanguage("simple").createExpression(text);
            expression.init(endpoint.context());
            return expression;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }

    /** Estimate looks at no links: nothing leaves the JVM. */
    public static Preflight preflight(EndpointOptions endpoint, boolean looksAtLinks) {
        Hh1Configuration options = endpoint.configuration();
        ComponentParts component = endpoint.component();
        var mode = Preflight.Mode.valueOf(options.getPreflight().toUpperCase(Locale.ROOT));
        Preflight.Fixer fixer = mode == Preflight.Mode.FIX
                ? new ImageIoFixer(
                        options.getPreflightMaxPixels(),
                        component::privateDirectory,
                        fix -> component.images().execute(fix),
                        component.rooms)
                : null;
        return new Preflight(
                mode,
                looksAtLinks ? linkedImages(endpoint) : null,
                fixer,
                findings -> LOG.warn("The service may refuse an image, which is sent all the same: {}", findings));
    }

    /** Looks at the first bytes of images behind links, on hosts that videos may be fetched from too. */
    private static Preflight.Links linkedImages(EndpointOptions endpoint) {
        ComponentParts component = endpoint.component();
        AddressGuard guard = VideoFetch.guard(endpoint);
        var start = new FirstBytes(component.connections.images(guard), guard, component.timers);
        return link -> start.fetch(link, LINKED_BYTES, LINKED_TIME)
                .thenApplyAsync(
                        found -> found.problem() != null
                                ? new Preflight.Found(null, found.problem())
                                : new Preflight.Found(look(found), null),
                        component.rooms);
    }

    /** A header that is longer than the fetched bytes may be valid. */
    private static ImageLook look(FirstBytes.Start start) {
        ImageLook look = ImageLook.at(start.bytes(), start.length());
        boolean whole = start.length() >= 0 && start.length() <= LINKED_BYTES;
        boolean cut = look.header() == null && !whole && start.bytes().available() == 0;
        return cut ? new ImageLook(look.format(), look.length(), null, null) : look;
    }

    /** Null when images are not staged. */
    public static @Nullable Staging staging(EndpointOptions endpoint) throws Exception {
        Hh1Configuration options = endpoint.configuration();
        var staging = new SharedStaging.Options(
                resolved(endpoint, options.getStagingUri()),
                resolved(endpoint, options.getStagingCleanupUri()),
                options.getStagingDirectory(),
                options.getStagingBaseUrl(),
                options.isStagingCleanup(),
                SharedStaging.LinkLife.of(
                        Duration.ofMillis(options.getGenerationTimeout()),
                        options.getMaxAttempts(),
                        Duration.ofMillis(options.getMaxRetryDelay())));
        return staging.any() ? SharedStaging.of(staging, endpoint.component().stagings()) : null;
    }

    private static @Nullable String resolved(EndpointOptions endpoint, @Nullable String uri) {
        return uri == null ? null : endpoint.context().resolvePropertyPlaceholders(uri);
    }

    public void close() {
        if (tasks != null || lookups != null) {
            component.left.add(place, this::end);
        }
        if (staging != null) {
            staging.close();
        }
    }

    private void end() {
        if (tasks != null) {
            component.tasks.remove(tasks);
        }
        if (lookups != null) {
            lookups.close();
        }
    }
}
