package io.github.camelhh1.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** Calls the simulator the way anybody could, with nothing but the JDK. */
final class RunClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Hh1Simulator simulator;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    RunClient(Hh1Simulator simulator) {
        this.simulator = simulator;
    }

    HttpResponse<String> run(String input) throws IOException, InterruptedException {
        return http.send(request(body(input)), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> runAsync(String input) {
        return http.sendAsync(request(body(input)), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<byte[]> get(String url, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpRequest request(String body) {
        return requestTo(simulator.account(), simulator.apiKey(), body);
    }

    HttpRequest requestTo(String account, String key, String body) {
        return HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/accounts/" + account + "/ai/run"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    static String body(String input) {
        return "{\"model\":\"alibaba/hh1-i2v\",\"input\":" + input + "}";
    }

    /** In either envelope. */
    static String videoUrl(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body()).findValue("video").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
