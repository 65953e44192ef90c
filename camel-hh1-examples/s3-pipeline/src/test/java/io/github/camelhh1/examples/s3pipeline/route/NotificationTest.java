package io.github.camelhh1.examples.s3pipeline.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelhh1.examples.s3pipeline.route.Notification.Created;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationTest {
    private static final String CREATED = """
            {"Records": [
              {"eventName": "ObjectCreated:CompleteMultipartUpload",
               "s3": {"bucket": {"name": "photos"}, "object": {"key": "red+dog%2B1.png"}}},
              {"eventName": "ObjectRemoved:Delete",
               "s3": {"bucket": {"name": "photos"}, "object": {"key": "cat.png"}}}]}""";

    private final Notification notification = new Notification();

    @Test
    void namesWhatWasCreated() throws Exception {
        assertThat(notification.photos(CREATED)).containsExactly(new Created("photos", "red dog+1.png"));
    }

    @Test
    void mayComeInAnEnvelopeOfSns() throws Exception {
        String envelope = new ObjectMapper().writeValueAsString(Map.of("Type", "Notification", "Message", CREATED));

        assertThat(notification.photos(envelope)).containsExactly(new Created("photos", "red dog+1.png"));
    }

    @Test
    void mayComeFromEventBridgeWhichWritesKeysAsTheyAre() throws Exception {
        assertThat(notification.photos("""
                        {"detail-type": "Object Created", "source": "aws.s3",
                         "detail": {"bucket": {"name": "photos"}, "object": {"key": "red dog+1.png", "etag": "0"}}}""")).containsExactly(new Created("photos", "red dog+1.png"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Service\": \"Amazon S3\", \"Event\": \"s3:TestEvent\", \"Bucket\": \"photos\"}",
                "{\"detail-type\": \"Object Deleted\", \"detail\": {\"object\": {\"key\": \"cat.png\"}}}",
                "{}",
                "[]"
            })
    void whatElseIsToldNamesNoPhoto(String json) throws Exception {
        assertThat(notification.photos(json)).isEmpty();
    }
}
