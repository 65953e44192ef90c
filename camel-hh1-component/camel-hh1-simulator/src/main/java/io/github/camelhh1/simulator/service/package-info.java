/** Internal: what the service asks of a request, and what it says. It depends on no other part of the simulator. */
@NullMarked
package io.github.camelhh1.simulator.service;

import org.jspecify.annotations.NullMarked;
