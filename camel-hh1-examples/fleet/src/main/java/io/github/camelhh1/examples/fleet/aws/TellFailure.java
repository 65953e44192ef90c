package io.github.camelhh1.examples.fleet.aws;

import io.github.camelhh1.examples.fleet.route.Failure;
import io.github.camelhh1.examples.fleet.route.Turns;
import io.github.camelhh1.examples.fleet.route.UnusableMessageException;
import io.github.camelhh1.examples.s3pipeline.s3.VideoBucket;
import io.github.camelhh1.failure.VideoExpiredException;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * A message that failed for good goes to the queue of failures as it came, with the reason beside it. When that queue does
 * not take it, the message stays where it is. One whose link has expired since its video was stored has not failed.
 */
record TellFailure(SqsClient sqs, QueueUrls queues, VideoBucket videos, int tries) implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("fleet");

    boolean isForLater(Exchange exchange) {
        return Failure.isForLater(exchange, received(exchange), tries);
    }

    @Override
    public void process(Exchange exchange) {
        Failure failure = failure(exchange);
        if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof VideoExpiredException expired
                && videos.metadata(StoreVideo.key(expired.runId())).isPresent()) {
            LOG.info("Run {}: its video was there already, from {}", expired.runId(), failure.photo());
            return;
        }
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        failure.attributes().forEach((name, value) -> attributes.put(name, text(value)));
        sqs.sendMessage(send -> send.queueUrl(queues.failed())
                .messageBody(exchange.getProperty(ReadEvent.MESSAGE, String.class))
                .messageAttributes(attributes));
        LOG.warn("{}", failure);
    }

    /** A photo that is gone, or another one by now, may have been sent when its message came before. */
    private static Failure failure(Exchange exchange) {
        Failure failure = Failure.of(exchange);
        boolean sentBefore = exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof UnusableMessageException
                && exchange.getMessage().getHeader(Turns.PHOTO) != null
                && received(exchange) > 1;
        return sentBefore ? failure.ofAnEarlierTry() : failure;
    }

    private static int received(Exchange exchange) {
        // Not the header of that name: an attribute of a message could stand there.
        Map<?, ?> attributes = exchange.getMessage().getHeader(Sqs2Constants.ATTRIBUTES, Map.of(), Map.class);
        Object count = attributes.get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
        return count == null ? 1 : Integer.parseInt(count.toString());
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
