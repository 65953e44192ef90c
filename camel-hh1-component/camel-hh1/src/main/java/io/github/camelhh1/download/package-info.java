/** Fetches a finished video: streamed, verified, from public addresses only. */
@NullMarked
package io.github.camelhh1.download;

import org.jspecify.annotations.NullMarked;
