package io.github.camelhh1.examples.s3pipeline.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class VideoBucketTest {
    private final Deque<Integer> answers = new ArrayDeque<>();

    private boolean put(Integer... statuses) {
        answers.addAll(List.of(statuses));
        var bucket = new VideoBucket(new ScriptedS3(answers), "videos");
        return bucket.put("cat.mp4", new Video(3, () -> new ByteArrayInputStream(new byte[3])), Map.of(), 5);
    }

    @Test
    void aVideoThatIsPutWhileAnotherOneIsPutIsPutAgain() {
        assertThat(put(409, 200)).isTrue();
        assertThat(put(409, 412)).isFalse();
    }

    @Test
    void aVideoThatIsRefusedAgainAndAgainIsNotSaidToBeThere() {
        assertThatThrownBy(() -> put(409, 409, 409, 200)).isInstanceOf(S3Exception.class);
        assertThat(answers).containsExactly(200);
    }

    @Test
    void nothingIsKnownOfAKeyWhereTheBucketMayNotBeListed() {
        answers.addAll(List.of(403, 500));
        var bucket = new VideoBucket(new ScriptedS3(answers), "videos");

        assertThat(bucket.metadata("cat.mp4")).isEmpty();
        assertThatThrownBy(() -> bucket.metadata("cat.mp4")).isInstanceOf(S3Exception.class);
    }

    private record ScriptedS3(Deque<Integer> answers) implements S3Client {
        @Override
        public PutObjectResponse putObject(PutObjectRequest put, RequestBody content) {
            int status = answers.remove();
            if (status == 200) {
                return PutObjectResponse.builder().build();
            }
            throw failure(status);
        }

        @Override
        public HeadObjectResponse headObject(HeadObjectRequest head) {
            throw failure(answers.remove());
        }

        private static AwsServiceException failure(int status) {
            return S3Exception.builder().statusCode(status).message("no").build();
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }
}
