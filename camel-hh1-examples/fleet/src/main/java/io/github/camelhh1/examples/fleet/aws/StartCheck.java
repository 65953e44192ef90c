package io.github.camelhh1.examples.fleet.aws;

import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import io.github.camelhh1.examples.s3pipeline.s3.S3Place;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Checks the queues and buckets of the settings before the first message is taken. */
record StartCheck(WorkerSettings.Queues queues, SqsClient sqs, S3Place place, S3Client s3) {
    private static final int MOVED = 301;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /** Each with its remedy; empty when the worker may start. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        queue(queues.photos(), problems);
        queue(queues.failed(), problems);
        bucket("S3_IN", place.in(), problems);
        bucket("S3_OUT", place.out(), problems);
        return problems;
    }

    private void queue(String name, List<String> problems) {
        try {
            String url = sqs.getQueueUrl(get -> get.queueName(name)).queueUrl();
            String redrive = sqs.getQueueAttributes(
                            get -> get.queueUrl(url).attributeNames(QueueAttributeName.REDRIVE_POLICY))
                    .attributes()
                    .get(QueueAttributeName.REDRIVE_POLICY);
            redrive(name, redrive, problems);
        } catch (QueueDoesNotExistException e) {
            problems.add(
                    "there is no queue " + name + " in " + region() + ": create it, or set AWS_REGION to its region");
        } catch (SdkException e) {
            problems.add("the queue " + name + " in " + region() + " cannot be asked (" + e.getMessage()
                    + "): look at the credentials, AWS_REGION and SQS_ENDPOINT");
        }
    }

    private void redrive(String name, String policy, List<String> problems) {
        var most = policy == null ? null : RedrivePolicy.maxReceiveCount(policy);
        if (most != null && most <= queues.tries()) {
            problems.add("the queue " + name + " moves messages after " + most + " receives, without their reason; its"
                    + " maxReceiveCount must be above FLEET_TRIES ("
                    + queues.tries() + ")");
        }
    }

    private String region() {
        return queues.region().orElse("the region of AWS's own settings");
    }

    private void bucket(String variable, String bucket, List<String> problems) {
        try {
            s3.headBucket(head -> head.bucket(bucket));
        } catch (NoSuchBucketException e) {
            problems.add(variable + ": there is no bucket " + bucket);
        } catch (S3Exception e) {
            problems.add(variable + ": " + refusal(bucket, e));
        } catch (SdkException e) {
            problems.add(variable + ": the bucket " + bucket + " cannot be asked (" + e.getMessage()
                    + "): look at S3_ENDPOINT and the network");
        }
    }

    private static String refusal(String bucket, S3Exception e) {
        return switch (e.statusCode()) {
            case NOT_FOUND -> "there is no bucket " + bucket;
            case MOVED, 400 ->
                "the bucket " + bucket + " is in another region"
                        + e.awsErrorDetails()
                                .sdkHttpResponse()
                                .firstMatchingHeader("x-amz-bucket-region")
                                .map(region -> ", " + region)
                                .orElse("")
                        + ": set AWS_REGION to it";
            case FORBIDDEN -> "the credentials may not use the bucket " + bucket;
            default -> "the bucket " + bucket + " answers with status " + e.statusCode();
        };
    }
}
