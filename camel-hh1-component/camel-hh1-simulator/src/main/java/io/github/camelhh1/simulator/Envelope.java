package io.github.camelhh1.simulator;

/** The envelope of a successful answer. The documentation shows one form, public reports show the other. */
public enum Envelope {
    /** {@code {"state":…,"result":{"video":…},"gatewayMetadata":…}}, as documented. */
    BARE,
    /** The same once more inside {@code {"result":…,"success":true,"errors":[],"messages":[]}}, as seen. */
    V4
}
