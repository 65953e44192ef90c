package io.github.camelhh1.simulator.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.simulator.Hh1Simulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorMainTest {
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatWasStarted() {
        started.forEach(Process::destroyForcibly);
    }

    @Nested
    class WhenItServes {

        @Test
        void saysWhereItIsAndAtTheEndWhatItWouldHaveCost() throws Exception {
            Process program = start();
            BufferedReader output = output(program);
            List<String> lines = upTo(output, "Stop it");
            String baseUrl = value(lines, "base URL");
            URI call = URI.create(baseUrl + "/accounts/" + value(lines, "account") + "/ai/run");
            String run =
                    "{\"model\":\"alibaba/hh1-i2v\",\"input\":{\"image\":\"" + value(lines, "sample image") + "\"}}";

            assertThat(post(call, value(lines, "API key"), run)).isEqualTo(200);
            assertThat(post(call, "another", run)).isEqualTo(401);
            assertThat(get(URI.create(baseUrl).resolve("/videos/none.mp4"))).isEqualTo(404);
            assertThat(get(URI.create(value(lines, "Model Studio") + "/tasks/1")))
                    .isEqualTo(401);
            assertThat(lines).anyMatch(line -> line.contains("hh1:generate?baseUrl=" + baseUrl + "&accountId="));
            assertThat(lines).anyMatch(line -> line.contains("curl " + call + " -H 'Authorization: Bearer "));

            program.toHandle().destroy();

            assertThat(output.lines()).containsExactly("Stopped. Requests: 2. Charges of a real account: 1.");
            assertThat(program.waitFor()).isEqualTo(ENDED_BY_SIGTERM);
        }

        @Test
        void listensOnThePortThatIsAskedFor() throws Exception {
            int port;
            try (Hh1Simulator other = Hh1Simulator.start()) {
                port = URI.create(other.origin()).getPort();

                Process program = start("--allow-private-hosts", "--port", String.valueOf(port));

                assertThat(all(program)).contains("Port " + port + " of 127.0.0.1 cannot be had");
                assertThat(program.waitFor()).isEqualTo(1);
            }
            assertThat(value(upTo(output(start("--port=" + port)), "Stop it"), "base URL"))
                    .isEqualTo("http://127.0.0.1:" + port + "/client/v4");
        }
    }

    @Nested
    class WhenItIsStartedWrongly {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "--port | --port takes a number from 0 to 65535, and none was given.",
                    "--port=http | --port takes a number from 0 to 65535, not http.",
                    "--port=70000 | --port takes a number from 0 to 65535, not 70000.",
                    "--prot=80 | There is no argument --prot=80.",
                })
        void saysWhatIsWrong(String argument, String sentence) throws Exception {
            Process program = start(argument);

            assertThat(all(program)).startsWith(sentence).contains("--help");
            assertThat(program.waitFor()).isEqualTo(2);
        }
    }

    @Test
    void explainsItself() throws Exception {
        Process program = start("--help");

        assertThat(all(program)).contains("java -jar", "--port PORT");
        assertThat(program.waitFor()).isZero();
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.add(process);
        return process;
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String all(Process process) {
        return output(process).lines().collect(Collectors.joining("\n"));
    }

    private static List<String> upTo(BufferedReader output, String start) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.startsWith(start)) {
                return lines;
            }
        }
        throw new AssertionError("It ended, having said " + lines);
    }

    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith("  " + name + " "))
                .map(line -> line.substring(2 + name.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    private static int get(URI link) throws Exception {
        return status(HttpRequest.newBuilder(link).build());
    }

    private static int post(URI call, String key, String body) throws Exception {
        return status(HttpRequest.newBuilder(call)
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static int status(HttpRequest request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
