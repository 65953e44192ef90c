package io.github.camelhh1.examples.s3pipeline.s3;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server inside this JVM, on loopback, with two empty buckets and credentials that nobody else knows. */
public final class LocalS3 implements Closeable {
    private final Path directory;
    private final S3Proxy server;
    private final S3Place place;

    private LocalS3(Path directory, S3Proxy server, S3Place place) {
        this.directory = directory;
        this.server = server;
        this.place = place;
    }

    public static LocalS3 start() throws Exception {
        Path directory = Files.createTempDirectory("s3-pipeline");
        AwsBasicCredentials keys = AwsBasicCredentials.create(random(), random());
        S3Proxy server = S3Proxy.builder()
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, keys.accessKeyId(), keys.secretAccessKey())
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .build();
        server.start();
        S3Place place = new S3Place(
                Optional.of(URI.create("http://127.0.0.1:" + server.getPort())),
                Optional.of(S3Place.ANY_REGION),
                StaticCredentialsProvider.create(keys),
                "photos",
                "videos");
        try (S3Client client = S3Clients.client(place)) {
            client.createBucket(bucket -> bucket.bucket(place.in()));
            client.createBucket(bucket -> bucket.bucket(place.out()));
        }
        return new LocalS3(directory, server, place);
    }

    public S3Place place() {
        return place;
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the S3 server did not stop", e);
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // The remaining files lie in the system's temporary directory.
        }
    }

    private static String random() {
        return UUID.randomUUID().toString();
    }
}
