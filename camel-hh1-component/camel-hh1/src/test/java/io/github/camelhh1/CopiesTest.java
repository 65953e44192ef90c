package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.text.Sha256;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of a message that holds an image: each is a request of its own and gets its own video. */
class CopiesTest {
    private static final String STAGED = "stagingUri=direct:stage";
    private static final String INLINE = "inlineImages=true";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final List<Exchange> ended = new CopyOnWriteArrayList<>();

    /** Something else for each number, and a PNG all the same. */
    private static byte[] photo(int number) {
        byte[] png = Images.png();
        byte[] photo = Arrays.copyOf(png, png.length + 1);
        photo[png.length] = (byte) number;
        return photo;
    }

    private static String sha256(byte[] bytes) {
        var digest = Sha256.digest();
        digest.update(bytes);
        return Sha256.hex(digest);
    }

    private void routes(String options) {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:stage").process(exchange -> {
                    var message = exchange.getMessage();
                    String name = message.getHeader(Hh1Constants.IMAGE_NAME, String.class);
                    message.setBody(CAMEL.simulator().serve(name, message.getBody(byte[].class)));
                });
                from("direct:video").to("hh1:generate?" + options).process(ended::add);
                from("direct:other").to("hh1:generate?duration=3&" + options).process(ended::add);
                from("direct:tap").wireTap("direct:video").end().to("direct:other");
                from("direct:multicast").multicast().to("direct:video", "direct:other");
                from("direct:parallel")
                        .multicast()
                        .parallelProcessing()
                        .to("direct:video", "direct:other", "direct:video");
                from("direct:split").split(body()).to("direct:video");
                from("direct:scatter").split(body()).parallelProcessing().to("direct:video");
            }
        });
    }

    /** As many videos as copies, each link another, each made of the very image its copy held. */
    private void everyCopyGotItsVideo(int... photos) {
        await().atMost(TestContext.LIMIT).until(() -> ended.size() == photos.length);
        assertThat(ended)
                .allSatisfy(exchange -> assertThat(exchange.getException()).isNull());
        assertThat(ended)
                .extracting(exchange -> exchange.getMessage().getBody(String.class))
                .doesNotContainNull()
                .doesNotHaveDuplicates();
        assertThat(CAMEL.simulator().charges()).isEqualTo(photos.length);
        List<Integer> found = ended.stream().map(CopiesTest::photoOf).sorted().toList();
        assertThat(found)
                .containsExactlyElementsOf(Arrays.stream(photos).boxed().toList());
    }

    /** The photo that the service saw in the call that this exchange has its log id from. */
    private static int photoOf(Exchange exchange) {
        String logId = exchange.getMessage().getHeader(Hh1Constants.LOG_ID, String.class);
        String image = CAMEL.simulator().requests().stream()
                .filter(request -> logId.endsWith(String.format("%015d", request.number())))
                .findFirst()
                .orElseThrow()
                .image();
        int number = 0;
        while (!image.contains(sha256(photo(number)))) {
            assertThat(++number).as("photos known").isLessThan(10);
        }
        int index = exchange.getProperty(Exchange.SPLIT_INDEX, number, Integer.class);
        assertThat(number).as("photo of the copy").isEqualTo(index);
        return number;
    }

    @Nested
    class OfAStream {
        @ParameterizedTest
        @ValueSource(strings = {STAGED, INLINE})
        void aWireTapGetsItsVideoAndSoDoesTheRoute(String options) {
            routes(options);
            CAMEL.sendTo("direct:tap", exchange -> exchange.getMessage().setBody(new ByteArrayInputStream(photo(0))))
                    .video();
            everyCopyGotItsVideo(0, 0);
        }

        @ParameterizedTest
        @ValueSource(strings = {STAGED, INLINE})
        void eachOfAMulticastGetsItsVideo(String options) {
            routes(options);
            CAMEL.sendTo("direct:multicast", exchange -> exchange.getMessage()
                            .setBody(new ByteArrayInputStream(photo(0))))
                    .video();
            everyCopyGotItsVideo(0, 0);
        }

        @ParameterizedTest
        @ValueSource(strings = {STAGED, INLINE})
        void eachOfAParallelMulticastGetsItsVideo(String options) {
            routes(options);
            CAMEL.sendTo("direct:parallel", exchange -> exchange.getMessage()
                            .setBody(new ByteArrayInputStream(photo(0))))
                    .video();
            everyCopyGotItsVideo(0, 0, 0);
        }
    }

    @Nested
    class OfAList {
        @ParameterizedTest
        @ValueSource(strings = {STAGED, INLINE})
        void eachPartGetsItsVideo(String options) {
            routes(options);
            send("direct:split");
            everyCopyGotItsVideo(0, 1, 2);
        }

        @ParameterizedTest
        @ValueSource(strings = {STAGED, INLINE})
        void eachPartGetsItsVideoInParallel(String options) {
            routes(options);
            send("direct:scatter");
            everyCopyGotItsVideo(0, 1, 2);
        }

        private void send(String route) {
            var exchange = CAMEL.sendTo(route, message -> message.getMessage()
                            .setBody(List.of(photo(0), photo(1), new ByteArrayInputStream(photo(2)))))
                    .end();
            assertThat(exchange.getException()).isNull();
        }
    }
}
