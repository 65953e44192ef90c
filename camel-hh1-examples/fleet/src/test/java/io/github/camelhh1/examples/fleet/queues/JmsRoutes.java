package io.github.camelhh1.examples.fleet.queues;

import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.Retry;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Photos from a queue of Artemis. */
final class JmsRoutes extends RouteBuilder {

    @Override
    public void configure() {
        onException(Hh1Exception.class)
                .onWhen(JmsRoutes::isForLater)
                .handled(true)
                .to("jms:queue:photos?disableReplyTo=true&deliveryDelay=120000");
        onException(Exception.class)
                .handled(true)
                .setHeader("reason", exceptionMessage())
                .to("jms:queue:photos-failed?disableReplyTo=true");

        from("jms:queue:photos?asyncConsumer=true&acknowledgementMode=101&cacheLevelName=CACHE_CONSUMER"
                        + "&concurrentConsumers=4&disableReplyTo=true"
                        + "&consumerType=Custom&messageListenerContainerFactory=#acknowledgeLater")
                .process(AcknowledgeLater::whenThrough)
                .to("hh1:generate?requestKey=${header.photo}")
                .to("hh1:download")
                .to("file:videos?fileName=${header.CamelHh1RunId}.mp4");
    }

    private static boolean isForLater(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Hh1Exception.class)
                        .retry()
                != Retry.NEVER;
    }
}
