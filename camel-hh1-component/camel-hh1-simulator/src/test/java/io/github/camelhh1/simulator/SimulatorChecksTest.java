package io.github.camelhh1.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.camelhh1.simulator.pictures.SampleImage;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorChecksTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final RunClient client = new RunClient(simulator);

    @Nested
    class ARequestWithoutPermission {

        @Test
        void isRefusedForItsKey() throws Exception {
            HttpResponse<String> answer =
                    client.send(client.requestTo(simulator.account(), "other", RunClient.body("{}")));

            assertRefused(answer, 401, "\"code\":10000");
            assertThat(answer.headers().firstValue("cf-ray")).isPresent();
            assertThat(answer.headers().firstValue("cf-aig-log-id")).isEmpty();
        }

        @Test
        void isRefusedForItsAccount() throws Exception {
            assertRefused(
                    client.send(client.requestTo("other", simulator.apiKey(), RunClient.body("{}"))),
                    401,
                    "\"code\":10000");
        }

        @Test
        void isRefusedOnceTheKeyHasChanged() throws Exception {
            simulator.acceptOnly("rotated");

            assertThat(client.run(sample("")).statusCode()).isEqualTo(401);
            assertThat(client.send(client.requestTo(simulator.account(), "rotated", RunClient.body(sample(""))))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Nested
    class TheSchema {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "\"prompt\":\"run\"",
                    "\"negative_prompt\":\"rain\",\"prompt\":\"\"",
                    "\"resolution\":\"720P\"",
                    "\"resolution\":\"1080P\",\"watermark\":false",
                    "\"duration\":3",
                    "\"duration\":15",
                    "\"seed\":0",
                    "\"seed\":2147483647",
                })
        void takes(String fields) throws Exception {
            assertThat(client.run(sample(fields)).statusCode()).isEqualTo(200);
            assertThat(simulator.charges()).isEqualTo(1);
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '\'',
                delimiter = '|',
                value = {
                    "duration | 2",
                    "duration | 16",
                    "duration | \"8\"",
                    "duration | 5.0",
                    "duration | 1e9",
                    "duration | null",
                    "duration | 99999999999999999999",
                    "resolution | \"720p\"",
                    "resolution | \"4K\"",
                    "seed | -1",
                    "seed | 2147483648",
                    "watermark | \"true\"",
                    "prompt | 5",
                    "negative_prompt | []",
                    "size | \"large\"",
                    "image_url | \"http://127.0.0.1/\"",
                })
        void refuses(String field, String value) throws Exception {
            assertRefused(client.run(sample("\"" + field + "\":" + value)), 400, field);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "[]",
                    "{",
                    "{\"model\":5,\"input\":{}}",
                    "{\"model\":\"alibaba/hh1-i2v\"}",
                    "{\"model\":\"alibaba/hh1-i2v\",\"input\":[]}",
                    "{\"model\":\"alibaba/hh1-i2v\",\"input\":{}}",
                    "{\"model\":\"alibaba/hh1-i2v\",\"input\":{\"image\":\"ftp://127.0.0.1/a.png\"}}",
                    "{\"model\":\"alibaba/hh1-i2v\",\"input\":{\"image\":7}}",
                })
        void refusesOtherBodies(String body) throws Exception {
            assertRefused(client.send(client.request(body)), 400, "\"code\":7003");
        }

        @Test
        void knowsNoOtherModel() throws Exception {
            String body = "{\"model\":\"alibaba/hh9-i2v\",\"input\":" + sample("") + "}";

            assertRefused(client.send(client.request(body)), 404, "No such model: alibaba/hh9-i2v");
        }

        @Test
        void letsTheSisterModelMakeShorterVideos() throws Exception {
            String body = "{\"model\":\"alibaba/wan-2.7-i2v\",\"input\":" + sample("\"duration\":2") + "}";

            assertThat(client.send(client.request(body)).statusCode()).isEqualTo(200);
        }

        @Test
        void refusesMoreTextThanAnybodyNeeds() throws Exception {
            assertRefused(client.run(sample("\"prompt\":\"" + "x".repeat(1 << 20) + "\"")), 413, "\"code\":3006");
        }
    }

    @Nested
    class TheImage {

        @Test
        void mustBeThere() throws Exception {
            String missing = simulator.sampleImageUrl().replace("sample", "missing");

            assertRefused(client.run("{\"image\":\"" + missing + "\"}"), 400, "status 404");
        }

        @Test
        void mustBeOnAHostThatAnswers() throws Exception {
            assertRefused(client.run("{\"image\":\"http://127.0.0.1:1/a.png\"}"), 400, "no answer");
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://", "http://a b/", "https:///a.png"})
        void mustHaveALinkThatCanBeRead(String link) throws Exception {
            assertRefused(client.run("{\"image\":\"" + link + "\"}"), 400, "\"code\":7003");
        }

        /** A simulator may have been left on where links come from strangers. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://10.0.0.1/a.png",
                    "http://172.16.0.1/a.png",
                    "http://192.168.0.1/a.png",
                    "http://169.254.169.254/latest/meta-data",
                    "http://100.100.100.200/latest/meta-data",
                    "http://192.0.0.192/opc",
                    "http://0.0.0.0/a.png",
                    "http://[fd00:ec2::254]/latest/meta-data",
                    "http://[fe80::1]/a.png",
                    "http://[::ffff:10.0.0.1]/a.png",
                    "http://[64:ff9b::a00:1]/a.png",
                    "http://[2002:a00:1::1]/a.png"
                })
        void isNotFetchedFromAPrivateAddress(String link) throws Exception {
            assertRefused(client.run("{\"image\":\"" + link + "\"}"), 400, "has the private address");
        }

        @Test
        void isNotFetchedFromAPrivateAddressThatALinkRedirectsTo() throws Exception {
            var host = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            host.createContext("/", exchange -> {
                exchange.getResponseHeaders().add("Location", "http://10.0.0.1/a.png");
                exchange.sendResponseHeaders(302, -1);
                exchange.close();
            });
            host.createContext("/moved", exchange -> {
                exchange.getResponseHeaders().add("Location", simulator.sampleImageUrl());
                exchange.sendResponseHeaders(307, -1);
                exchange.close();
            });
            host.start();
            try {
                String link = "http://127.0.0.1:" + host.getAddress().getPort();
                assertRefused(client.run("{\"image\":\"" + link + "/a.png\"}"), 400, "has the private address");
                assertThat(client.run("{\"image\":\"" + link + "/moved\"}").statusCode())
                        .isEqualTo(200);
            } finally {
                host.stop(0);
            }
        }

        @Test
        void isFetchedFromAPrivateAddressWhereThatIsAllowed() throws Exception {
            try (Hh1Simulator allowing = Hh1Simulator.start().allowPrivateHosts()) {
                String link = allowing.sampleImageUrl().replace("127.0.0.1", "0.0.0.0");
                assertThat(new RunClient(allowing)
                                .run("{\"image\":\"" + link + "\"}")
                                .statusCode())
                        .isEqualTo(200);
            }
        }

        @Test
        void isFetchedUpToTwentyMegabytes() throws Exception {
            byte[] most = Arrays.copyOf(SampleImage.bytes(), 20 << 20);
            assertRefused(
                    client.run(
                            "{\"image\":\"" + simulator.serve("big.png", Arrays.copyOf(most, most.length + 1)) + "\"}"),
                    400,
                    "more than 20 MB");
            assertThat(client.run("{\"image\":\"" + simulator.serve("most.png", most) + "\"}")
                            .statusCode())
                    .isEqualTo(200);
        }

        @Test
        void mustBeAnImage() throws Exception {
            String link = simulator.serve("note.png", "only text".getBytes(StandardCharsets.UTF_8));

            assertRefused(client.run("{\"image\":\"" + link + "\"}"), 400, "not a JPEG, PNG or WEBP image but text");
        }

        @Test
        void mayBeInline() throws Exception {
            String uri = "data:image/png;base64,"
                    + Base64.getEncoder().encodeToString(SampleImage.bytes()).replace("/", "\\/");

            assertThat(client.run("{\"image\":\"" + uri + "\",\"prompt\":\"run\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(simulator.requests().get(0).image()).matches("data:image/png;base64,sha256:[0-9a-f]{64}");
            assertThat(simulator.requests().get(0).bodyBytes()).isGreaterThan(uri.length());
            assertThat(simulator.requests().get(0).prompt()).isEqualTo("run");
        }

        @ParameterizedTest
        @ValueSource(strings = {"data:image/png;base64,", "data:image/png;base64,!!!!", "data:image/png,abc"})
        void mustBeAnImageInlineAsWell(String uri) throws Exception {
            assertRefused(client.run("{\"image\":\"" + uri + "\"}"), 400, "\"code\":7003");
        }

        @Test
        void needNotBeThereWhenTheTestDoesNotCare() throws Exception {
            try (Hh1Simulator careless =
                    Hh1Simulator.builder().requireReachableImage(false).start()) {
                assertThat(new RunClient(careless)
                                .run("{\"image\":\"http://127.0.0.1:1/a.png\"}")
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    private String sample(String fields) {
        return "{\"image\":\"" + simulator.sampleImageUrl() + "\"" + (fields.isEmpty() ? "" : ",") + fields + "}";
    }

    private void assertRefused(HttpResponse<String> answer, int status, String text) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body())
                .startsWith("{\"success\":false,\"errors\":[{\"code\":")
                .contains(text);
        assertThat(answer.body()).endsWith("\"messages\":[],\"result\":null}");
        assertThat(simulator.charges()).isZero();
    }
}
