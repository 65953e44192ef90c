package io.github.camelhh1.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.http.AddressRule;
import io.github.camelhh1.http.HostNames;
import io.github.camelhh1.http.HttpSettings;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.lookup.Lookup.Finding;
import io.github.camelhh1.lookup.Lookup.SentCall;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.gateway.Gateway;
import io.github.camelhh1.simulator.gateway.LogPlan;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of the gateway's logs, over HTTP. Row 47. */
class CloudflareLookupTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String OWN = "{\"hh1run\":\"own\"}";
    private static final String VIDEO = "https://v.example/own.mp4";
    private static final String SUCCESS =
            "{\"state\":\"Completed\",\"result\":{\"video\":\"" + VIDEO + "\"},\"gatewayMetadata\":{}}";
    private static final String REFUSAL = "{\"success\":false,\"error\":[{\"code\":2021,"
            + "\"message\":\"Insufficient credits\"}],\"internalCode\":2021}";

    private final Hh1Simulator service = Hh1Simulator.builder().rendering(false).start();
    private final Gateway gateway = service.gateway();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final HttpTransport http = new HttpTransport(
            new HttpSettings(4, LIMIT, null, null, AddressRule.ANY, Thread::new),
            new HostNames(HostNames.Resolver.SYSTEM, Runnable::run),
            Runnable::run);
    private final CloudflareLookup lookup = lookup(null, service.apiKey());

    private CloudflareLookup lookup(String logsKey, String key) {
        var account = new CloudflareAccount(
                URI.create(service.baseUrl() + "/accounts/" + service.account() + "/ai/run"),
                null,
                true,
                "alibaba/hh1-i2v");
        var still = new Timers() {
            @Override
            public CompletableFuture<Boolean> after(Duration delay) {
                return new CompletableFuture<>();
            }

            @Override
            public long nanoTime() {
                return 0;
            }
        };
        return new CloudflareLookup(
                http,
                account,
                logsKey,
                () -> CompletableFuture.completedFuture(key),
                still,
                Clock.systemUTC(),
                warnings::add);
    }

    @AfterEach
    void close() {
        http.close();
        service.close();
    }

    private Finding look() {
        return look(Duration.ofSeconds(2), null);
    }

    private Finding look(Duration age, String logId) {
        return lookup.look(new SentCall("own", logId, age))
                .toCompletableFuture()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static LogPlan own(int status, String body) {
        return LogPlan.row(status, body).withMetadata(OWN);
    }

    private static String link(Finding finding) {
        return ((Outcome.Completed) finding.outcome()).completion().videoUrl();
    }

    @Nested
    class WhenTheCallHasASuccess {
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void itsVideoIsFound(boolean metadataAsObjects) {
            gateway.add(own(200, SUCCESS));
            if (metadataAsObjects) {
                gateway.metadataAsObjects();
            }

            Finding finding = look();

            assertThat(link(finding)).isEqualTo(VIDEO);
            assertThat(finding.outcome().trace().ids().logId()).isEqualTo("01STRANGER1");
        }

        @Test
        void itsVideoIsFoundInTheEnvelopeToo() {
            gateway.add(own(200, "{\"result\":" + SUCCESS + ",\"success\":true,\"errors\":[],\"messages\":[]}"));

            assertThat(link(look())).isEqualTo(VIDEO);
        }

        @Test
        void aFailureBeforeItDoesNotCount() {
            gateway.add(own(402, REFUSAL).and(own(200, SUCCESS)));
            gateway.add(own(504, "late"));

            assertThat(link(look())).isEqualTo(VIDEO);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "{}", "{\"state\":\"Completed\",\"result\":{}}", "<html>", "{\"state\":\"Failed\"}"})
        void aSuccessWithoutALinkIsUnknownAndNamesItsRecord(String body) {
            gateway.add(own(200, body));

            Finding finding = look();

            assertThat(finding.outcome()).isInstanceOf(Outcome.Unknown.class);
            assertThat(((Outcome.Unknown) finding.outcome()).reason()).contains("is billed", "no video");
            assertThat(finding.outcome().trace().ids().logId()).isEqualTo("01STRANGER1");
            assertThat(finding.believable()).isTrue();
        }

        @Test
        void aBodyThatWasNotKeptIsTheSame() {
            gateway.add(own(200, SUCCESS).withoutPayload());

            Finding finding = look();

            assertThat(finding.outcome()).isInstanceOf(Outcome.Unknown.class);
            assertThat(finding.believable()).isTrue();
        }

        @Test
        void aBodyThatCannotBeReadNowSaysNothing() {
            gateway.add(own(200, SUCCESS)).failNext(0, 503);

            assertThat(look()).isEqualTo(Finding.NOTHING);
            assertThat(link(look())).isEqualTo(VIDEO);
        }
    }

    @Nested
    class WhenTheRecordsAreOfOthers {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "{\"hh1run\":\"other\"}",
                    "{\"hh1run\":\"own \"}",
                    "{\"hh1run\":{\"own\":1}}",
                    "{\"other\":\"own\"}",
                    "own",
                    "[\"own\"]"
                })
        void aStrangersRowIsNeverTaken(String metadata) {
            gateway.add(LogPlan.row(200, SUCCESS).withMetadata(metadata));

            assertThat(look()).isEqualTo(Finding.NOTHING);
            assertThat(look(Duration.ofHours(1), "01STRANGER1")).isEqualTo(Finding.NOTHING);
            assertThat(warnings).isEmpty();
        }

        /** The service ignores filters of a form that it does not know. */
        @Test
        void aRowOfAnotherRunIsNeverTakenWhereTheFilterIsIgnored() {
            gateway.ignoreFilters();
            gateway.add(LogPlan.row(200, SUCCESS).withMetadata("{\"hh1run\":\"other\"}"));

            assertThat(look()).isEqualTo(Finding.NOTHING);
        }

        @Test
        void theOwnRowIsFoundOnALaterPage() {
            gateway.ignoreFilters();
            gateway.add(own(200, SUCCESS));
            for (int i = 0; i < 120; i++) {
                gateway.add(LogPlan.row(200, SUCCESS.replace("own", "other"))
                        .withMetadata("{\"hh1run\":\"other" + i + "\"}"));
            }

            assertThat(link(look())).isEqualTo(VIDEO);
        }
    }

    @Nested
    class WhenTheCallHasAFailure {
        @Test
        void aRefusalIsToBeBelievedLater() {
            gateway.add(own(402, REFUSAL));

            Finding finding = look();

            assertThat(finding.outcome()).isInstanceOf(Outcome.Rejected.class);
            assertThat(((Outcome.Rejected) finding.outcome()).account()).isTrue();
            assertThat(finding.believable()).isTrue();
            assertThat(finding.rows()).containsExactly("01STRANGER1");
        }

        @Test
        void aRefusalFollowedByAnotherFailureIsUnknown() {
            gateway.add(own(402, REFUSAL).and(own(504, "late")));

            Finding finding = look();

            assertThat(finding.outcome()).isInstanceOf(Outcome.Unknown.class);
            assertThat(finding.believable()).isFalse();
            assertThat(finding.rows()).hasSize(2);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "504|<html>late</html>",
                    "429|{\"success\":false,\"errors\":[{\"code\":2003,\"message\":\"Rate limited\"}]}",
                    "429|",
                    "400|no code",
                    "403|",
                    "408|{\"success\":false,\"errors\":[{\"code\":3007,\"message\":\"Timeout\"}]}",
                    "424|{\"success\":false,\"errors\":[{\"code\":2017,\"message\":\"Response blocked\"}]}",
                    "0|"
                })
        void anyOtherIsUnknown(int status, String body) {
            gateway.add(own(status, body == null ? "" : body));

            Finding finding = look();

            assertThat(finding.outcome()).isInstanceOf(Outcome.Unknown.class);
            assertThat(finding.believable()).isFalse();
        }
    }

    @Nested
    class WhenThereIsNoRow {
        @Test
        void nothingIsKnown() {
            gateway.add(LogPlan.row(200, SUCCESS));

            assertThat(look()).isEqualTo(Finding.NOTHING);
            assertThat(look(Duration.ofHours(1), null)).isEqualTo(Finding.NOTHING);
            assertThat(lookup.isOver()).isFalse();
        }

        @Test
        void theOneThatTheAnswerNamedIsRead() {
            gateway.hideFromLists();
            gateway.add(own(200, SUCCESS));

            assertThat(look()).isEqualTo(Finding.NOTHING);
            assertThat(link(look(Duration.ofSeconds(2), "01STRANGER1"))).isEqualTo(VIDEO);
        }

        /** The new log system of accounts since 2026-09-24. */
        @Test
        void andNoneOfAnyCallLongAfterItsEndLookUpsEnd() {
            gateway.newLogSystem();

            assertThat(look(Duration.ofMinutes(19), null)).isEqualTo(Finding.NOTHING);
            assertThat(lookup.isOver()).isFalse();
            assertThat(look(Duration.ofMinutes(20), null)).isEqualTo(Finding.NOTHING);

            assertThat(lookup.isOver()).isTrue();
            assertThat(warnings).singleElement().asString().contains("Workers Observability");
        }
    }

    @Nested
    class WhenTheLogsCannotBeRead {
        @ParameterizedTest
        @ValueSource(ints = {401, 403})
        void lookUpsEndAndThePermissionIsNamed(int status) {
            gateway.failNext(status);

            assertThat(look()).isEqualTo(Finding.NOTHING);
            assertThat(lookup.isOver()).isTrue();
            assertThat(warnings).singleElement().asString().contains("AI Gateway Read", "logsApiKey");
        }

        @ParameterizedTest
        @ValueSource(ints = {429, 500, 503, 404, 200})
        void itIsTriedAgain(int status) {
            gateway.add(own(200, SUCCESS)).failNext(status);

            assertThat(look()).isEqualTo(Finding.NOTHING);
            assertThat(lookup.isOver()).isFalse();
            assertThat(link(look())).isEqualTo(VIDEO);
        }

        @Test
        void aHostThatIsGoneSaysNothing() {
            service.refuseConnections();

            assertThat(look()).isEqualTo(Finding.NOTHING);
        }

        @Test
        void aTokenOfItsOwnIsUsed() {
            gateway.acceptOnly("logs-key").add(own(200, SUCCESS));

            var found = lookup("logs-key", service.apiKey())
                    .look(new SentCall("own", null, Duration.ofSeconds(2)))
                    .toCompletableFuture()
                    .join();

            assertThat(link(found)).isEqualTo(VIDEO);
        }
    }

    @Nested
    class WhenTheSettingsAreRead {
        private void begin() {
            lookup.begin(service.apiKey());
            lookup.begin(service.apiKey());
            await().atMost(LIMIT)
                    .until(() -> !warnings.isEmpty() || gateway.asked().size() > 0);
            // Another question and its answer: the first one's answer was read before.
            look();
            assertThat(gateway.asked())
                    .filteredOn(path -> path.endsWith("/gateways/default"))
                    .hasSize(1);
        }

        @Test
        void aGatewayThatRepeatsRequestsIsWarnedOf() {
            gateway.settings(true, 3);
            begin();

            await().atMost(LIMIT).until(() -> !warnings.isEmpty());
            assertThat(warnings).singleElement().asString().contains("retry_max_attempts");
            assertThat(lookup.isOver()).isFalse();
        }

        @Test
        void aRefusalIsNeverBelievedWhereTheGatewayRepeatsRequests() {
            gateway.settings(true, 3).add(own(402, REFUSAL));
            begin();
            await().atMost(LIMIT).until(() -> !warnings.isEmpty());

            assertThat(look().outcome()).isInstanceOf(Outcome.Rejected.class);
            assertThat(look().believable()).isFalse();
        }

        @Test
        void aGatewayWithoutLogsEndsLookUps() {
            gateway.settings(false, 1);
            begin();

            await().atMost(LIMIT).until(lookup::isOver);
            assertThat(warnings).singleElement().asString().contains("collect_logs");
        }
    }
}
