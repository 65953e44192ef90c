package io.github.camelhh1.examples.s3pipeline.s3;

import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The two clients that {@code aws2-s3} endpoints take from the registry. They are made here because the component's own
 * presigner knows neither path style nor session credentials: its links would fail on many servers.
 */
public final class S3Clients {
    private S3Clients() {}

    public static S3Client client(S3Place place) {
        var builder = S3Client.builder()
                .credentialsProvider(place.credentials())
                .forcePathStyle(place.endpoint().isPresent())
                // Checksum trailers are young: other servers than AWS may refuse them.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        place.region().map(Region::of).ifPresent(builder::region);
        place.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    public static S3Presigner presigner(S3Place place) {
        S3Configuration style = S3Configuration.builder()
                .pathStyleAccessEnabled(place.endpoint().isPresent())
                .build();
        var builder =
                S3Presigner.builder().credentialsProvider(place.credentials()).serviceConfiguration(style);
        place.region().map(Region::of).ifPresent(builder::region);
        place.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
