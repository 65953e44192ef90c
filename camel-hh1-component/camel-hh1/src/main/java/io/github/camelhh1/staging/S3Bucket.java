package io.github.camelhh1.staging;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** A bucket whose objects need not be moved, for they are linked in place. Safe for use by many threads. */
public final class S3Bucket {
    private final S3Options endpoint;
    private final String name;
    private final String prefix;

    private S3Bucket(S3Options endpoint) {
        this.endpoint = endpoint;
        this.name = endpoint.bucket();
        this.prefix = endpoint.prefix();
    }

    /** That of a {@code stagingUri}; null when it is of another kind. */
    public static @Nullable S3Bucket of(CamelContext context, @Nullable String uri) throws Exception {
        S3Options endpoint = uri == null ? null : S3Options.of(context, uri);
        return endpoint == null ? null : new S3Bucket(endpoint);
    }

    public String name() {
        return name;
    }

    /**
     * Why an object is not linked, whose key anybody may have written into a header; null when nothing speaks against it.
     * Camel evaluates expressions in keys, and a client may take {@code ..} for the way out of the prefix.
     */
    @Nullable
    public String objection(String key) {
        if (!key.startsWith(prefix)) {
            return "the object's key does not begin with " + prefix + ", as stagingUri says that keys do";
        }
        return S3Settings.isExpression(key) || ("/" + key + "/").contains("/../")
                ? "the object's key holds .. or an expression that Camel would evaluate"
                : null;
    }

    /**
     * Why the object that a message names may lie in another store, whose bucket has the same name; null when it does
     * not. A message of an S3 endpoint says so itself. Copies by {@code seda}, and messages of brokers, do not say
     * where content came from; and content of the right endpoint may have been replaced by a later step that asked
     * another store, which the exchange does not show.
     *
     * @param content whether the message has content, which can be staged instead
     */
    @Nullable
    public String doubt(Exchange exchange, boolean content) {
        S3Options from = S3Options.of(exchange.getFromEndpoint());
        if (from != null && !isOwn(from)) {
            return "the message comes from another S3 component or client than that of stagingUri";
        } else if (from == null && content) {
            return "the message does not come from an S3 endpoint";
        }
        return (from == null || content) && hasTwin()
                ? "another S3 client of this Camel context has a bucket of the name " + name
                : null;
    }

    private boolean isOwn(S3Options other) {
        return other.endpoint().getComponent() == endpoint.endpoint().getComponent()
                && other.client().equals(endpoint.client());
    }

    private boolean hasTwin() {
        for (var each : endpoint.endpoint().getCamelContext().getEndpoints()) {
            S3Options other = S3Options.of(each);
            if (other != null && other.bucket().equals(name) && !other.client().equals(endpoint.client())) {
                return true;
            }
        }
        return false;
    }
}
