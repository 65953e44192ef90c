package io.github.camelhh1.examples.fleet.worker;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line for each failure of the queue's consumer. A message that stays in the queue has its line already. */
final class Refusals implements ExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger("fleet");

    @Override
    public void handleException(Throwable exception) {
        LOG.warn("The queue: {}", exception.getMessage());
    }

    @Override
    public void handleException(String message, Throwable exception) {
        LOG.warn("The queue: {} {}", message, exception.getMessage());
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable exception) {
        if (exchange == null || exception != exchange.getException()) {
            handleException(message, exception);
        }
    }
}
