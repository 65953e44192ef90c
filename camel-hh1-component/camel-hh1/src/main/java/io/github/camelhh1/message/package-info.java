/** Reads the messages that operations take, and writes their answers. Producers pass messages to this package. */
@NullMarked
package io.github.camelhh1.message;

import org.jspecify.annotations.NullMarked;
