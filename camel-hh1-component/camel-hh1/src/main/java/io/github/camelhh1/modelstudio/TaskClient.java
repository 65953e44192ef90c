package io.github.camelhh1.modelstudio;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.http.HttpCall;
import io.github.camelhh1.http.HttpResult;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.service.Answers;
import io.github.camelhh1.service.ImageBody;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The calls of the service. Cancelling a stage ends its call. */
record TaskClient(HttpTransport http, ModelStudioAccount account, Pace pace) {
    /** One question or cancellation: a connection that went dead must not hide a task that has ended. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

    private static final HttpCall.Body NOTHING = new HttpCall.Body() {
        @Override
        public long length() {
            return 0;
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }
    };

    CompletableFuture<HttpResult> create(Generation generation) {
        var fields = ModelStudioAccount.request(account.model(), ImageBody.fields(generation));
        return http.post(new HttpCall(
                account.createUri(),
                ModelStudioAccount.createHeaders(generation.credentials()),
                ImageBody.of(fields, generation.content()),
                Answers.MAX_BYTES,
                generation.sendBefore()));
    }

    CompletableFuture<HttpResult> poll(String id, String key) {
        return get(account.taskUri(id), key);
    }

    CompletableFuture<HttpResult> get(URI uri, String key) {
        return limited(http.get(uri, ModelStudioAccount.headers(key), Answers.MAX_BYTES));
    }

    /** Takes effect only where the task has not begun. */
    CompletableFuture<HttpResult> cancel(String id, String key) {
        var call =
                new HttpCall(account.cancelUri(id), ModelStudioAccount.headers(key), NOTHING, Answers.MAX_BYTES, null);
        return http.lookUp(call.uri()).thenCompose(found -> limited(http.post(call)));
    }

    private CompletableFuture<HttpResult> limited(CompletableFuture<HttpResult> call) {
        return TimeLimit.cancelling(call, LONGEST_CALL, pace.timers());
    }
}
