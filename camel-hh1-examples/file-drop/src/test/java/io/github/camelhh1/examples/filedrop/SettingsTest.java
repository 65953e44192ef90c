package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The messages at start, before any photo is touched. */
class SettingsTest {
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();

    private Settings read() throws StartupException {
        return Settings.read(environment::get, properties::get);
    }

    @Test
    void nothingSaidMeansSimulatorAndDemo() throws Exception {
        properties.put("drop.dir", ""); // as Maven passes it

        Settings settings = read();

        assertThat(settings.backend()).hasToString("simulator");
        assertThat(settings.ownFolder()).isFalse();
        assertThat(settings.s3()).isEmpty();
    }

    @Test
    void aNamedFolderIsWatched() throws Exception {
        environment.put("DROP_DIR", "/photos");
        assertThat(read().ownFolder()).isTrue();
        assertThat(read().folder().in()).isEqualTo(Path.of("/photos/in"));

        properties.put("drop.dir", "/others");
        assertThat(read().folder().root()).isEqualTo(Path.of("/others"));
    }

    @Test
    void awsCredentialsAloneNameNoBucket() throws Exception {
        environment.put("AWS_ACCESS_KEY_ID", "id");
        environment.put("AWS_SECRET_ACCESS_KEY", "secret");

        assertThat(read().s3()).isEmpty();
    }

    @Test
    void anUnknownBackendIsAnError() {
        environment.put("HH1_BACKEND", "cloudfare");

        assertThatThrownBy(this::read)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("HH1_BACKEND=cloudfare");
    }

    @Nested
    class WithTheRealService {

        private void complete() {
            environment.put("HH1_BACKEND", "cloudflare");
            environment.put("CLOUDFLARE_ACCOUNT_ID", "account");
            environment.put("CLOUDFLARE_API_TOKEN", "token");
            environment.put("S3_BUCKET", "photos");
            environment.put("AWS_ACCESS_KEY_ID", "id");
            environment.put("AWS_SECRET_ACCESS_KEY", "secret");
        }

        @Test
        void modelStudioNeedsAKeyAndAnS3AndNoAccount() throws Exception {
            environment.put("HH1_BACKEND", "modelstudio");
            assertThatThrownBy(SettingsTest.this::read)
                    .isInstanceOf(StartupException.class)
                    .hasMessageContainingAll("HH1_BACKEND=modelstudio needs DASHSCOPE_API_KEY", "S3_BUCKET");

            complete();
            environment.put("HH1_BACKEND", "modelstudio");
            environment.put("DASHSCOPE_API_KEY", "sk-1");
            assertThat(read().backend().name()).isEqualTo("modelstudio");
            assertThat(read().backend().account()).isEmpty();
            assertThat(read().backend().token()).contains("sk-1");
        }

        @Test
        void everythingMissingIsNamedAtOnce() {
            environment.put("HH1_BACKEND", "cloudflare");

            assertThatThrownBy(SettingsTest.this::read)
                    .isInstanceOf(StartupException.class)
                    .hasMessageContainingAll(
                            "CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_API_TOKEN", "S3_BUCKET", "AWS_ACCESS_KEY_ID");
        }

        @Test
        void aBlankTokenIsMissing() {
            complete();
            environment.put("CLOUDFLARE_API_TOKEN", " ");

            assertThatThrownBy(SettingsTest.this::read).hasMessage("HH1_BACKEND=cloudflare needs CLOUDFLARE_API_TOKEN");
        }

        @Test
        void anS3OfThisMachineIsNoUse() {
            complete();
            environment.put("S3_ENDPOINT", "http://localhost:9000");

            assertThatThrownBy(SettingsTest.this::read)
                    .hasMessageContaining("S3_ENDPOINT is an address of this machine");
        }

        @Test
        void anHalfNamedS3IsNamed() {
            complete();
            environment.remove("AWS_SECRET_ACCESS_KEY");

            assertThatThrownBy(SettingsTest.this::read).hasMessage("a real S3 also needs AWS_SECRET_ACCESS_KEY");
        }

        @Test
        void anEndpointMustBeAnAddress() {
            complete();
            environment.put("S3_ENDPOINT", "s3.example.com");

            assertThatThrownBy(SettingsTest.this::read).hasMessageContaining("S3_ENDPOINT must be a URL");
        }

        @Test
        void completeSettingsAreTakenAndSecretsNotPrinted() throws Exception {
            complete();

            assertThat(read().s3()).hasValueSatisfying(s3 -> {
                assertThat(s3.region()).isEqualTo("us-east-1");
                assertThat(s3.toString()).contains("photos").doesNotContain("secret");
            });
        }
    }
}
