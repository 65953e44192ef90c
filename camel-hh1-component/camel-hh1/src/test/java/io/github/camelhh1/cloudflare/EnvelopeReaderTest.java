package io.github.camelhh1.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.http.HttpResult.Answer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 12: every shape of answer. */
class EnvelopeReaderTest {
    private static final String KEY = "canary-key";
    private static final String VIDEO = "https://v.example/1.mp4?sig=secret";

    private static Outcome read(int status, Map<String, String> headers, String text) {
        return new EnvelopeReader(InstantSource.system()).read(new Answer(status, headers, text), KEY);
    }

    private static Outcome read(int status, String text) {
        return read(status, Map.of(), text.replace('\'', '"').replace("VIDEO", VIDEO));
    }

    private static String reason(Outcome outcome) {
        return outcome instanceof Outcome.Unknown unknown
                ? unknown.reason()
                : outcome instanceof Outcome.Throttled throttled
                        ? throttled.reason()
                        : ((Outcome.Rejected) outcome).reason();
    }

    @Nested
    class ACompletedRun {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'state':'Completed','result':{'video':'VIDEO'},'gatewayMetadata':{'keySource':'BYOK'}}",
                    "{'result':{'state':'Completed','result':{'video':'VIDEO'},'gatewayMetadata':{'keySource':'BYOK'}},"
                            + "'success':true,'errors':[],'messages':[]}",
                    "{'result':{'state':'Completed','result':{'video':'VIDEO','fps':24},'gatewayMetadata':"
                            + "{'keySource':'BYOK','x':null}},'success':true,'errors':null,'messages':null,'more':{}}",
                    "{'success':null,'state':'Completed','result':{'video':'VIDEO'},'error':null,"
                            + "'gatewayMetadata':{'keySource':'BYOK'}}"
                })
        void isReadInEitherEnvelope(String text) {
            assertThat(read(200, text)).isInstanceOfSatisfying(Outcome.Completed.class, completed -> {
                assertThat(completed.completion().videoUrl()).isEqualTo(VIDEO);
                assertThat(completed.completion().state()).isEqualTo("Completed");
                assertThat(completed.completion().keySource()).isEqualTo("BYOK");
                assertThat(completed.trace().attempts()).isEqualTo(1);
            });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'state':'Completed','result':{'video':'VIDEO'}}",
                    "{'state':'Completed','result':{'video':'VIDEO'},'gatewayMetadata':null}",
                    "{'state':'Completed','result':{'video':'VIDEO'},'gatewayMetadata':{'keySource':null}}",
                    "{'state':'Completed','result':{'video':'VIDEO'},'gatewayMetadata':[1]}"
                })
        void needsNoKeySource(String text) {
            assertThat(((Outcome.Completed) read(200, text)).completion().keySource())
                    .isNull();
        }

        @Test
        void keepsWhatTheServiceSaysOfTheCall() {
            var headers = Map.of("cf-ray", "r\u0007ay", "cf-aig-log-id", "log", "cf-aig-cache-status", "MISS");
            var trace = read(200, headers, "{\"state\":\"Completed\",\"result\":{\"video\":\"" + VIDEO + "\"}}")
                    .trace();

            assertThat(trace.ids().rayId()).isEqualTo("r ay");
            assertThat(trace.ids().logId()).isEqualTo("log");
            assertThat(trace.cacheStatus()).isEqualTo("MISS");
            assertThat(trace.ids().httpStatus()).isEqualTo(200);
        }
    }

    @Nested
    class AFailedRun {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'state':'Failed','error':{'code':'provider_unavailable','message':'down'}}",
                    "{'result':{'state':'Failed','error':{'code':'provider_unavailable','message':'down'}},'success':true}",
                    "{'state':'Failed','error':[{'code':'provider_unavailable','message':'down'}]}",
                    "{'state':'Failed','error':{'code':'provider_unavailable','message':'down'},'success':false}",
                    "{'result':{'state':'Failed','error':{'code':'provider_unavailable','message':'down'}},'success':false}"
                })
        void isToldFromARefusal(String text) {
            assertThat(read(200, text)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.trace().ids().code()).isEqualTo("provider_unavailable");
                assertThat(failed.reason()).contains("down");
            });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'state':'Failed','error':'Model execution failed (down)'}",
                    "{'result':{'state':'Failed','error':'Model execution failed (down)'},'success':true}",
                    "{'state':'failed','error':'Model execution failed (down)','success':false}"
                })
        void mayCallItsErrorByATextAlone(String text) {
            assertThat(read(200, text)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.trace().ids().code()).isNull();
                assertThat(failed.reason()).isEqualTo("Model execution failed (down)");
            });
        }

        @Test
        void needsNoError() {
            assertThat(read(200, "{'state':'Failed'}")).isInstanceOf(Outcome.Failed.class);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "424 | {'success':false,'errors':[{'code':2017,'message':'blocked'}]}",
                    "424 | {'success':false,'error':[{'code':2030,'message':'blocked'}],'internalCode':2030}",
                    "424 | 2017: blocked",
                    "200 | {'success':false,'errors':[{'code':'2030','message':'blocked'}]}"
                })
        void isOneWhoseResponseWasBlocked(int status, String text) {
            assertThat(read(status, text)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.trace().ids().code()).isIn("2017", "2030");
                assertThat(failed.reason()).contains("blocked").contains("HTTP status " + status);
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"2016", "2029"})
        void isNotOneWhoseRequestWasBlocked(String code) {
            assertThat(read(424, code + ": blocked")).isInstanceOf(Outcome.Rejected.class);
        }
    }

    @Nested
    class ARefusal {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "404 | {'success':false,'errors':[{'code':7003,'message':'gone'}]} | 7003",
                    "404 | {'success':false,'errors':[{'code':'7003','message':'gone'}]} | 7003",
                    "402 | {'success':false,'error':[{'code':2021,'message':'gone'}],'internalCode':2021} | 2021",
                    "402 | {'success':false,'error':{'code':2021,'message':'gone'}} | 2021",
                    "402 | {'success':false,'error':'gone','internalCode':2021} | 2021",
                    "402 | {'success':false,'error':'2021: gone'} | 2021",
                    "400 | {'errors':[],'error':{'code':5007,'message':'gone'}} | 5007",
                    "400 | {'errors':null,'error':[{'code':5007,'message':'gone'}]} | 5007",
                    "400 | 5007: gone | 5007",
                    "400 | Error: 5007: gone | 5007",
                    "400 | gone | ",
                    "400 | {'errors':[{'code':null,'message':'gone'}]} | ",
                    "400 | {'errors':[{'message':'gone'}],'internalCode':5007} | 5007",
                    "403 | {'errors':[{'code':10000,'message':'gone'},{'code':1,'message':'other'}]} | 10000"
                })
        void isReadInEveryShape(int status, String text, String code) {
            Outcome outcome = read(status, text);

            assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
            assertThat(outcome.trace().ids().code()).isEqualTo(code);
            assertThat(reason(outcome)).contains("gone").contains("HTTP status " + status);
        }

        @Test
        void underStatus200GoesByItsCode() {
            assertThat(read(200, "{'success':false,'errors':[{'code':7003,'message':'Too many requests'}]}"))
                    .isInstanceOf(Outcome.Throttled.class);
            assertThat(read(200, "{'success':false,'errors':[{'code':10000,'message':'no'}]}"))
                    .isInstanceOf(Outcome.Rejected.class);
            assertThat(read(200, "{'success':false,'errors':[{'code':7003,'message':'no'}]}"))
                    .isInstanceOf(Outcome.Unknown.class);
            assertThat(read(200, "{'success':false}")).isInstanceOf(Outcome.Unknown.class);
        }

        @Test
        void keepsTheDelayItAsksFor() {
            assertThat(read(429, Map.of("retry-after", "7"), ""))
                    .isInstanceOfSatisfying(Outcome.Throttled.class, throttled -> assertThat(throttled.retryAfter())
                            .isEqualTo(Duration.ofSeconds(7)));
        }
    }

    @Nested
    class ATextThatIsNoAnswer {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "   ",
                    "null",
                    "[]",
                    "\"text\"",
                    "12",
                    "{",
                    "{'state':'Completed'",
                    "{'state':'Completed','result':{'video':'VIDEO'}} trailing",
                    "{'state':'Completed','result':{'video':null}}",
                    "{'state':'Completed','result':{'video':['VIDEO']}}",
                    "{'state':'Completed','result':{'video':''}}",
                    "{'state':'Completed','result':{'video':'ftp://v.example/1.mp4'}}",
                    "{'state':'Completed','result':{'video':'//v.example/1.mp4'}}",
                    "{'state':'Completed','result':{'video':'https://v example/a'}}",
                    "{'state':'Completed','result':'VIDEO'}",
                    "{'state':'Completed','result':null}",
                    "{'state':'Running'}",
                    "{'state':7}",
                    "{'result':{'state':'Queued','result':{}},'success':true}",
                    "<html><body>Just a moment…</body></html>"
                })
        void isUnknownUnderStatus200(String text) {
            assertThat(read(200, text)).isInstanceOf(Outcome.Unknown.class);
        }

        @ParameterizedTest
        @ValueSource(ints = {500, 502, 520, 524, 408})
        void isUnknownUnderAStatusOfDoubt(int status) {
            assertThat(read(status, "<html>error</html>")).isInstanceOf(Outcome.Unknown.class);
            assertThat(read(status, "{'state':'Failed','error':{'code':'x'}}")
                            .trace()
                            .ids()
                            .httpStatus())
                    .isEqualTo(status);
        }
    }

    @Nested
    class WhateverItSays {
        @Test
        void theKeyIsNotRepeated() {
            Outcome outcome = read(401, "{'errors':[{'code':10000,'message':'bad token " + KEY + "'}]}");

            assertThat(outcome.toString()).doesNotContain(KEY).contains("***");
            assertThat(read(500, Map.of("cf-ray", KEY, "cf-aig-log-id", "a" + KEY), "")
                            .toString())
                    .doesNotContain(KEY);
        }

        @Test
        void theReasonIsShortAndOneLine() {
            String reason = reason(read(400, "5007: " + "line\r\n\u001b[31m".repeat(1_000)));

            assertThat(reason).hasSizeLessThan(600).doesNotContain("\n", "\r", "\u001b");
        }
    }
}
