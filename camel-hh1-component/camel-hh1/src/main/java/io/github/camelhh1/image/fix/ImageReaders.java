package io.github.camelhh1.image.fix;

import io.github.camelhh1.image.ImageFormat;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/** What ImageIO and its plugins on the class path can decode. */
final class ImageReaders {
    private ImageReaders() {}

    /** Null when there is none for the format. */
    static @Nullable ImageReader find(ImageFormat format) {
        Iterator<ImageReader> readers =
                ImageIO.getImageReadersByFormatName(format.title().toLowerCase(Locale.ROOT));
        return readers.hasNext() ? readers.next() : null;
    }
}
