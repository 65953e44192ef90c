package io.github.camelhh1.examples.s3pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static Settings read(String environment) {
        return Settings.read(variables(environment)::get, name -> null);
    }

    private static Map<String, String> variables(String environment) {
        Map<String, String> variables = new HashMap<>();
        for (String pair : environment.split(" ")) {
            String[] parts = pair.split("=", 2);
            variables.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return variables;
    }

    @Test
    void nothingIsNeededForTheDemo() {
        Settings settings = read("S3_IN= AWS_ACCESS_KEY_ID=many-machines-have-one");

        assertThat(settings.backend()).isEqualTo("simulator");
        assertThat(settings.s3()).isEmpty();
        assertThat(settings.routes()).isEqualTo("java");
    }

    @Test
    void twoBucketsAreARealS3() {
        var place =
                read("S3_IN=photos S3_OUT=videos AWS_REGION=eu-north-1").s3().orElseThrow();

        assertThat(place.in()).isEqualTo("photos");
        assertThat(place.out()).isEqualTo("videos");
        assertThat(place.region()).contains("eu-north-1");
        assertThat(place.endpoint()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "S3_IN=photos, S3_OUT",
        "S3_ENDPOINT=https://s3.example.com, S3_IN and S3_OUT",
        "S3_IN=same S3_OUT=same, two buckets",
        "S3_IN=photos S3_OUT=videos S3_ENDPOINT=s3.example.com, such as https://",
        "HH1_BACKEND=paid, simulator (the default) or cloudflare",
        "HH1_BACKEND=cloudflare S3_IN=photos S3_OUT=videos, CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN",
        "HH1_BACKEND=cloudflare CLOUDFLARE_ACCOUNT_ID=a CLOUDFLARE_API_TOKEN=t, reached from outside",
        "HH1_BACKEND=cloudflare CLOUDFLARE_ACCOUNT_ID=a CLOUDFLARE_API_TOKEN=t S3_IN=a S3_OUT=b"
                + " S3_ENDPOINT=http://localhost:9000, reached from outside"
    })
    void whatIsMissingIsSaid(String environment, String said) {
        assertThatThrownBy(() -> read(environment)).hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({"pipeline.routes=xml, yaml", "pipeline.adopt=run, pipeline.url"})
    void aMistakeEndsTheProgramBeforeItStarts(String property, String said) {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();

        int status = S3Pipeline.run(name -> null, variables(property)::get, new Console(new PrintStream(terminal)));

        assertThat(status).isEqualTo(2);
        assertThat(terminal.toString(StandardCharsets.UTF_8)).contains("cannot start", said);
    }
}
