package io.github.camelhh1.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an image, wherever they lie: read again as often as needed, never held in memory by this type. Safe for
 * use by many threads; every {@link #open()} is a stream of its own.
 *
 * <p>Others may change them meanwhile. A stream then fails before it gives out its last bytes.
 */
public non-sealed interface ImageContent extends RequestImage {

    /** From the first byte; the caller closes it. */
    InputStream open() throws IOException;

    /** Bytes. */
    long length();

    /** SHA-256 of the bytes, lower-case hexadecimal. */
    String sha256();

    ImageFormat format();

    /** What its header says; known since the content was first read, nothing is read for it. */
    ImageLook look();

    /** The private file of this component that holds it; null where others can change it. */
    @Nullable
    Path file();

    /** Fails when one of its streams has failed: whoever read that may not have noticed. */
    void check() throws IOException;

    /** Content hash and extension: the name under which it is staged. */
    default String name() {
        return sha256() + "." + format().extension();
    }

    @Override
    default String identity() {
        return "sha256:" + sha256();
    }

    @Override
    default String title() {
        return "staged:" + name();
    }
}
