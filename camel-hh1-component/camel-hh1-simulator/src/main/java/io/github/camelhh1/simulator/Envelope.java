package io.github.camelhh1.simulator;

/** How a successful answer is wrapped. The service is documented with one form and seen with the other. */
public enum Envelope {
    /** {@code {"state":…,"result":{"video":…},"gatewayMetadata":…}}, as documented. */
    BARE,
    /** The same once more inside {@code {"result":…,"success":true,"errors":[],"messages":[]}}, as seen. */
    V4
}
