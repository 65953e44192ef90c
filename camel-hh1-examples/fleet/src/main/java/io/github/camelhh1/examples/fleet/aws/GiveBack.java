package io.github.camelhh1.examples.fleet.aws;

import io.github.camelhh1.examples.fleet.route.Turns;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A message that stays in the queue and comes back when its visibility runs out. A message that waited when the worker
 * was stopped is given back after the last poll of this worker, because that poll would take the message and drop it.
 */
record GiveBack(SqsClient sqs, QueueUrls queues) implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("fleet");

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        LOG.info("Later: {}: {}", exchange.getMessage().getHeader(Turns.PHOTO), failure.getMessage());
        String receipt = exchange.getMessage().getHeader(Sqs2Constants.RECEIPT_HANDLE, String.class);
        if (failure instanceof Turns.StoppingException && receipt != null) {
            CompletableFuture.delayedExecutor(PhotoRoutes.WAIT_SECONDS + 1, TimeUnit.SECONDS)
                    .execute(() -> show(receipt));
        }
    }

    private void show(String receipt) {
        try {
            sqs.changeMessageVisibility(change ->
                    change.queueUrl(queues.photos()).receiptHandle(receipt).visibilityTimeout(0));
        } catch (SdkException | IllegalStateException e) {
            // It comes back when its visibility runs out.
            LOG.debug("A message was not given back", e);
        }
    }
}
