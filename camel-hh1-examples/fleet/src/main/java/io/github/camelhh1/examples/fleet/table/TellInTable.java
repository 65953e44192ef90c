package io.github.camelhh1.examples.fleet.table;

import io.github.camelhh1.examples.fleet.route.Failure;
import io.github.camelhh1.examples.fleet.route.Turns;
import io.github.camelhh1.failure.VideoExpiredException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reason of a failure goes into the photo's row. When that fails, too, the row is claimed again later. One whose link
 * has expired since its video was stored has not failed.
 */
record TellInTable(PhotoTable table, int tries) implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("fleet");

    boolean isForLater(Exchange exchange) {
        int taken = exchange.getMessage().getHeader(Claims.TAKEN, 1, Integer.class);
        return Failure.isForLater(exchange, taken, tries);
    }

    /** Its claim runs out by itself, unless the worker stops and has not begun. */
    void later(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String id = photo(exchange);
        LOG.info("Later: {}: {}", id, failure.getMessage());
        if (failure instanceof Turns.StoppingException) {
            table.giveBack(id);
        }
    }

    @Override
    public void process(Exchange exchange) {
        Failure failure = Failure.of(exchange);
        if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof VideoExpiredException expired
                && table.finish(expired.runId(), failure.photo())) {
            LOG.info("Run {}: its video was there already, from {}", expired.runId(), failure.photo());
            return;
        }
        table.fail(photo(exchange), failure);
        LOG.warn("{}", failure);
    }

    private static String photo(Exchange exchange) {
        return exchange.getMessage().getHeader(Turns.PHOTO, String.class);
    }
}
