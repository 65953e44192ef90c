package io.github.camelhh1.examples.filedrop.s3;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3 server inside this JVM, on loopback, with a port and credentials of its own that nobody else knows. */
public final class LocalS3 implements Closeable {
    private final Path directory;
    private final S3Proxy server;
    private final S3Settings settings;

    private LocalS3(Path directory, S3Proxy server, S3Settings settings) {
        this.directory = directory;
        this.server = server;
        this.settings = settings;
    }

    public static LocalS3 start() throws Exception {
        Path directory = Files.createTempDirectory("file-drop-s3");
        String accessKey = random();
        String secretKey = random();
        S3Proxy server = S3Proxy.builder()
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .build();
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        return new LocalS3(directory, server, S3Settings.local(endpoint, accessKey, secretKey));
    }

    public S3Settings settings() {
        return settings;
    }

    @Override
    public void close() throws IOException {
        stop();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // The remaining files lie in the system's temporary directory.
        }
    }

    private void stop() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the S3 server did not stop", e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
