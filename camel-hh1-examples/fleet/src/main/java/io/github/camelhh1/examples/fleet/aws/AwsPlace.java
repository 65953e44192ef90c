package io.github.camelhh1.examples.fleet.aws;

import io.github.camelhh1.examples.fleet.route.LateRoutes;
import io.github.camelhh1.examples.fleet.route.Place;
import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import io.github.camelhh1.examples.s3pipeline.s3.PhotoBucket;
import io.github.camelhh1.examples.s3pipeline.s3.S3Clients;
import io.github.camelhh1.examples.s3pipeline.s3.S3Place;
import io.github.camelhh1.examples.s3pipeline.s3.VideoBucket;
import java.util.List;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.main.Main;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Two queues and two buckets. */
public final class AwsPlace implements Place {
    private static final int SECONDS = 30;

    private final WorkerSettings settings;
    private final S3Place buckets;
    private final S3Client s3;
    private final S3Presigner presigner;
    private final SqsClient sqs;
    private final QueueUrls queues;

    public AwsPlace(WorkerSettings settings) {
        this.settings = settings;
        buckets = settings.s3().orElseThrow();
        s3 = S3Clients.client(buckets);
        presigner = S3Clients.presigner(buckets);
        sqs = SqsClients.client(settings.queues());
        queues = new QueueUrls(sqs, settings.queues());
    }

    @Override
    public void bind(Main main) {
        main.bind("s3Client", s3);
        main.bind("s3Presigner", presigner);
        main.bind("sqsClient", sqs);
    }

    @Override
    public List<RoutesBuilder> routes() {
        var videos = new VideoBucket(s3, buckets.out());
        var store = new StoreVideo(videos);
        var tell = new TellFailure(sqs, queues, videos, settings.queues().tries());
        return List.of(
                new PhotoRoutes(
                        settings,
                        new LookUpPhoto(new PhotoBucket(s3, buckets.in()), settings.backend()),
                        store,
                        new GiveBack(sqs, queues),
                        tell),
                new LateRoutes(settings, new NameLate(buckets.in()), store, tell));
    }

    @Override
    public List<String> problems() {
        return new StartCheck(settings.queues(), sqs, buckets, s3).problems();
    }

    /** First sent, then deleted: a message may be there twice for a moment, and is paid once. */
    @Override
    public int redrive() {
        String from = queues.failed();
        String to = queues.photos();
        int moved = 0;
        while (true) {
            List<Message> messages = sqs.receiveMessage(receive ->
                            receive.queueUrl(from).maxNumberOfMessages(10).visibilityTimeout(SECONDS))
                    .messages();
            if (messages.isEmpty()) {
                return moved;
            }
            for (Message message : messages) {
                sqs.sendMessage(send -> send.queueUrl(to).messageBody(message.body()));
                sqs.deleteMessage(delete -> delete.queueUrl(from).receiptHandle(message.receiptHandle()));
                moved++;
            }
        }
    }

    @Override
    public void close() {
        sqs.close();
        presigner.close();
        s3.close();
    }
}
