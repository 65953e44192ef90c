package io.github.camelhh1.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** Creates and asks for tasks the way anybody could, with nothing but the JDK. */
final class TaskClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Hh1Simulator simulator;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TaskClient(Hh1Simulator simulator) {
        this.simulator = simulator;
    }

    HttpResponse<String> create(String prompt) {
        return create(request(body(prompt)));
    }

    HttpResponse<String> create(HttpRequest.Builder request) {
        return send(request);
    }

    /** Creates a task and returns its id. */
    String created(String prompt) {
        return json(create(prompt)).at("/output/task_id").textValue();
    }

    JsonNode poll(String id) {
        return json(get("/tasks/" + id));
    }

    String status(String id) {
        return poll(id).at("/output/task_status").textValue();
    }

    HttpResponse<String> cancel(String id) {
        return send(to("/tasks/" + id + "/cancel").POST(HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> get(String path) {
        return send(to(path).GET());
    }

    HttpRequest.Builder request(String body) {
        return to("/services/aigc/video-generation/video-synthesis")
                .header("Content-Type", "application/json")
                .header("X-DashScope-Async", "enable")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.modelStudio().baseUrl() + path))
                .header("Authorization", "Bearer " + simulator.apiKey());
    }

    String body(String prompt) {
        return body(prompt, simulator.sampleImageUrl(), "{\"resolution\":\"720P\",\"duration\":4}");
    }

    static String body(String prompt, String image, String parameters) {
        return "{\"model\":\"happyhorse-1.0-i2v\",\"input\":{\"prompt\":\"" + prompt
                + "\",\"media\":[{\"type\":\"first_frame\",\"url\":\"" + image + "\"}]},\"parameters\":" + parameters
                + "}";
    }

    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
