package io.github.camelhh1.image.fix;

import io.github.camelhh1.image.preflight.ImageLimits;

/**
 * Where a picture goes on a canvas that keeps the limits.
 *
 * @param width of the canvas
 * @param pictureWidth of the picture in its middle
 */
record Layout(int width, int height, int pictureWidth, int pictureHeight) {
    /** As many as a frame of 4K video; the model makes 1080P at most. */
    static final long MOST_PIXELS = 3840L * 2160;

    /** Of a picture of this size: padded to a ratio that is allowed, then scaled up to the least side. */
    static Layout of(int pictureWidth, int pictureHeight) {
        double width = Math.max(pictureWidth, pictureHeight / ImageLimits.GREATEST_RATIO);
        double height = Math.max(pictureHeight, pictureWidth / ImageLimits.GREATEST_RATIO);
        double scale = Math.max(1, ImageLimits.LEAST_SIDE / Math.min(width, height));
        scale = Math.min(scale, Math.sqrt(MOST_PIXELS / (width * height)));
        int drawnWidth = rounded(pictureWidth * scale);
        int drawnHeight = rounded(pictureHeight * scale);
        // Rounding must not leave the canvas a pixel too narrow.
        int least = ImageLimits.LEAST_SIDE;
        return new Layout(
                Math.max(Math.max(least, drawnWidth), atLeast(drawnHeight / ImageLimits.GREATEST_RATIO)),
                Math.max(Math.max(least, drawnHeight), atLeast(drawnWidth / ImageLimits.GREATEST_RATIO)),
                drawnWidth,
                drawnHeight);
    }

    boolean isPadded() {
        return width != pictureWidth || height != pictureHeight;
    }

    private static int rounded(double length) {
        return Math.max(1, (int) Math.round(length));
    }

    private static int atLeast(double length) {
        return (int) Math.ceil(length - 1e-9);
    }
}
