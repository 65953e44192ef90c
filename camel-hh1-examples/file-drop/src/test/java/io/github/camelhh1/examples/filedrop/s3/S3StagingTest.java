package io.github.camelhh1.examples.filedrop.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.staging.contract.StagingContract;
import io.github.camelhh1.staging.contract.StagingSite;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** {@code stagingUri=aws2-s3:…} as it is, against an S3 server over HTTP. */
class S3StagingTest extends StagingContract {
    private S3Site s3;

    @Override
    protected StagingSite open() throws Exception {
        s3 = new S3Site();
        return s3;
    }

    private Exchange send(String operation, String options, Consumer<Exchange> message) {
        return context.createProducerTemplate()
                .request("hh1:" + operation + "?" + s3.options() + options, message::accept);
    }

    /** A message as the consumer of aws2-s3 makes it. */
    private static void object(Exchange exchange, String bucket, String key, String eTag) {
        exchange.getMessage().setHeader(AWS2S3Constants.BUCKET_NAME, bucket);
        exchange.getMessage().setHeader(AWS2S3Constants.KEY, key);
        exchange.getMessage().setHeader(AWS2S3Constants.E_TAG, eTag);
    }

    private String lastImage() {
        var requests = simulator().requests();
        return requests.get(requests.size() - 1).image();
    }

    private static byte[] photo() {
        return png(5);
    }

    @Nested
    class AStagedImage {
        @Test
        void hasALinkThatOutlivesEveryAttemptAndDelay() throws Exception {
            generate(png(2));
            // 4 attempts of 15 min and 3 delays of 5 min, 15 min for who shares it, and 5 min for clocks that differ.
            assertThat(lastImage()).contains("X-Amz-Expires=" + (4 * 15 + 3 * 5 + 15 + 5) * 60);
        }

        @Test
        void liesInAFolderOfItsNodeUnderThePrefixOfTheEndpoint() throws Exception {
            String options = "stagingUri=RAW(aws2-s3:photos?autoCreateBucket=false&prefix=camel/in)";
            byte[] image = png(3);
            for (CamelContext node : new CamelContext[] {context, node()}) {
                Exchange exchange = node.createProducerTemplate()
                        .request("hh1:generate?" + options, e -> e.getMessage().setBody(image));
                assertThat(exchange.getException()).isNull();
            }
            assertThat(simulator().requests())
                    .extracting(request -> request.image().replaceAll("\\?.*", ""))
                    .doesNotHaveDuplicates()
                    .allMatch(link -> link.matches(".*/photos/camel/in/[0-9a-f-]{14,}/" + name(image)));
        }
    }

    @Nested
    class AnObjectOfTheBucket {
        @AfterEach
        void tidy() {
            s3.client().deleteObject(request -> request.bucket("photos").key("in/a b.png"));
        }

        private String put() {
            return s3.client()
                    .putObject(request -> request.bucket("photos").key("in/a b.png"), RequestBody.fromBytes(photo()))
                    .eTag();
        }

        @Test
        void isLinkedWhereItLies() throws Exception {
            String eTag = put();
            int puts = s3.puts();
            Exchange exchange = send("generate", "", e -> object(e, "photos", "in/a b.png", eTag));
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader(Hh1Constants.VIDEO_FILE_NAME))
                    .isEqualTo("a b.mp4");
            assertThat(lastImage()).contains("/photos/in/a%20b.png?").contains("X-Amz-Signature");
            assertThat(fetch(lastImage()).body()).isEqualTo(photo());
            assertThat(s3.puts()).isEqualTo(puts);
            assertThat(s3.images()).containsExactly("a b.png");
        }

        @Test
        void isTheSameRequestWhenItIsDeliveredAgainAndAnotherWhenItHasChanged() {
            String eTag = put();
            send("generate", "", e -> object(e, "photos", "in/a b.png", eTag));
            Exchange again = send("generate", "", e -> object(e, "photos", "in/a b.png", eTag.replace("\"", "")));
            assertThat(again.getException()).isNull();
            Exchange changed = send("generate", "", e -> object(e, "photos", "in/a b.png", "\"another\""));
            assertThat(changed.getMessage().getHeader(Hh1Constants.REPLAYED)).isEqualTo(false);
            Exchange repeated = send("generate", "", e -> object(e, "photos", "in/a b.png", "\"another\""));
            assertThat(repeated.getMessage().getHeader(Hh1Constants.REPLAYED)).isEqualTo(true);
        }

        @Test
        void isLinkedThoughItsContentWasReadOrAPromptIsTheBody() {
            String eTag = put();
            int puts = s3.puts();
            send("generate", "", e -> {
                object(e, "photos", "in/a b.png", eTag);
                e.getExchangeExtension().setFromEndpoint(context.getEndpoint("aws2-s3:photos"));
                e.getMessage().setHeader(AWS2S3Constants.CONTENT_LENGTH, (long) photo().length);
                e.getMessage().setBody(photo());
            });
            Exchange prompted = send("generate", "", e -> {
                object(e, "photos", "in/a b.png", eTag);
                e.getMessage().setBody("the tea steams");
            });
            assertThat(prompted.getException()).isNull();
            assertThat(simulator().requests()).hasSize(2).allSatisfy(request -> assertThat(request.image())
                    .contains("/in/a%20b.png?"));
            assertThat(simulator().requests().get(1).prompt()).isEqualTo("the tea steams");
            assertThat(s3.puts()).isEqualTo(puts);
        }

        @Test
        void givesWayToAnotherImageThatTheRouteMadeOfIt() {
            String eTag = put();
            for (Object body : new Object[] {png(6), new ByteArrayInputStream(png(7))}) {
                Exchange exchange = send("generate", "", e -> {
                    object(e, "photos", "in/a b.png", eTag);
                    e.getMessage().setHeader(AWS2S3Constants.CONTENT_LENGTH, 1L);
                    e.getMessage().setBody(body);
                });
                assertThat(exchange.getException()).isNull();
                assertThat(lastImage()).contains(".png?").doesNotContain("/in/");
            }
        }

        @Test
        void givesWayToAnImageThatAHeaderOrTheBodyNames() {
            String eTag = put();
            String sample = simulator().sampleImageUrl();
            send("generate", "", e -> {
                object(e, "photos", "in/a b.png", eTag);
                e.getMessage().setHeader(Hh1Constants.IMAGE, sample);
            });
            send("generate", "", e -> {
                object(e, "photos", "in/a b.png", eTag);
                e.getMessage().setBody(Map.of("image", sample, "prompt", "the horse runs"));
            });
            assertThat(simulator().requests()).hasSize(2).allMatch(request -> sample.equals(request.image()));
        }

        @Test
        void isStagedWithoutETagWhereThereIsContentAndKnownByItsDateWhereThereIsNone() {
            put();
            send("generate", "", e -> {
                object(e, "photos", "in/a b.png", null);
                e.getMessage().setHeader(AWS2S3Constants.CONTENT_LENGTH, (long) photo().length);
                e.getMessage().setBody(photo());
            });
            assertThat(lastImage()).contains(name(photo()));
            for (long second : new long[] {1, 2}) {
                Exchange dated = send("generate", "", e -> {
                    object(e, "photos", "in/a b.png", null);
                    e.getMessage().setHeader(AWS2S3Constants.LAST_MODIFIED, Instant.ofEpochSecond(second));
                });
                assertThat(dated.getMessage().getHeader(Hh1Constants.REPLAYED)).isEqualTo(false);
            }
        }

        @Test
        void isNamedInAnEstimate() {
            Map<?, ?> estimate = send("estimate", "", e -> object(e, "photos", "in/a b.png", "\"x\""))
                    .getMessage()
                    .getBody(Map.class);
            assertThat(estimate.toString()).contains("s3://photos/in/a b.png");
        }

        @Test
        void isNeverEvaluatedAsAnExpression() {
            Exchange exchange = send("generate", "", e -> object(e, "photos", "${camelContext.stop()}.png", "\"x\""));
            assertThat(exchange.getException())
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("expression");
        }
    }

    @Nested
    class AnObjectOfAnotherBucket {
        @Test
        void isStagedWhenItsContentIsThere() {
            Exchange exchange = send("generate", "", e -> {
                object(e, "elsewhere", "a.png", "\"x\"");
                e.getMessage().setBody(photo());
            });
            assertThat(exchange.getException()).isNull();
            assertThat(lastImage()).contains(name(photo()));
        }

        @Test
        void isRefusedWithoutContentAndTold() {
            Exchange exchange = send("generate", "", e -> object(e, "elsewhere", "a.png", "\"x\""));
            assertThat(exchange.getException())
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("stagingUri=aws2-s3:elsewhere")
                    .hasMessageContaining("the bucket photos");
        }
    }

    @Nested
    class AnEndpointThatCannotStage {
        private void refused(String s3Options, String... because) throws Exception {
            try (var bare = new DefaultCamelContext()) {
                s3.bindClient(bare);
                bare.start();
                var endpoint =
                        bare.getEndpoint("hh1:generate?accountId=a&apiKey=k&stagingUri=aws2-s3:photos?" + s3Options);
                assertThatThrownBy(() -> endpoint.createProducer().start())
                        .satisfies(failure -> assertThat(failure).hasStackTraceContaining("cannot stage images"))
                        .satisfies(failure -> {
                            for (String text : because) {
                                assertThat(failure).hasStackTraceContaining(text);
                            }
                        });
            }
        }

        @Test
        void saysWhatItsLinksLack() throws Exception {
            refused("autoCreateBucket=false", "set region", "set accessKey and secretKey");
            refused("region=us-east-1", "set accessKey and secretKey");
        }

        @Test
        void saysWhichOptionsItMustNotHave() throws Exception {
            refused("operation=deleteObject", "leave out operation");
            refused("keyName=a%24%7Bheader.x%7D", "plain keyName");
        }
    }
}
