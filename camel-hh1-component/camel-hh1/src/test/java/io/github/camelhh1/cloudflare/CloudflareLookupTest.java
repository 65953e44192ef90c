package io.github.camelhh1.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.fixture.StillTimers;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.http.AddressRule;
import io.github.camelhh1.http.HostNames;
import io.github.camelhh1.http.HttpSettings;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.lookup.Lookup.Finding;
import io.github.camelhh1.lookup.Lookup.SentCall;
import io.github.camelhh1.lookup.LookupPace;
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
    private final StillTimers still = new StillTimers(Duration.ZERO);
    private final LookupPace pace = new LookupPace(still);
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
        var logs = new GatewayLogs(
                http,
                account.gatewayUri(),
                still,
                pace,
                Clock.systemUTC(),
                problem -> warnings.add(String.valueOf(problem)));
        return new CloudflareLookup(
                logs, logsKey, () -> CompletableFuture.completedFuture(key), still, Clock.systemUTC());
    }

    private void pass(Duration time) {
        still.now += time.toNanos();
    }

    @AfterEach
    void close() {
        http.close();
        service.close();
    }

    private Finding look() {
        return look(lookup);
    }

    private Finding look(Duration age, String logId) {
        return look(lookup, age, logId);
    }

    private static Finding look(CloudflareLookup lookup) {
        return look(lookup, Duration.ofSeconds(2), null);
    }

    private static Finding look(CloudflareLookup lookup, Duration age, String logId) {
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

        /** Only codes that the service documents as refusals give money back. */
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "400|5004|true",
                    "402|2021|true",
                    "403|10000|true",
                    "424|2016|true",
                    "400|7003|true",
                    // No status: 7003 with status 200 may have run.
                    "0|7003|false",
                    "400|4711|false",
                    "401|9109|false",
                    "403|1234|false",
                    "404|7000|false",
                    "410|invalid_request|false",
                    "422|9999|false"
                })
        void onlyADocumentedCodeRefuses(int status, String code, boolean refuses) {
            gateway.add(own(status, "{\"success\":false,\"errors\":[{\"code\":\"" + code + "\",\"message\":\"no\"}]}"));

            Finding finding = look();

            assertThat(finding.outcome()).isInstanceOf(refuses ? Outcome.Rejected.class : Outcome.Unknown.class);
            assertThat(finding.believable()).isEqualTo(refuses);
        }

        /** A background look-up does not know the prompt, so that it could not take it out. */
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "504|a red fox|HTTP status 504",
                    "400|{\"success\":false,\"errors\":[{\"code\":4711,\"message\":\"bad prompt: a red fox\"}]}|HTTP status"
                            + " 400, code 4711",
                    "424|{\"success\":false,\"errors\":[{\"code\":2017,\"message\":\"a red fox\"}]}|HTTP status 424, code"
                            + " 2017",
                    "429|{\"error\":\"a red fox\"}|HTTP status 429",
                    "200|{\"state\":\"a red fox\"}|is billed",
                    "200|a red fox|is billed"
                })
        void itsOwnWordsWhichMayQuoteThePromptAreNotTold(int status, String body, String told) {
            gateway.add(own(status, body));

            var unknown = (Outcome.Unknown) look().outcome();

            assertThat(unknown.reason()).contains(told).doesNotContain("fox");
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

            pass(Duration.ofHours(1));
            look();
            assertThat(lookup.isOver()).as("an empty list says nothing new").isTrue();
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

        /** A key that is being rotated. */
        @ParameterizedTest
        @ValueSource(ints = {401, 403})
        void theyAreTriedAgainAfterAnHourAndGoOn(int status) {
            gateway.add(own(200, SUCCESS)).failNext(status, status);
            look();
            assertThat(lookup.pause()).isEqualTo(Duration.ofHours(1));

            pass(Duration.ofHours(1));
            assertThat(lookup.pause()).isZero();
            assertThat(lookup.isOver()).as("nobody waits for a trial").isTrue();
            assertThat(look()).isEqualTo(Finding.NOTHING);
            assertThat(lookup.pause()).isEqualTo(Duration.ofHours(1));

            pass(Duration.ofHours(1));
            assertThat(link(look())).isEqualTo(VIDEO);
            assertThat(lookup.isOver()).isFalse();
            assertThat(lookup.pause()).isZero();
            assertThat(warnings).hasSize(3).last().isEqualTo("null");
        }

        @Test
        void tooManyQuestionsEndTheQuestionsOfAllForAsLongAsTheServiceSays() {
            gateway.add(own(200, SUCCESS)).throttleNext(Duration.ofSeconds(90));

            assertThat(look()).isEqualTo(Finding.NOTHING);
            assertThat(lookup.pause()).isEqualTo(Duration.ofSeconds(90));
            int asked = gateway.asked().size();
            assertThat(lookup(null, service.apiKey()).pause()).isEqualTo(Duration.ofSeconds(90));
            assertThat(look()).isEqualTo(Finding.NOTHING);
            lookup.begin(service.apiKey());
            assertThat(gateway.asked()).hasSize(asked);

            pass(Duration.ofSeconds(90));
            assertThat(link(look())).isEqualTo(VIDEO);
            assertThat(warnings).isEmpty();
        }

        @Test
        void aServiceThatWantsADayOfRestGetsAnHour() {
            gateway.throttleNext(Duration.ofDays(1));
            look();

            assertThat(lookup.pause()).isEqualTo(Duration.ofHours(1));
        }

        @ParameterizedTest
        @ValueSource(ints = {500, 503, 404, 200})
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

            var found = look(lookup("logs-key", service.apiKey()));

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

        @ParameterizedTest
        @ValueSource(ints = {500, 404, 200})
        void manyCallsReadThemOnceAMinuteUntilTheyAreKnown(int status) {
            var other = lookup(null, service.apiKey());
            look(other);
            gateway.failSettings(status, status, status, status, status);

            assertThat(questionsOfTenCalls(other)).isEqualTo(1);
            pass(Duration.ofSeconds(59));
            assertThat(questionsOfTenCalls(other)).isZero();
            pass(Duration.ofSeconds(1));
            assertThat(questionsOfTenCalls(other)).isEqualTo(1);
        }

        /** The other one knows the settings: while it looks, a question of a call is asked and answered. */
        private long questionsOfTenCalls(CloudflareLookup other) {
            int before = gateway.asked().size();
            for (int i = 0; i < 10; i++) {
                lookup.begin(service.apiKey());
                look(other);
            }
            return gateway.asked().stream()
                    .skip(before)
                    .filter(path -> path.endsWith("/gateways/default"))
                    .count();
        }

        /** The service may be down for the one moment in which they are read. */
        @ParameterizedTest
        @ValueSource(ints = {500, 404, 200, 429})
        void aRefusalIsNotBelievedUntilTheyAre(int status) {
            gateway.failSettings(status).settings(true, 3).add(own(402, REFUSAL));

            assertThat(look().believable()).isFalse();
            pass(Duration.ofMinutes(2));
            assertThat(look().believable()).as("it repeats requests").isFalse();
            assertThat(warnings).singleElement().asString().contains("retry_max_attempts");
        }

        @Test
        void aRefusalIsBelievedOnceTheyAre() {
            gateway.failSettings(500).add(own(402, REFUSAL));

            assertThat(look().believable()).isFalse();
            assertThat(look().believable()).isTrue();
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
            // No look here: after the end it would be the hourly trial, which reads the settings again.
            lookup.begin(service.apiKey());

            await().atMost(LIMIT).until(lookup::isOver);
            assertThat(warnings).singleElement().asString().contains("collect_logs");

            pass(Duration.ofHours(1));
            look();
            assertThat(lookup.isOver()).as("as before").isTrue();
            gateway.settings(true, 1);
            pass(Duration.ofHours(1));
            look();
            assertThat(lookup.isOver()).isFalse();
        }
    }
}
