package io.github.camelhh1.image;

/**
 * The format and the size in pixels that an image declares, as it is shown.
 *
 * @param width of the picture as it is shown, turned by {@code orientation}
 * @param orientation how a viewer turns the stored pixels, 1 to 8 as in EXIF; 1 is not at all
 */
public record ImageHeader(ImageFormat format, int width, int height, int orientation) {
    private static final int FIRST_TURNED = 5;

    /** Not turned. */
    public ImageHeader(ImageFormat format, int width, int height) {
        this(format, width, height, 1);
    }

    /** Of a stored size and an orientation. */
    static ImageHeader turned(ImageFormat format, int storedWidth, int storedHeight, int orientation) {
        return orientation >= FIRST_TURNED
                ? new ImageHeader(format, storedHeight, storedWidth, orientation)
                : new ImageHeader(format, storedWidth, storedHeight, orientation);
    }
}
