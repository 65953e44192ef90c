package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 26c: a message that its upstream knows by a name is known again, and a different request is a different key. */
class RequestKeysTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    /** One message, and one that differs from it in the last header only, as Camel's consumers set them. */
    record Upstream(Map<String, Object> one, Map<String, Object> other) {
        static Upstream of(Map<String, Object> common, String header, Object one, Object other) {
            return new Upstream(with(common, header, one), with(common, header, other));
        }

        private static Map<String, Object> with(Map<String, Object> common, String header, Object value) {
            var all = new HashMap<>(common);
            all.put(header, value);
            return all;
        }
    }

    static Stream<Upstream> upstreams() {
        Map<String, Object> file = Map.of(
                "CamelFileAbsolutePath", "/in/cat.png", Exchange.FILE_LENGTH, 120L, Exchange.FILE_LAST_MODIFIED, 7L);
        Map<String, Object> s3 = Map.of("CamelAwsS3BucketName", "photos", "CamelAwsS3Key", "cat.png");
        return Stream.concat(brokers(), objects(file, s3));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** By the constants of Camel 4.18. */
    private static Stream<Upstream> brokers() {
        Map<String, Object> event = Map.of(
                "CamelAzureEventHubsPartitionId", "0", "CamelAzureEventHubsEnqueuedTime", Instant.ofEpochSecond(7));
        String ack = "$JS.ACK.videos.worker.%d.%d.7.1700000000000000000.0";
        return Stream.of(
                Upstream.of(Map.of(), "CamelAwsSqsMessageId", "a", "b"),
                Upstream.of(Map.of("CamelAwsSqsReceiptHandle", "r"), "CamelAwsSqsMessageId", "a", "b"),
                Upstream.of(Map.of(), "CamelGooglePubsubMessageId", "1", "2"),
                Upstream.of(Map.of(), "CamelAzureServiceBusMessageId", "a", "b"),
                Upstream.of(
                        Map.of("CamelAzureServiceBusEnqueuedTime", OffsetDateTime.parse("2026-11-01T10:00:00Z")),
                        "CamelAzureServiceBusSequenceNumber",
                        1L,
                        2L),
                Upstream.of(event, "CamelAzureEventHubsSequenceNumber", 1L, 2L),
                Upstream.of(
                        Map.of("CamelAzureEventHubsPartitionId", "0", "CamelAzureEventHubsSequenceNumber", 1L),
                        "CamelAzureEventHubsEnqueuedTime",
                        Instant.ofEpochSecond(7),
                        Instant.ofEpochSecond(8)),
                Upstream.of(Map.of(), "CamelAzureStorageQueueMessageId", "a", "b"),
                Upstream.of(Map.of(), "CamelSpringRabbitmqMessageId", "a", "b"),
                Upstream.of(Map.of("CamelAwsKinesisShardId", "shard-1"), "CamelAwsKinesisSequenceNumber", "495", "496"),
                Upstream.of(
                        Map.of("topic_name", "persistent://t"), "message_id", new PulsarId(1, 2), new PulsarId(1, 3)),
                Upstream.of(Map.of(), "CamelNatsReplyTo", ack.formatted(1, 41), ack.formatted(1, 42)));
    }

    /** Stands for Pulsar's MessageIdImpl, whose text is its numbers. */
    record PulsarId(long ledger, long entry) {}

    private static Stream<Upstream> objects(Map<String, Object> file, Map<String, Object> s3) {
        return Stream.of(
                Upstream.of(file, "CamelFileAbsolutePath", "/in/dog.png", "/in/cow.png"),
                Upstream.of(file, Exchange.FILE_LENGTH, 121L, 122L),
                Upstream.of(file, Exchange.FILE_LAST_MODIFIED, 8L, 9L),
                Upstream.of(file, "CamelFileHost", "ftp.one.example", "ftp.two.example"),
                Upstream.of(Map.of(), "JMSMessageID", "ID:host-1", "ID:host-2"),
                Upstream.of(Map.of(), "JMSMessageID", bytes("ID:host-1"), bytes("ID:host-2")),
                Upstream.of(Map.of(), "JMSMessageID", new byte[] {1, -1}, new byte[] {2, -1}),
                Upstream.of(Map.of("kafka.TOPIC", "t", "kafka.PARTITION", 1), "kafka.OFFSET", 41L, 42L),
                Upstream.of(Map.of("kafka.TOPIC", "t", "kafka.OFFSET", 41L), "kafka.PARTITION", 1, 2),
                Upstream.of(Map.of("kafka.PARTITION", 1, "kafka.OFFSET", 41L), "kafka.TOPIC", "t", "u"),
                Upstream.of(s3, "CamelAwsS3ETag", "a", "b"),
                Upstream.of(s3, "CamelAwsS3Key", "dog.png", "cow.png"),
                new Upstream(
                        Map.of("CamelAwsS3BucketName", "photos", "CamelAwsS3Key", "cat.png|a"),
                        Upstream.with(s3, "CamelAwsS3ETag", "a")));
    }

    @Nested
    class AMessageOfAnUpstreamId {
        @ParameterizedTest
        @MethodSource("io.github.camelhh1.paidonce.RequestKeysTest#upstreams")
        void isPaidOnceHoweverOftenItIsDeliveredAndAnotherIsAnother(Upstream upstream) {
            String video = LedgerClient.made(CAMEL.send("", LEDGER.sample(upstream.one())))
                    .getBody(String.class);
            for (int delivery = 2; delivery <= 3; delivery++) {
                var again = LedgerClient.replayed(CAMEL.send("", LEDGER.sample(upstream.one())));
                assertThat(again.getBody()).isEqualTo(video);
            }
            assertThat(LedgerClient.made(CAMEL.send("", LEDGER.sample(upstream.other())))
                            .getBody())
                    .isNotEqualTo(video);
            assertThat(CAMEL.simulator().charges()).isEqualTo(2);
        }

        /** The number of the delivery is no part of it. */
        @Test
        void ofJetStreamIsTheSameInEachDeliveryAndInBothFormsOfTheSubject() {
            for (String domain : List.of("", "hub.acc.")) {
                for (int delivery = 1; delivery <= 3; delivery++) {
                    CAMEL.send(
                                    "",
                                    LEDGER.sample(Map.of(
                                            "CamelNatsReplyTo",
                                            "$JS.ACK." + domain + "videos.worker." + delivery + ".41.7.17000.0")))
                            .video();
                }
            }
            assertThat(CAMEL.simulator().charges()).isEqualTo(2);
        }

        @Test
        void isAnotherRequestWithAnotherPromptAndNoFalseReuse() {
            for (int round = 0; round < 2; round++) {
                for (String prompt : List.of("rain", "snow")) {
                    CAMEL.send("", LEDGER.sample(Map.of("JMSMessageID", "ID:1", Hh1Constants.PROMPT, prompt)))
                            .video();
                }
            }
            assertThat(CAMEL.simulator().charges("rain")).isEqualTo(1);
            assertThat(CAMEL.simulator().charges("snow")).isEqualTo(1);
        }

        /** S3, Cloudflare Images, Tencent COS, Huawei OBS. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X-Amz-Date=%1$s&X-Amz-Signature=%1$s",
                    "exp=%1$s&sig=%1$s",
                    "q-sign-algorithm=sha1&q-ak=a&q-sign-time=%1$s&q-key-time=%1$s&q-signature=%1$s",
                    "AccessKeyId=%1$s&Expires=%1$s&x-obs-security-token=%1$s&Signature=%1$s"
                })
        void isTheSameRequestWhenItsLinkIsSignedAnew(String query) {
            for (String signature : List.of("one", "two", "three")) {
                CAMEL.send("", exchange -> {
                            exchange.getMessage().setHeader("JMSMessageID", "ID:1");
                            exchange.getMessage()
                                    .setBody(CAMEL.simulator().sampleImageUrl() + "?" + query.formatted(signature));
                        })
                        .video();
            }
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }

        @Test
        void isKnownUnderAnExplicitKeyToo() {
            for (String signature : List.of("one", "two")) {
                CAMEL.send("", exchange -> {
                            exchange.getMessage().setHeader(Hh1Constants.REQUEST_KEY, "order-1");
                            exchange.getMessage()
                                    .setBody(CAMEL.simulator().sampleImageUrl() + "?sig=" + signature + "&se=" + 9);
                        })
                        .video();
            }
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }
    }

    @Nested
    class AFileOfARealConsumer {
        @TempDir
        private Path directory;

        private final List<Exchange> ended = new CopyOnWriteArrayList<>();

        /** Delivers the file again and again until it was delivered so often in all; a poll may find it still at work. */
        private void deliver(String prompt, int inAll) throws Exception {
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("file:" + directory + "?noop=true&idempotent=false&initialDelay=0&delay="
                                    + (30 + ended.size()))
                            .routeId("delivery " + inAll)
                            .setHeader(Hh1Constants.PROMPT, constant(prompt))
                            .to("hh1:generate?inlineImages=true")
                            .process(ended::add);
                }
            });
            await().atMost(TestContext.LIMIT).until(() -> ended.size() >= inAll);
            CAMEL.context().getRouteController().stopRoute("delivery " + inAll);
        }

        @Test
        void isPaidOncePerPrompt() throws Exception {
            Files.write(directory.resolve("cat.png"), Images.png());
            deliver("rain", 3);
            deliver("snow", ended.size() + 2);
            assertThat(ended).allMatch(exchange -> exchange.getException() == null);
            assertThat(CAMEL.simulator().charges("rain")).isEqualTo(1);
            assertThat(CAMEL.simulator().charges("snow")).isEqualTo(1);
        }

        @Test
        void thatIsDroppedAgainWithOtherContentIsAnother() throws Exception {
            Path file = directory.resolve("cat.png");
            Files.write(file, Images.png());
            deliver("rain", 1);
            Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
            deliver("rain", ended.size() + 1);
            assertThat(CAMEL.simulator().charges()).isEqualTo(2);
        }
    }
}
