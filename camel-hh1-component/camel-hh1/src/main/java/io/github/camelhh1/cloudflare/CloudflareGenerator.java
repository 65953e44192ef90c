package io.github.camelhh1.cloudflare;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.ServiceHost;
import io.github.camelhh1.http.HttpCall;
import io.github.camelhh1.http.HttpResult;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.service.Answers;
import io.github.camelhh1.service.ImageBody;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One POST to the run API, one outcome. Never throws, never repeats. The service holds the call until the video is
 * made; see <a href="https://developers.cloudflare.com/ai/models/alibaba/hh1-i2v/">the model's page</a>.
 */
public final class CloudflareGenerator implements Generator {
    private final HttpTransport http;
    private final CloudflareAccount account;
    private final EnvelopeReader answers;
    private final @Nullable CloudflareLookup lookup;

    /** @param lookup of these calls; null where there is none */
    public CloudflareGenerator(
            HttpTransport http, CloudflareAccount account, InstantSource clock, @Nullable CloudflareLookup lookup) {
        this.http = http;
        this.account = account;
        this.answers = new EnvelopeReader(clock);
        this.lookup = lookup;
    }

    /** The host to look up before a generation comes here. */
    public ServiceHost host() {
        return Answers.host(http, account.runUri());
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        String key = generation.credentials();
        var call = new HttpCall(
                account.runUri(),
                account.headers(key, generation.lookupId()),
                ImageBody.of(
                        CloudflareAccount.request(account.model(), ImageBody.fields(generation)), generation.content()),
                Answers.MAX_BYTES,
                generation.sendBefore());
        var sent = http.post(call);
        var outcome = new Call(sent);
        if (lookup != null) {
            lookup.begin(key);
        }
        sent.whenComplete((ending, error) -> {
            if (ending != null) {
                outcome.complete(read(ending, key));
            }
        });
        return outcome;
    }

    /** Cancelling it ends the call, unless its answer has arrived. */
    private static final class Call extends CompletableFuture<Outcome> {
        private final CompletableFuture<HttpResult> sent;

        Call(CompletableFuture<HttpResult> sent) {
            this.sent = sent;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            // An answer that has arrived is being read: its link may be paid.
            return sent.cancel(mayInterruptIfRunning) && super.cancel(mayInterruptIfRunning);
        }
    }

    private Outcome read(HttpResult ending, String key) {
        return ending instanceof HttpResult.Answer answer
                ? answers.read(answer, key)
                : Answers.unanswered((HttpResult.Failure) ending, begun -> EnvelopeReader.trace(begun, key));
    }
}
