package io.github.camelhh1.download.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes to be read by position, as a file channel gives them. */
public interface ByteSource {
    long size() throws IOException;

    /** As many as it likes, at least one unless {@code target} is full; negative at the end. */
    int read(ByteBuffer target, long position) throws IOException;
}
