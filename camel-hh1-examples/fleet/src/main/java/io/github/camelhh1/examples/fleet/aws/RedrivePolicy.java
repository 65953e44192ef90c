package io.github.camelhh1.examples.fleet.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What a queue does by itself with messages that come too often. */
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
