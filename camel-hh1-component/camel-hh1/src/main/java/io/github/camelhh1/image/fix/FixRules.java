package io.github.camelhh1.image.fix;

import io.github.camelhh1.image.ImageFormat;
import io.github.camelhh1.image.ImageHeader;
import io.github.camelhh1.image.ImageLook;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which images are not even tried, told from their headers: only what is proven small is decoded. */
record FixRules(long maxPixels) {
    private static final long MOST_BYTES = 100L << 20;
    /** A pixel of a WEBP takes the decoder eight times the memory. */
    private static final int WEBP_COST = 8;

    private static final Set<ImageFormat> READABLE = Set.of(
            ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.GIF, ImageFormat.BMP, ImageFormat.TIFF);

    @Nullable
    String objection(ImageLook look) {
        ImageFormat format = look.format();
        ImageHeader header = look.header();
        if (!READABLE.contains(format)) {
            return "preflight=fix cannot decode " + format.title();
        } else if (header == null) {
            return "preflight=fix decodes only what has a header that can be read (" + look.problem() + ")";
        }
        String tooLarge = tooLarge(format, header.pixels());
        if (tooLarge != null) {
            return tooLarge;
        } else if (look.length() > MOST_BYTES) {
            return "preflight=fix decodes at most " + MOST_BYTES + " bytes; it has " + look.length();
        } else if (ImageReaders.find(format) == null) {
            return "preflight=fix cannot decode " + format.title()
                    + (format == ImageFormat.WEBP
                            ? " without com.twelvemonkeys.imageio:imageio-webp on the class path: add it"
                            : " in this Java runtime");
        }
        return null;
    }

    /** Of the header's pixels, or of those that the decoder finds. */
    @Nullable
    String tooLarge(ImageFormat format, long pixels) {
        boolean webp = format == ImageFormat.WEBP;
        long most = webp ? maxPixels / WEBP_COST : maxPixels;
        return pixels <= most
                ? null
                : "it declares " + pixels + " pixels, and preflight=fix decodes at most " + most + " ("
                        + (webp ? "of a WEBP an eighth of preflightMaxPixels" : "preflightMaxPixels")
                        + "); scale it down";
    }
}
