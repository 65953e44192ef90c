package io.github.camelhh1.modelstudio;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Task;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.ServiceHost;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.lookup.LookupPace;
import io.github.camelhh1.lookup.TaskListing;
import io.github.camelhh1.service.Answers;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Creates one task, or resumes one, asks for it until it has ended, and gives its outcome. The task's id is in the ledger before the first
 * question. No connection and no thread waits between two questions.
 */
public final class ModelStudioGenerator implements Generator {
    private final TaskClient client;
    private final InstantSource clock;

    public ModelStudioGenerator(HttpTransport http, ModelStudioAccount account, Pace pace, InstantSource clock) {
        this.client = new TaskClient(http, account, pace);
        this.clock = clock;
    }

    /** The host to look up before a generation comes here. */
    public ServiceHost host() {
        return Answers.host(client.http(), client.account().createUri());
    }

    /**
     * The list of the account's tasks.
     *
     * @param keys the API key of the calls
     * @param warnings takes the problem of an account; the same one more than once
     */
    public TaskListing listing(Supplier<CompletableFuture<String>> keys, LookupPace pace, Consumer<String> warnings) {
        return new TaskLister(client, keys, clock, pace, warnings);
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        var task = new TaskCall(client, clock, generation);
        Task known = generation.task();
        if (known == null) {
            task.create();
        } else {
            task.resume(known.id());
        }
        return task;
    }
}
