package io.github.camelhh1.examples.fleet.aws;

import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The client of the queues. */
public final class SqsClients {
    private SqsClients() {}

    /** Credentials come from AWS's own chain of providers. */
    public static SqsClient client(WorkerSettings.Queues queues) {
        var builder = SqsClient.builder();
        queues.region().map(Region::of).ifPresent(builder::region);
        queues.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
