package io.github.camelhh1.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An operator who lets the actuator show everything sees no secret of the component. */
@CamelSpringBootTest
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.endpoints.web.exposure.include=*",
            "management.endpoints.web.exposure.exclude=heapdump,threaddump,shutdown",
            "management.endpoint.env.show-values=always",
            "management.endpoint.configprops.show-values=always",
            "management.endpoint.quartz.show-values=always",
            "camel.component.hh1.api-key=canary-4711",
            "camel.component.hh1.logs-api-key=canary-4711",
            "camel.component.hh1.proxy-host=127.0.0.1",
            "camel.component.hh1.proxy-port=9",
            "camel.component.hh1.proxy-auth-username=me",
            "camel.component.hh1.proxy-auth-password=canary-4711"
        })
class ActuatorSecretsTest {
    @TempDir
    static Path folder;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("videos.folder", folder::toString);
    }

    @Value("${local.server.port}")
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    private String get(String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void noPageOfTheActuatorShowsASecret() throws Exception {
        JsonNode links = new ObjectMapper()
                .readTree(get("http://127.0.0.1:" + port + "/actuator"))
                .get("_links");
        var pages = new ArrayList<String>();
        for (JsonNode link : links) {
            if (!link.get("templated").asBoolean()) {
                pages.add(get(link.get("href").asText()));
            }
        }
        assertThat(pages).hasSizeGreaterThan(8).noneMatch(page -> page.contains("canary-4711"));
        assertThat(pages).filteredOn(page -> page.contains("proxyAuthPassword")).isNotEmpty();
        assertThat(pages)
                .filteredOn(page -> page.contains("camel.component.hh1.api-key"))
                .anyMatch(page -> page.contains("camel.component.hh1.logs-api-key"));
    }
}
