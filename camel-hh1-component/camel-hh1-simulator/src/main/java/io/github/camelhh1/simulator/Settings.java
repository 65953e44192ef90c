package io.github.camelhh1.simulator;

import java.time.Clock;
import java.time.Duration;

/** The settings of a simulator. */
record Settings(
        String account,
        String apiKey,
        Envelope envelope,
        Duration delay,
        boolean requireReachableImage,
        Duration linkLifetime,
        boolean rendering,
        int port,
        Clock clock) {
    static final String API = "/client/v4";
}
