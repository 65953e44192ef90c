package io.github.camelhh1.examples.filedrop.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** How to reach an S3: AWS when there is no endpoint, else any server that speaks its protocol. */
public record S3Settings(
        Optional<URI> endpoint,
        String bucket,
        String region,
        String accessKey,
        String secretKey,
        Optional<String> token) {

    private static final String DEFAULT_REGION = "us-east-1";
    private static final URI NOWHERE = URI.create("nowhere:/");

    /** Empty if no real S3 is named, or if its settings are incomplete: the error is then added to the problems. */
    public static Optional<S3Settings> read(UnaryOperator<String> variable, List<String> problems) {
        if (!isNamed(variable)) {
            return Optional.empty();
        }
        List<String> missing = Stream.of("S3_BUCKET", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
                .filter(name -> variable.apply(name) == null)
                .toList();
        if (!missing.isEmpty()) {
            problems.add("a real S3 also needs " + String.join(" and ", missing));
            return Optional.empty();
        }
        Optional<URI> endpoint =
                Optional.ofNullable(variable.apply("S3_ENDPOINT")).map(S3Settings::address);
        if (endpoint.filter(NOWHERE::equals).isPresent()) {
            problems.add("S3_ENDPOINT must be a URL such as https://s3.example.com");
            return Optional.empty();
        }
        String region = Optional.ofNullable(variable.apply("AWS_REGION")).orElse(DEFAULT_REGION);
        return Optional.of(new S3Settings(
                endpoint,
                variable.apply("S3_BUCKET"),
                region,
                variable.apply("AWS_ACCESS_KEY_ID"),
                variable.apply("AWS_SECRET_ACCESS_KEY"),
                Optional.ofNullable(variable.apply("AWS_SESSION_TOKEN"))));
    }

    /** AWS credentials alone do not choose S3, because many machines have them. */
    public static boolean isNamed(UnaryOperator<String> variable) {
        return variable.apply("S3_BUCKET") != null || variable.apply("S3_ENDPOINT") != null;
    }

    static S3Settings local(URI endpoint, String accessKey, String secretKey) {
        return new S3Settings(Optional.of(endpoint), "photos", DEFAULT_REGION, accessKey, secretKey, Optional.empty());
    }

    public boolean isLoopback() {
        return endpoint.map(URI::getHost)
                .filter(host -> host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"))
                .isPresent();
    }

    private static URI address(String text) {
        try {
            URI address = new URI(text);
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            return web && address.getHost() != null ? address : NOWHERE;
        } catch (URISyntaxException e) {
            return NOWHERE;
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "S3Settings[" + endpoint.map(URI::toString).orElse("AWS " + region) + ", bucket " + bucket + "]";
    }
}
