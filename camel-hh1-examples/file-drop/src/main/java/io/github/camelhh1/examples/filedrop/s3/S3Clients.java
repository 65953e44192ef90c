package io.github.camelhh1.examples.filedrop.s3;

import java.io.Closeable;
import org.apache.camel.main.Main;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The two clients that {@code aws2-s3} endpoints take from the registry. They are made here because the component's own
 * presigner knows neither path style nor session credentials: its links would fail on many servers.
 */
public final class S3Clients {
    private S3Clients() {}

    /** Gives Camel both, until they are closed. */
    public static Closeable bind(Main main, S3Settings settings) {
        S3Client client = client(settings);
        S3Presigner presigner = presigner(settings);
        main.bind("s3Client", client);
        main.bind("s3Presigner", presigner);
        return () -> {
            presigner.close();
            client.close();
        };
    }

    static S3Client client(S3Settings settings) {
        return builder(settings).build();
    }

    static S3ClientBuilder builder(S3Settings settings) {
        var builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                .forcePathStyle(settings.endpoint().isPresent())
                // Checksum trailers are young: other servers than AWS may refuse them.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder;
    }

    static S3Presigner presigner(S3Settings settings) {
        S3Configuration style = S3Configuration.builder()
                .pathStyleAccessEnabled(settings.endpoint().isPresent())
                .build();
        var builder = S3Presigner.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                .serviceConfiguration(style);
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static StaticCredentialsProvider credentials(S3Settings settings) {
        AwsCredentials credentials = settings.token()
                .<AwsCredentials>map(
                        token -> AwsSessionCredentials.create(settings.accessKey(), settings.secretKey(), token))
                .orElseGet(() -> AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
        return StaticCredentialsProvider.create(credentials);
    }
}
