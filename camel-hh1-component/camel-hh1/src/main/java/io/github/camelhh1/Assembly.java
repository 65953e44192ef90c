package io.github.camelhh1;

import io.github.camelhh1.cloudflare.CloudflareGenerator;
import io.github.camelhh1.generation.Limits;
import io.github.camelhh1.generation.Prices;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.image.preflight.PreflightMode;
import io.github.camelhh1.observe.TroubleHealthCheck;
import io.github.camelhh1.rooms.Rooms;
import io.github.camelhh1.staging.Staging;
import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.jspecify.annotations.Nullable;

/** What one {@code generate} endpoint is made of, put together once when it starts. */
record Assembly(
        MessageReader reader,
        Preflight preflight,
        Rooms.Stack stack,
        @Nullable Staging staging,
        MessageWriter writer,
        Output output,
        Failures failures,
        TroubleHealthCheck healthCheck,
        String account,
        String model,
        Prices prices,
        Limits limits) {

    static Assembly of(Hh1Endpoint endpoint) throws Exception {
        OptionRules.check(endpoint);
        Hh1Configuration options = endpoint.getConfiguration();
        CamelContext context = endpoint.getCamelContext();
        Hh1Runtime runtime = endpoint.getComponent().runtime();
        Backend backend = Backend.of(options, context, runtime::asked);
        runtime.warnOfAMemoryThatForgets(backend.origin() == null);
        Staging staging = StagingOptions.staging(endpoint);
        var calls = new CloudflareGenerator(runtime.generations(), backend.account(), runtime.clock);
        Prices prices = Prices.parse(options.getPricePerSecond());
        Preflight preflight = Preflights.of(endpoint);
        var stack = Rooms.stack(
                new Rooms.Service(calls, backend.credentials(), calls.host()),
                staging,
                preflight.mode() == PreflightMode.OFF ? null : preflight,
                OptionRules.budget(endpoint.getComponent(), prices),
                runtime.shared());
        return new Assembly(
                reader(endpoint),
                preflight,
                stack,
                staging,
                new MessageWriter(endpoint.getInput().isStoreFullResponse()),
                new Output(endpoint),
                new Failures(backend.account().runUri().toString()),
                TroubleHealthCheck.ofAccount(
                        backend.name() + ":"
                                + Integer.toHexString(endpoint.getEndpointUri().hashCode()),
                        stack.pausedBecause()),
                backend.name(),
                options.getModel(),
                prices,
                GenerateProducer.limits(options));
    }

    /** For {@code generate}, and for {@code estimate}, which understands messages the same way. */
    static MessageReader reader(Hh1Endpoint endpoint) {
        Hh1Configuration options = endpoint.getConfiguration();
        Hh1Runtime runtime = endpoint.getComponent().runtime();
        String key = endpoint.getInput().getRequestKey();
        Expression requestKey = key == null
                ? null
                : endpoint.getCamelContext().resolveLanguage("simple").createExpression(key);
        if (requestKey != null) {
            requestKey.init(endpoint.getCamelContext());
        }
        boolean takesContent = StagingOptions.of(endpoint).any() || options.isInlineImages();
        return new MessageReader(
                endpoint.getInput(),
                new MessageReader.Keys(requestKey, UpstreamId.naming(options.getUpstreamIdHeaders())),
                new BodyReader(new Spool(runtime::privateDirectory)),
                new S3Source(StagingOptions.bucket(endpoint)),
                new MessageReader.Takes(takesContent, !options.getPreflight().equals("off")));
    }

    void close() {
        if (staging != null) {
            staging.close();
        }
    }
}
