package io.github.camelhh1.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** A message on its way, and how it ended. */
public final class Sent implements AsyncCallback {
    private final Exchange exchange;
    private final AtomicInteger callbacks = new AtomicInteger();
    private final CompletableFuture<Exchange> ended = new CompletableFuture<>();

    Sent(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void done(boolean doneSync) {
        callbacks.incrementAndGet();
        ended.complete(exchange);
    }

    public boolean hasEnded() {
        return ended.isDone();
    }

    public int callbacks() {
        return callbacks.get();
    }

    /** Waits for the end, whatever it is. */
    public Exchange end() {
        try {
            return ended.get(Bench.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the exchange did not end", e);
        }
    }

    /** Waits for a video, and gives its link. */
    public String video() {
        assertThat(end().getException()).isNull();
        return exchange.getMessage().getBody(String.class);
    }

    /** Waits for this very failure. */
    public <T extends Exception> T failure(Class<T> type) {
        assertThat(end().getException()).isExactlyInstanceOf(type);
        return type.cast(exchange.getException());
    }

    /** Whatever the exception shows to whoever prints it, with causes and suppressed ones. */
    public String everythingSaid() {
        StringWriter text = new StringWriter();
        if (exchange.getException() != null) {
            exchange.getException().printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }
}
