package io.github.camelhh1;

import io.github.camelhh1.wiring.EndpointOptions;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/** An operation of an endpoint, ready for messages while its component is started. */
@FunctionalInterface
interface StartedOperation {
    /** Makes an operation of checked options. Leaves nothing behind when it fails. */
    @FunctionalInterface
    interface Factory {
        StartedOperation of(EndpointOptions options) throws Exception;
    }

    /**
     * Does the work, or begins it. The exchange has ended when the stage is done; the stage never fails.
     *
     * @throws Exception the exchange's failure; nothing has begun
     */
    CompletionStage<?> process(Exchange exchange) throws Exception;

    default void close() {}
}
