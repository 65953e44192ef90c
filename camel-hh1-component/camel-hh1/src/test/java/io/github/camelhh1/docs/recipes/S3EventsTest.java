package io.github.camelhh1.docs.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.fixture.FakeS3;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Hh1SimulatorExtension;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Notifications of S3, as SQS delivers them. This class path has no S3: the last step is replaced. */
class S3EventsTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR =
            new Hh1SimulatorExtension(Hh1Simulator.builder().rendering(false));

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final DefaultCamelContext context = new DefaultCamelContext();

    static final class Routes extends RouteBuilder {
        @Override
        public void configure() {
            from("direct:events")
                    .routeId("events")
                    .unmarshal()
                    .json(JsonLibrary.Jackson)
                    .filter(simple("${body[Records]} != null"))
                    .split(simple("${body[Records]}"))
                    .process(this::nameTheObject)
                    .to("hh1:generate?stagingUri=aws2-s3:photos&duration=5")
                    .to("direct:video");
        }

        private void nameTheObject(Exchange exchange) {
            Map<?, ?> s3 = (Map<?, ?>) exchange.getMessage().getBody(Map.class).get("s3");
            Map<?, ?> object = (Map<?, ?>) s3.get("object");
            String bucket = (String) ((Map<?, ?>) s3.get("bucket")).get("name");
            // Keys in notifications are encoded like the fields of a form.
            String key = URLDecoder.decode((String) object.get("key"), StandardCharsets.UTF_8);
            Message message = exchange.getMessage();
            message.setHeader("CamelAwsS3BucketName", bucket);
            message.setHeader("CamelAwsS3Key", key);
            message.setHeader("CamelAwsS3ETag", object.get("eTag"));
            message.setHeader("CamelHh1RequestKey", bucket + "/" + key + "/" + object.get("eTag"));
            message.setBody(null);
        }
    }

    private void start(RouteBuilder lastStep, String replacement) throws Exception {
        context.addComponent("aws2-s3", new FakeS3(context).with("region", "eu-west-1"));
        context.getRegistry().bind("simulator", simulator);
        context.getComponent("hh1", Hh1Component.class).getConfiguration().setBackend("simulator");
        context.addRoutes(new Routes());
        context.addRoutes(lastStep);
        AdviceWith.adviceWith(context, "events", route -> route.weaveByToUri("hh1:generate.*")
                .replace()
                .to(replacement));
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private static String event(String... keysAndETags) {
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < keysAndETags.length; i += 2) {
            records.append(i == 0 ? "" : ",")
                    .append(
                            "{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"photos\"},\"object\":{\"key\":\"")
                    .append(keysAndETags[i])
                    .append("\",\"eTag\":\"")
                    .append(keysAndETags[i + 1])
                    .append("\"}}}");
        }
        return "{\"Records\":[" + records + "]}";
    }

    private void deliver(String event, String sqsMessageId) {
        context.createProducerTemplate()
                .sendBodyAndHeader("direct:events", event, "CamelAwsSqsMessageId", sqsMessageId);
    }

    @Test
    void theObjectIsLinkedWhereItLies() throws Exception {
        start(
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:video").to("mock:video");
                    }
                },
                "hh1:estimate?stagingUri=aws2-s3:photos&duration=5");
        MockEndpoint video = context.getEndpoint("mock:video", MockEndpoint.class);

        deliver("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"photos\"}", "m-0");
        deliver(event("in/my+horse%281%29.png", "e1", "in/tea.png", "e2"), "m-1");

        assertThat(video.getReceivedExchanges())
                .extracting(exchange ->
                        String.valueOf(exchange.getMessage().getBody(Map.class).get("request")))
                .satisfiesExactly(
                        first -> assertThat(first).contains("s3://photos/in/my horse(1).png"),
                        second -> assertThat(second).contains("s3://photos/in/tea.png"));
    }

    @Test
    void anEventThatComesAgainIsNotPaidAgainAndAReplacedObjectIs() throws Exception {
        start(
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:link")
                                .setBody(constant(simulator.sampleImageUrl()))
                                .to("hh1:generate?duration=5");
                        from("direct:video").to("mock:video");
                    }
                },
                "direct:link");

        deliver(event("in/tea.png", "e1"), "m-1");
        deliver(event("in/tea.png", "e1"), "m-2");
        assertThat(simulator.charges()).isEqualTo(1);

        deliver(event("in/tea.png", "e2"), "m-3");
        assertThat(simulator.charges()).isEqualTo(2);
    }
}
