package io.github.camelhh1.examples.filedrop.progress;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Asks a server how long a video is, by asking for its first byte: signed links often forbid HEAD. */
public final class VideoLength {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** Empty when the server does not say. Never fails. */
    public CompletableFuture<OptionalLong> of(String link) {
        try {
            HttpRequest firstByte = HttpRequest.newBuilder(URI.create(link))
                    .header("Range", "bytes=0-0")
                    .timeout(PATIENCE)
                    .build();
            return client.sendAsync(firstByte, HttpResponse.BodyHandlers.ofInputStream())
                    .thenApply(VideoLength::read)
                    .exceptionally(failure -> OptionalLong.empty());
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(OptionalLong.empty());
        }
    }

    private static OptionalLong read(HttpResponse<InputStream> answer) {
        try {
            answer.body().close();
            // "bytes 0-0/12345"
            return answer.headers().firstValue("Content-Range").stream()
                    .map(range -> range.substring(range.indexOf('/') + 1))
                    .filter(length -> length.matches("\\d{1,18}"))
                    .mapToLong(Long::parseLong)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
