/**
 * Internal: a very small HTTP/1.1 server on one thread, whose every byte and every socket end can be directed. It knows
 * nothing of the service that the simulator plays; that is what makes faults at the socket real instead of described.
 */
@NullMarked
package io.github.camelhh1.simulator.wire;

import org.jspecify.annotations.NullMarked;
