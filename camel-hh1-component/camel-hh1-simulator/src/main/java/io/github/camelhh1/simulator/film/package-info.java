/** Internal: makes the videos that the simulator serves, a slow push-in on the image, and serves them. */
@NullMarked
package io.github.camelhh1.simulator.film;

import org.jspecify.annotations.NullMarked;
