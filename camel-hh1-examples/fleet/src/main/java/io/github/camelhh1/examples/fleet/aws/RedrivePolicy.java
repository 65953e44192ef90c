package io.github.camelhh1.examples.fleet.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The redrive policy of a queue, for messages that are received too often. */
final class RedrivePolicy {
    private RedrivePolicy() {}

    /** Null when the policy does not say. */
    static Integer maxReceiveCount(String policy) {
        try {
            JsonNode count = new ObjectMapper().readTree(policy).path("maxReceiveCount");
            return count.isMissingNode() ? null : count.asInt();
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
