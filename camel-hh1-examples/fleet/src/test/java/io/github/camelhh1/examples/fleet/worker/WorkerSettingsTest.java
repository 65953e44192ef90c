package io.github.camelhh1.examples.fleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The required environment, and the messages of the worker if a part of it is missing. */
class WorkerSettingsTest {
    static Map<String, String> complete() {
        return new HashMap<>(Map.of(
                "FLEET_QUEUE", "photos",
                "S3_IN", "my-photos",
                "S3_OUT", "my-videos",
                "FLEET_LEDGER", "jdbc:postgresql://ledger/hh1",
                "CLOUDFLARE_ACCOUNT_ID", "0123",
                "CLOUDFLARE_API_TOKEN", "secret"));
    }

    @Test
    void theRestHasDefaults() {
        WorkerSettings settings = WorkerSettings.read(complete()::get);

        assertThat(settings.queues().failed()).isEqualTo("photos-failed");
        assertThat(settings.times().visibility()).isEqualTo(Duration.ofSeconds(120));
        assertThat(settings.inFlight()).isEqualTo(20);
    }

    @Test
    void everythingThatIsMissingIsToldAtOnce() {
        assertThatThrownBy(() -> WorkerSettings.read(name -> null))
                .hasMessageContaining("FLEET_QUEUE is not set")
                .hasMessageContaining("S3_IN")
                .hasMessageContaining("FLEET_LEDGER is not set")
                .hasMessageContaining("CLOUDFLARE_ACCOUNT_ID is not set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FLEET_VISIBILITY        | 30                                 | above 30 seconds, the lease",
                "FLEET_VISIBILITY        | two minutes                        | a whole number from 1 to 43200",
                "FLEET_TRIES             | 2                                  | above FLEET_GENERATION_TIMEOUT",
                "FLEET_SHUTDOWN_TIMEOUT  | 1020                               | above FLEET_GENERATION_TIMEOUT + FLEET_LOOKUP_TIMEOUT (1020",
                "FLEET_LOOKUP_TIMEOUT    | 180                                | FLEET_SHUTDOWN_TIMEOUT must be above",
                "FLEET_IN_FLIGHT         | 0                                  | from 1 to 5000",
                "FLEET_HTTP_PORT         | 70000                              | from 1 to 65535",
                "FLEET_LEDGER            | jdbc:sqlite:hh1.db                 | all workers share",
                "FLEET_LEDGER            | jdbc:postgresql://l/h?password=abc | FLEET_LEDGER_PASSWORD",
                "FLEET_LATE_AFTER        | 120                                | above FLEET_VISIBILITY",
                "FLEET_SOURCE            | kafka                              | use sqs (the default) or postgresql",
                "FLEET_SOURCE            | postgresql                         | FLEET_QUEUE is not used with",
                "SQS_ENDPOINT            | sqs.example.com                    | must be a URL",
                "S3_OUT                  | my-photos                          | must be two buckets",
                "HH1_BACKEND             | simulator                          | is unknown",
                "HH1_BACKEND             | modelstudio                        | DASHSCOPE_API_KEY is not set",
            })
    void aWrongOneIsToldWithItsRule(String variable, String value, String rule) {
        Map<String, String> environment = complete();
        environment.put(variable, value);

        assertThatThrownBy(() -> WorkerSettings.read(environment::get))
                .hasMessageContaining(variable)
                .hasMessageContaining(rule)
                .hasMessageNotContaining("abc");
    }

    @Test
    void withTheDatabaseAloneNoQueueAndNoBucketIsNeeded() {
        Map<String, String> environment = complete();
        environment.keySet().removeAll(List.of("FLEET_QUEUE", "S3_IN", "S3_OUT"));
        environment.put("FLEET_SOURCE", "postgresql");

        WorkerSettings settings = WorkerSettings.read(environment::get);

        assertThat(settings.s3()).isEmpty();
        assertThat(settings.queues().tries()).isEqualTo(10);
    }

    @Test
    void withTasksOneNodeHasAsManyInFlightAsTheServiceAllows() {
        Map<String, String> environment = complete();
        environment.put("HH1_BACKEND", "modelstudio");
        environment.put("DASHSCOPE_API_KEY", "sk-1");
        environment.put("HH1_REGION", "beijing");

        WorkerSettings settings = WorkerSettings.read(environment::get);

        assertThat(settings.inFlight()).isEqualTo(5);
        assertThat(settings.backend().options())
                .containsEntry("backend", "modelstudio")
                .containsEntry("region", "beijing");
    }

    @Test
    void theProgramEndsWithStatusTwo() {
        assertThat(FleetWorker.run(name -> null)).isEqualTo(FleetWorker.WRONG_SETTINGS);
    }
}
