/** Reads what an MP4 file says of itself, from a few of its bytes, whatever they are. */
@NullMarked
package io.github.camelhh1.download.mp4;

import org.jspecify.annotations.NullMarked;
