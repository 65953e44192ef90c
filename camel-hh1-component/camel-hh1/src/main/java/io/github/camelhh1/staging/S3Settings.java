package io.github.camelhh1.staging;

import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an {@code aws2-s3:} endpoint. Its options are read by their names, through Camel: this component has
 * no class of the AWS SDK on its class path, and needs none.
 *
 * @param prefix what keys begin with; empty or ends with a slash
 * @param linkLife of the links that are made
 */
record S3Settings(String bucket, String prefix, Duration linkLife) {
    static final String SCHEME = "aws2-s3:";
    /** Of S3 itself. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    /** Checks what the endpoint needs for putting, linking and removing. */
    static S3Settings of(Endpoint endpoint, Duration linkLife) {
        String bucket = bucket(endpoint.getEndpointUri());
        var options = new Options(endpoint);
        List<String> broken = new ArrayList<>();
        if (options.text("operation") != null) {
            broken.add("leave out operation, for it puts, links and deletes");
        }
        if (options.isTrue("streamingUploadMode") || options.isTrue("pojoRequest")) {
            broken.add("leave out streamingUploadMode and pojoRequest");
        }
        presigning(options, broken);
        String keyName = Objects.requireNonNullElse(options.text("keyName"), "");
        String prefix = Objects.requireNonNullElse(options.text("prefix"), keyName);
        if (isExpression(prefix) || isExpression(bucket)) {
            broken.add("give a plain bucket and a plain keyName or prefix, without ${}");
        }
        if (linkLife.compareTo(LONGEST_LIFE) > 0) {
            broken.add("links must live for " + linkLife + " and S3 gives them 7 days at most: lower generationTimeout,"
                    + " maxAttempts or maxRetryDelay");
        }
        if (!broken.isEmpty()) {
            throw new IllegalArgumentException(
                    "stagingUri=aws2-s3:" + bucket + " cannot stage images: " + String.join("; ", broken));
        }
        return new S3Settings(bucket, folder(prefix), linkLife);
    }

    private static String folder(String prefix) {
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    /** As far as the URI says it: nothing is started that would call S3. */
    static String prefix(String uri) {
        try {
            var options = new TreeMap<String, Object>(String.CASE_INSENSITIVE_ORDER);
            options.putAll(URISupport.parseQuery(StringHelper.after(uri, "?", "")));
            URISupport.resolveRawParameterValues(options);
            Object keyName = options.getOrDefault("keyName", "");
            return folder(String.valueOf(options.getOrDefault("prefix", keyName)));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("stagingUri cannot be read: " + e.getReason(), e);
        }
    }

    private static void presigning(Options options, List<String> broken) {
        if (options.value("amazonS3Presigner") != null) {
            return;
        }
        if (options.text("region") == null) {
            broken.add("links cannot be signed without a region: set region, or give an amazonS3Presigner");
        }
        boolean keys = options.text("accessKey") != null && options.text("secretKey") != null;
        if (!keys && !options.isTrue("useDefaultCredentialsProvider")) {
            broken.add("links cannot be signed without credentials: set accessKey and secretKey, or"
                    + " useDefaultCredentialsProvider=true, or give an amazonS3Presigner");
        }
    }

    /** Camel would evaluate it. */
    static boolean isExpression(String text) {
        return text.contains("${") || text.contains("$simple{");
    }

    /** As the aws2-s3 component reads it: a name, or the end of an ARN. */
    static String bucket(String uri) {
        String rest = uri.substring(SCHEME.length());
        String path = rest.startsWith("//") ? rest.substring(2) : rest;
        int question = path.indexOf('?');
        String name = question < 0 ? path : path.substring(0, question);
        return name.startsWith("arn:") ? name.substring(name.lastIndexOf(':') + 1) : name;
    }

    /** An endpoint's options by name. */
    private static final class Options {
        private final Endpoint endpoint;
        private final @Nullable PropertyConfigurerGetter getter;

        Options(Endpoint endpoint) {
            this.endpoint = endpoint;
            PropertyConfigurer configurer = endpoint instanceof DefaultEndpoint known
                    ? known.getComponent().getEndpointPropertyConfigurer()
                    : null;
            this.getter = configurer instanceof PropertyConfigurerGetter known ? known : null;
        }

        @Nullable
        Object value(String name) {
            return getter == null ? null : getter.getOptionValue(endpoint, name, true);
        }

        @Nullable
        String text(String name) {
            Object value = value(name);
            return value == null || value.toString().isBlank() ? null : value.toString();
        }

        boolean isTrue(String name) {
            return Boolean.TRUE.equals(value(name));
        }
    }
}
