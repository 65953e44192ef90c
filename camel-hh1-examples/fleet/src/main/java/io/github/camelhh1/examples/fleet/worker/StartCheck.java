package io.github.camelhh1.examples.fleet.worker;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Looks at what the settings name before the first message is taken. */
record StartCheck(WorkerSettings settings) {
    private static final String WRONG_LOGIN = "28";
    private static final String NO_DATABASE = "3D";
    private static final int MOVED = 301;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /** Each with its remedy; empty when the worker may start. */
    List<String> problems(Worker worker) {
        List<String> problems = new ArrayList<>();
        queue(worker, settings.queues().photos(), problems);
        queue(worker, settings.queues().failed(), problems);
        bucket(worker, "S3_IN", settings.s3().in(), problems);
        bucket(worker, "S3_OUT", settings.s3().out(), problems);
        ledger(worker, problems);
        return problems;
    }

    private void queue(Worker worker, String name, List<String> problems) {
        try {
            String url = worker.sqs().getQueueUrl(get -> get.queueName(name)).queueUrl();
            String redrive = worker.sqs()
                    .getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.REDRIVE_POLICY))
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
        if (most != null && most <= settings.queues().tries()) {
            problems.add("the queue " + name + " moves messages after " + most + " receives, without their reason; its"
                    + " maxReceiveCount must be above FLEET_TRIES ("
                    + settings.queues().tries() + ")");
        }
    }

    private String region() {
        return settings.queues().region().orElse("the region of AWS's own settings");
    }

    private void bucket(Worker worker, String variable, String bucket, List<String> problems) {
        try {
            worker.s3().headBucket(head -> head.bucket(bucket));
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

    /** A database that is away comes back by itself, and the worker is started again; a wrong password stays wrong. */
    private void ledger(Worker worker, List<String> problems) {
        try (Connection connection = worker.ledger().getConnection()) {
            connection.isValid(1);
        } catch (SQLException e) {
            String state = e.getCause() instanceof SQLException cause ? cause.getSQLState() : e.getSQLState();
            Map.of(
                            WRONG_LOGIN,
                            "FLEET_LEDGER_USER and FLEET_LEDGER_PASSWORD are refused by the database",
                            NO_DATABASE,
                            "FLEET_LEDGER names a database that does not exist")
                    .forEach((code, problem) -> {
                        if (state != null && state.startsWith(code)) {
                            problems.add(problem);
                        }
                    });
        }
    }
}
