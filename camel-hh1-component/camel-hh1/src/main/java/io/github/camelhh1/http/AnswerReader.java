package io.github.camelhh1.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** What every reading of an answer has in common; what becomes of its body is the subclass's matter. */
abstract class AnswerReader implements AsyncResponseConsumer<HttpResult.Answer> {
    private volatile int status;
    private Map<String, String> headers = Map.of();
    private @Nullable FutureCallback<HttpResult.Answer> whole;

    /** Before any byte of the body; null when there is none. May refuse by throwing. */
    abstract void begin(int answered, Map<String, String> named, @Nullable EntityDetails entity) throws IOException;

    /** Of a body that was read to its end. */
    abstract String text();

    @Override
    public final void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<HttpResult.Answer> callback)
            throws IOException {
        headers = headers(response);
        status = response.getCode();
        begin(status, headers, entity);
        if (entity == null) {
            callback.completed(new HttpResult.Answer(status, headers, ""));
        } else {
            whole = callback;
        }
    }

    private static Map<String, String> headers(HttpResponse response) {
        var headers = new HashMap<String, String>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return headers;
    }

    /** What is known of an answer that began; null when none did. */
    final HttpResult.@Nullable Answer begun() {
        return status == 0 ? null : new HttpResult.Answer(status, headers, "");
    }

    @Override
    public final void streamEnd(@Nullable List<? extends Header> trailers) {
        if (whole != null) {
            whole.completed(new HttpResult.Answer(status, headers, text()));
        }
    }

    @Override
    public final void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public final void informationResponse(HttpResponse response, HttpContext context) {
        // 1xx says nothing about the outcome.
    }

    @Override
    public final void failed(Exception cause) {
        // Told to the call's callback as well, which is where it is read.
    }
}
