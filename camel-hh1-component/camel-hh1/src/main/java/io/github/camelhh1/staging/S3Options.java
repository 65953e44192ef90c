package io.github.camelhh1.staging;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.InterceptSendToEndpoint;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * The options of an endpoint of camel-aws2-s3, whatever name its component has in the context. They are read by their
 * names, through Camel: this component has no class of the AWS SDK on its class path, and needs none.
 */
record S3Options(DefaultEndpoint endpoint, PropertyConfigurerGetter getter) {
    private static final String COMPONENT = "aws2-s3";

    /** Null for an endpoint of another kind. */
    static @Nullable S3Options of(@Nullable Endpoint endpoint) {
        if (endpoint instanceof DelegateEndpoint outer) {
            return of(outer.getEndpoint());
        } else if (endpoint instanceof InterceptSendToEndpoint outer) {
            return of(outer.getOriginalEndpoint());
        }
        return endpoint instanceof DefaultEndpoint known
                        && isS3(known.getComponent())
                        && known.getComponent().getEndpointPropertyConfigurer()
                                instanceof PropertyConfigurerGetter getter
                ? new S3Options(known, getter)
                : null;
    }

    /** Starts nothing, since an endpoint that starts calls S3. Null for the URI of an endpoint of another kind. */
    static @Nullable S3Options of(CamelContext context, String uri) throws Exception {
        Endpoint endpoint = context.hasEndpoint(uri);
        String name = uri.replaceFirst("^ref:/*", "");
        String scheme = StringHelper.before(name, ":");
        if (endpoint == null && scheme == null) {
            endpoint = context.getRegistry().lookupByNameAndType(name, Endpoint.class);
        } else if (endpoint == null) {
            Component component = context.getComponent(scheme);
            if (isS3(component)) {
                endpoint = component.createEndpoint(
                        context.getCamelContextExtension().normalizeUri(uri).getUri());
            }
        }
        return of(endpoint);
    }

    private static boolean isS3(@Nullable Component component) {
        return component != null && COMPONENT.equals(component.getDefaultName());
    }

    @Nullable
    Object value(String name) {
        return getter.getOptionValue(endpoint, name, true);
    }

    @Nullable
    String text(String name) {
        Object value = value(name);
        return value == null || value.toString().isBlank() ? null : value.toString();
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(value(name));
    }

    /** Part of the path, so that it is no option by name. */
    String bucket() {
        var beans = PluginHelper.getBeanIntrospection(endpoint.getCamelContext());
        Object configuration = beans.getOrElseProperty(endpoint, "configuration", endpoint, false);
        return String.valueOf(beans.getOrElseProperty(configuration, "bucketName", "", false));
    }

    /** Keys begin with it; empty or ends with a slash. */
    String prefix() {
        String prefix = Objects.requireNonNullElse(text("prefix"), Objects.requireNonNullElse(text("keyName"), ""));
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    /**
     * Equal for two endpoints that ask the same store as the same account: they have one and the same client object, or
     * else the options agree that Camel makes a client of. The presigner is not compared: it reads nothing.
     */
    List<@Nullable Object> client() {
        Object client = value("amazonS3Client");
        return client != null
                ? List.of(client)
                : Stream.of(
                                "region",
                                "overrideEndpoint",
                                "uriEndpointOverride",
                                "proxyHost",
                                "proxyPort",
                                "accessKey",
                                "profileCredentialsName",
                                "useDefaultCredentialsProvider",
                                "useProfileCredentialsProvider",
                                "useSessionCredentials")
                        .map(this::value)
                        .toList();
    }
}
