package io.github.camelhh1.observe;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.SpanContextPropagationExtractor;
import org.apache.camel.telemetry.SpanContextPropagationInjector;
import org.apache.camel.telemetry.SpanLifecycleManager;
import org.apache.camel.telemetry.Tracer;

/** A tracer that keeps its spans in memory. */
public final class KeptSpans extends Tracer {
    /** A span with its tags and logs. */
    public record Kept(String name, Map<String, String> tags, List<Map<String, String>> logs, List<Boolean> errors)
            implements Span {
        @Override
        public void log(Map<String, String> fields) {
            logs.add(fields);
        }

        @Override
        public void setTag(String key, String value) {
            tags.put(key, value);
        }

        @Override
        public void setComponent(String component) {
            tags.put("component", component);
        }

        @Override
        public void setError(boolean isError) {
            errors.add(isError);
        }
    }

    /** Those that have ended. */
    public final List<Kept> ended = new CopyOnWriteArrayList<>();

    /** Those of one operation of hh1. */
    List<Kept> of(String operation) {
        return ended.stream()
                .filter(span -> ("hh1:" + operation).equals(span.tags().get("camel.uri")))
                .toList();
    }

    @Override
    protected void initTracer() {
        setSpanLifecycleManager(new SpanLifecycleManager() {
            @Override
            public Span create(String name, Span parent, SpanContextPropagationExtractor extractor) {
                return new Kept(
                        name, new ConcurrentHashMap<>(), new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
            }

            @Override
            public void activate(Span span) {}

            @Override
            public void deactivate(Span span) {}

            @Override
            public void close(Span span) {
                ended.add((Kept) span);
            }

            @Override
            public void inject(Span span, SpanContextPropagationInjector injector, boolean includeTracing) {
                injector.put("traceparent", "00-1-1-01");
            }
        });
    }
}
