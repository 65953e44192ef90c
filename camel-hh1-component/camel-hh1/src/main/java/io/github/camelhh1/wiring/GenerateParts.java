package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.cloudflare.CloudflareGenerator;
import io.github.camelhh1.generation.Budget;
import io.github.camelhh1.generation.Limits;
import io.github.camelhh1.generation.Prices;
import io.github.camelhh1.image.Snapshots;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.image.preflight.PreflightMode;
import io.github.camelhh1.key.UpstreamId;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.message.FailureMessages;
import io.github.camelhh1.message.MessageReader;
import io.github.camelhh1.message.MessageWriter;
import io.github.camelhh1.message.S3Message;
import io.github.camelhh1.message.Spool;
import io.github.camelhh1.rooms.Rooms;
import io.github.camelhh1.staging.Staging;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.jspecify.annotations.Nullable;

/** What one {@code generate} endpoint is made of, put together once when it starts. */
public record GenerateParts(
        MessageReader reader,
        Preflight preflight,
        Rooms.Stack stack,
        @Nullable Staging staging,
        MessageWriter writer,
        Output output,
        FailureMessages failures,
        String account,
        String model,
        Prices prices,
        Limits limits) {

    public static GenerateParts of(EndpointOptions endpoint) throws Exception {
        Hh1Configuration options = endpoint.configuration();
        CamelContext context = endpoint.context();
        ComponentParts component = endpoint.component();
        Backend backend = Backend.of(options, context, component::asked);
        component.warnOfAMemoryThatForgets(backend.origin() == null);
        component.warnOfVideosThatAreNone(backend.origin() == null);
        var calls = new CloudflareGenerator(component.generations(), backend.account(), component.clock);
        Prices prices = Prices.parse(options.getPricePerSecond());
        Preflight preflight = PreflightParts.of(endpoint);
        MessageReader reader = reader(endpoint);
        Rooms.Shared shared = component.shared();
        var output = new Output(endpoint);
        Budget budget = budget(component.caps(), prices);
        // Elsewhere whoever stores content compares it meanwhile.
        Snapshots snapshots =
                options.isInlineImages() || preflight.mode() == PreflightMode.FIX ? component.snapshots() : null;
        // Last: it starts services, which whatever fails after it would leave behind.
        Staging staging = StagingParts.staging(endpoint);
        var stack = Rooms.stack(
                new Rooms.Service(calls, backend.credentials(), calls.host()),
                new Rooms.Images(staging, preflight.mode() == PreflightMode.OFF ? null : preflight, snapshots),
                budget,
                shared);
        return new GenerateParts(
                reader,
                preflight,
                stack,
                staging,
                new MessageWriter(endpoint.message().isStoreFullResponse()),
                output,
                new FailureMessages(backend.account().runUri().toString()),
                backend.name(),
                options.getModel(),
                prices,
                limits(options));
    }

    /** For {@code generate}, and for {@code estimate}, which understands messages the same way. */
    public static MessageReader reader(EndpointOptions endpoint) throws Exception {
        Hh1Configuration options = endpoint.configuration();
        ComponentParts component = endpoint.component();
        boolean takesContent = StagingParts.of(endpoint).any() || options.isInlineImages();
        return new MessageReader(
                endpoint.message(),
                new MessageReader.Keys(
                        simple(endpoint, endpoint.message().getRequestKey()),
                        simple(endpoint, options.getCorrelation()),
                        UpstreamId.naming(options.getUpstreamIdHeaders())),
                new Spool(component::privateDirectory),
                new S3Message(StagingParts.bucket(endpoint)),
                new MessageReader.Takes(takesContent, !options.getPreflight().equals("off")));
    }

    private static @Nullable Expression simple(EndpointOptions endpoint, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Expression expression = endpoint.context().resolveLanguage("simple").createExpression(text);
        expression.init(endpoint.context());
        return expression;
    }

    /** The options' times and counts. */
    private static Limits limits(Hh1Configuration options) {
        return new Limits(
                Duration.ofMillis(options.getGenerationTimeout()),
                options.getMaxAttempts(),
                Duration.ofMillis(options.getRetryDelay()),
                Duration.ofMillis(options.getMaxRetryDelay()),
                options.getOnUnknown().equals("resend") ? options.getMaxPaidAttempts() : 1);
    }

    private static @Nullable Budget budget(@Nullable Caps caps, Prices prices) {
        return caps == null ? null : new Budget(caps, prices);
    }

    public void close() {
        if (staging != null) {
            staging.close();
        }
    }
}
