/** Timers, time limits, back-off, permits, and work on other threads. JDK types only. */
@NullMarked
package io.github.camelhh1.async;

import org.jspecify.annotations.NullMarked;
