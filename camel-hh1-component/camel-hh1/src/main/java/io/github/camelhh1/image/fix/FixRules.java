package io.github.camelhh1.image.fix;

import io.github.camelhh1.image.ImageFormat;
import io.github.camelhh1.image.ImageHeader;
import io.github.camelhh1.image.ImageLook;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/** Images that are not decoded, judged by their headers: only an image that is proven small is decoded. */
record FixRules(long maxPixels) {
    private static final long MOST_BYTES = 100L << 20;
    /** The decoder of WEBP takes eight times as much memory a pixel. */
    private static final int WEBP_COST = 8;
    /** The longest side of JPEG and GIF. PNG and BMP may have longer rows, and their decoders hold some rows in memory. */
    private static final int MOST_SIDE = 65_535;
    /** Of a strip or tile of a TIFF, which may hold the whole photo. */
    private static final int BYTES_A_PIXEL = 3;
    /** Java's reader makes a table of all values of a colour. */
    private static final int MOST_BITS = 16;

    private static final int MOST_PIXEL_BITS = 64;

    private static final Set<ImageFormat> READABLE = Set.of(
            ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.GIF, ImageFormat.BMP, ImageFormat.TIFF);

    /** An image that cannot be made fit; the message has the reason and the remedy. */
    static final class NotFixableException extends Exception {
        NotFixableException(String message) {
            super(message);
        }
    }

    /** Of Java, or of a plugin on the class path; null when there is none for the format. */
    static @Nullable ImageReader reader(ImageFormat format) {
        Iterator<ImageReader> readers =
                ImageIO.getImageReadersByFormatName(format.title().toLowerCase(Locale.ROOT));
        return readers.hasNext() ? readers.next() : null;
    }

    @Nullable
    String objection(ImageLook look) {
        ImageFormat format = look.format();
        ImageHeader header = look.header();
        if (!READABLE.contains(format)) {
            return "preflight=fix cannot decode " + format.title();
        } else if (header == null) {
            return "preflight=fix decodes only what has a header that can be read (" + look.problem() + ")";
        }
        String tooLarge = tooLarge(format, header.width(), header.height());
        if (tooLarge != null) {
            return tooLarge;
        } else if (look.length() > MOST_BYTES) {
            return "preflight=fix decodes at most " + MOST_BYTES + " bytes; it has " + look.length();
        } else if (reader(format) == null) {
            return "preflight=fix cannot decode " + format.title()
                    + (format == ImageFormat.WEBP
                            ? " without com.twelvemonkeys.imageio:imageio-webp on the class path: add it"
                            : " in this Java runtime");
        }
        return null;
    }

    /** The objection to a size in the header, or to the size that the decoder finds; null when there is none. */
    @Nullable
    String tooLarge(ImageFormat format, int width, int height) {
        boolean webp = format == ImageFormat.WEBP;
        long most = webp ? maxPixels / WEBP_COST : maxPixels;
        long pixels = (long) width * height;
        if (Math.max(width, height) > MOST_SIDE) {
            return "it declares a side of " + Math.max(width, height) + " pixels, and preflight=fix decodes at most "
                    + MOST_SIDE + "; scale it down";
        }
        return pixels <= most
                ? null
                : "it declares " + pixels + " pixels, and preflight=fix decodes at most " + most + " ("
                        + (webp ? "of a WEBP an eighth of preflightMaxPixels" : "preflightMaxPixels")
                        + "); scale it down";
    }

    /**
     * The objection to the depth of a TIFF; null when there is none.
     *
     * @param bits of one colour
     * @param pixelBits of a pixel
     * @param partPixels pixels of a strip or tile, which is decoded at once
     */
    @Nullable
    String tooDeep(int bits, int pixelBits, long partPixels) {
        if (bits > MOST_BITS || pixelBits > MOST_PIXEL_BITS) {
            return "it is a TIFF of " + pixelBits + " bits a pixel, and preflight=fix decodes at most "
                    + MOST_PIXEL_BITS + ", and " + MOST_BITS + " a colour; save it anew with 8 a colour";
        }
        long bytes = partPixels * pixelBits / Byte.SIZE;
        return bytes <= maxPixels * BYTES_A_PIXEL
                ? null
                : "it is a TIFF in strips or tiles of " + bytes + " bytes, and preflight=fix decodes at most "
                        + maxPixels * BYTES_A_PIXEL + " at once; save it anew in smaller ones";
    }
}
