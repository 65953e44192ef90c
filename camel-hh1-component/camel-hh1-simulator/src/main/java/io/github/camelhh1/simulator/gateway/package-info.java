/**
 * The logs of Cloudflare's AI Gateway. {@link io.github.camelhh1.simulator.gateway.Gateway} and {@link
 * io.github.camelhh1.simulator.gateway.LogPlan} are for tests; the rest is internal.
 */
@NullMarked
package io.github.camelhh1.simulator.gateway;

import org.jspecify.annotations.NullMarked;
