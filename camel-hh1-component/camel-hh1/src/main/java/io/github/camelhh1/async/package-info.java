/** Time and turns, without a thread that waits: timers, time limits, deadlines, permits. JDK types only. */
@NullMarked
package io.github.camelhh1.async;

import org.jspecify.annotations.NullMarked;
