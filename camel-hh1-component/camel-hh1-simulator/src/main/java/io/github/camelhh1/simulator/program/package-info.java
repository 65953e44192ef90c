/** The simulator as a program, for tests in other languages: {@code java -jar} starts it. */
@NullMarked
package io.github.camelhh1.simulator.program;

import org.jspecify.annotations.NullMarked;
