package io.github.camelhh1.examples.s3pipeline.s3;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * Where the two buckets are.
 *
 * @param endpoint of a server other than AWS
 * @param region empty when AWS's own chain of providers knows it
 */
public record S3Place(
        Optional<URI> endpoint, Optional<String> region, AwsCredentialsProvider credentials, String in, String out) {

    /** Of every server that has no regions of its own. */
    static final String ANY_REGION = "us-east-1";

    /** Empty if no bucket is named. Missing settings of a real S3 are added to the problems. */
    public static Optional<S3Place> read(UnaryOperator<String> variable, List<String> problems) {
        String in = variable.apply("S3_IN");
        String out = variable.apply("S3_OUT");
        Optional<String> endpoint = Optional.ofNullable(variable.apply("S3_ENDPOINT"));
        if (in == null && out == null && endpoint.isEmpty()) {
            return Optional.empty();
        }
        if (in == null || out == null) {
            problems.add("a real S3 needs two buckets: set S3_IN and S3_OUT");
        } else if (in.equals(out)) {
            problems.add("S3_IN and S3_OUT must be two buckets, or videos would be taken for photos");
        }
        if (endpoint.filter(url -> !url.matches("https?://[^/]+/?")).isPresent()) {
            problems.add("S3_ENDPOINT must be a URL such as https://s3.example.com");
        }
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> region =
                Optional.ofNullable(variable.apply("AWS_REGION")).or(() -> endpoint.map(url -> ANY_REGION));
        return Optional.of(new S3Place(
                endpoint.map(URI::create),
                region,
                DefaultCredentialsProvider.builder().build(),
                in,
                out));
    }

    public boolean isLoopback() {
        return endpoint.map(URI::getHost)
                .filter(host -> host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"))
                .isPresent();
    }
}
