/** Internal: the service's rules for requests, and its answers. It depends on no other part of the simulator. */
@NullMarked
package io.github.camelhh1.simulator.service;

import org.jspecify.annotations.NullMarked;
