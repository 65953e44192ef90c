package io.github.camelhh1.examples.fleet.aws;

import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Names of queues, and their URLs. */
record QueueUrls(SqsClient sqs, WorkerSettings.Queues queues) {

    String photos() {
        return url(queues.photos());
    }

    String failed() {
        return url(queues.failed());
    }

    private String url(String name) {
        return sqs.getQueueUrl(get -> get.queueName(name)).queueUrl();
    }
}
