package io.github.camelhh1.simulator;

import org.jspecify.annotations.Nullable;

/**
 * One generation that a real account would have paid for.
 *
 * @param request the number of the request, as in {@link ReceivedRequest#number()}
 * @param image the image's URL, or for inline content {@code data:…;base64,sha256:} and its digest
 * @param resolution as asked, else the service's own default
 * @param seconds as asked, else the service's own default
 */
public record Charge(
        int request, String model, String image, @Nullable String prompt, String resolution, int seconds) {}
