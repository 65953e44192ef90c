package io.github.camelhh1.staging;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.InterceptSendToEndpoint;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * The bucket of an endpoint of camel-aws2-s3, whatever name its component has in the context. The endpoint's options are
 * read by their names, through Camel: no class of the AWS SDK is needed. Safe for use by many threads.
 */
public record S3Bucket(DefaultEndpoint endpoint, PropertyConfigurerGetter getter, String name) {
    private static final String COMPONENT = "aws2-s3";
    private static final String[] CLIENT_OPTIONS = {
        "region",
        "overrideEndpoint",
        "uriEndpointOverride",
        "proxyHost",
        "proxyPort",
        "accessKey",
        "profileCredentialsName",
        "useDefaultCredentialsProvider",
        "useProfileCredentialsProvider",
        "useSessionCredentials"
    };

    /** Null for an endpoint of another kind. */
    static @Nullable S3Bucket of(@Nullable Endpoint endpoint) {
        if (endpoint instanceof DelegateEndpoint outer) {
            return of(outer.getEndpoint());
        } else if (endpoint instanceof InterceptSendToEndpoint outer) {
            return of(outer.getOriginalEndpoint());
        }
        if (!(endpoint instanceof DefaultEndpoint known)) {
            return null;
        }
        Component component = known.getComponent();
        return component != null
                        && isS3(component)
                        && component.getEndpointPropertyConfigurer() instanceof PropertyConfigurerGetter getter
                ? new S3Bucket(known, getter, name(known))
                : null;
    }

    /**
     * The bucket of a {@code stagingUri}; null for the URI of an endpoint of another kind. Starts nothing, since an
     * endpoint that starts calls S3.
     */
    public static @Nullable S3Bucket of(CamelContext context, @Nullable String uri) throws Exception {
        if (uri == null) {
            return null;
        }
        Endpoint endpoint = context.hasEndpoint(uri);
        String name = uri.replaceFirst("^ref:/*", "");
        String scheme = StringHelper.before(name, ":");
        if (endpoint == null && scheme == null) {
            endpoint = context.getRegistry().lookupByNameAndType(name, Endpoint.class);
        } else if (endpoint == null) {
            Component component = context.getComponent(scheme);
            if (component != null && isS3(component)) {
                endpoint = component.createEndpoint(
                        context.getCamelContextExtension().normalizeUri(uri).getUri());
            }
        }
        return of(endpoint);
    }

    private static boolean isS3(Component component) {
        return COMPONENT.equals(component.getDefaultName());
    }

    /** Part of the path, so that it is no option by name. */
    private static String name(DefaultEndpoint endpoint) {
        var beans = PluginHelper.getBeanIntrospection(endpoint.getCamelContext());
        Object configuration = beans.getOrElseProperty(endpoint, "configuration", endpoint, false);
        return String.valueOf(beans.getOrElseProperty(configuration, "bucketName", "", false));
    }

    @Nullable
    Object value(String option) {
        return getter.getOptionValue(endpoint, option, true);
    }

    @Nullable
    String text(String option) {
        Object value = value(option);
        return value == null || value.toString().isBlank() ? null : value.toString();
    }

    boolean isTrue(String option) {
        return Boolean.TRUE.equals(value(option));
    }

    /** Keys begin with it; empty or ends with a slash. */
    String prefix() {
        String prefix = Objects.requireNonNullElse(text("prefix"), Objects.requireNonNullElse(text("keyName"), ""));
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    /**
     * Equal for two endpoints that ask the same store as the same account: they have the same client object, or else the
     * same options from which Camel makes a client. The presigner is not compared: it reads nothing.
     */
    List<@Nullable Object> client() {
        Object client = value("amazonS3Client");
        return client != null
                ? List.of(client)
                : Stream.of(CLIENT_OPTIONS).map(this::value).toList();
    }

    /** Camel would evaluate such a key. */
    static boolean isExpression(String text) {
        return text.contains("${") || text.contains("$simple{");
    }

    /**
     * Why an object is not linked, whose key any sender may have written into a header; null when it is linked. Camel
     * evaluates expressions in keys, and a client may take {@code ..} for the way out of the prefix.
     */
    @Nullable
    public String objection(String key) {
        String prefix = prefix();
        if (!key.startsWith(prefix)) {
            return "the object's key does not begin with " + prefix + ", as stagingUri says that keys do";
        }
        return isExpression(key) || ("/" + key + "/").contains("/../")
                ? "the object's key holds .. or an expression that Camel would evaluate"
                : null;
    }

    /**
     * Why the object that a message names may be in another store, whose bucket has the same name; null when it is not. A
     * message from an S3 endpoint shows the endpoint. Copies by {@code seda}, and messages of brokers, do not show where
     * content came from; and content of the right endpoint may have been replaced by a later step that asked another
     * store, which the exchange does not show.
     *
     * @param content whether the message has content, which can be staged instead
     */
    @Nullable
    public String doubt(@Nullable Exchange exchange, boolean content) {
        S3Bucket from = exchange == null ? null : of(exchange.getFromEndpoint());
        if (from != null && !isOwn(from)) {
            return "the message comes from another S3 component or client than that of stagingUri";
        } else if (from == null && content) {
            return "the message does not come from an S3 endpoint";
        }
        return (from == null || content) && hasTwin()
                ? "another S3 client of this Camel context has a bucket of the name " + name
                : null;
    }

    private boolean isOwn(S3Bucket other) {
        return other.endpoint.getComponent() == endpoint.getComponent()
                && other.client().equals(client());
    }

    private boolean hasTwin() {
        for (var each : endpoint.getCamelContext().getEndpoints()) {
            S3Bucket other = of(each);
            if (other != null && other.name.equals(name) && !other.client().equals(client())) {
                return true;
            }
        }
        return false;
    }
}
