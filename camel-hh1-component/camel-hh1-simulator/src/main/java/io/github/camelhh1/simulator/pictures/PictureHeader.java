package io.github.camelhh1.simulator.pictures;

/**
 * The size in pixels that an image declares.
 *
 * @param width as the picture is shown, turned by {@code orientation}
 * @param height as the picture is shown
 * @param orientation how a viewer turns the stored pixels, 1 to 8 as EXIF numbers them; 1 is as they are
 */
public record PictureHeader(int width, int height, int orientation) {
    private static final int FIRST_THAT_LIES_ON_ITS_SIDE = 5;

    /** Width times height. */
    public long pixels() {
        return (long) width * height;
    }

    /** Of a picture that is stored with this size. */
    static PictureHeader turned(int storedWidth, int storedHeight, int orientation) {
        return orientation >= FIRST_THAT_LIES_ON_ITS_SIDE
                ? new PictureHeader(storedHeight, storedWidth, orientation)
                : new PictureHeader(storedWidth, storedHeight, orientation);
    }
}
