package io.github.camelhh1.image.fix;

import io.github.camelhh1.image.preflight.ImageLimits;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/**
 * The place of a picture in the middle of a canvas that keeps the limits.
 *
 * @param width of the canvas
 * @param pictureWidth of the picture on it, upright
 */
record Layout(int width, int height, int pictureWidth, int pictureHeight) {
    /** A frame of 4K video; the model makes 1080P at most. */
    static final long MOST_PIXELS = 3840L * 2160;

    /** Pads a picture of this size to an allowed ratio, then scales it up to the least side. */
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

    /** Of stored pixels that EXIF's orientation turns. */
    static Layout of(BufferedImage stored, int orientation) {
        return turns(orientation)
                ? of(stored.getHeight(), stored.getWidth())
                : of(stored.getWidth(), stored.getHeight());
    }

    private static int rounded(double length) {
        return Math.max(1, (int) Math.round(length));
    }

    private static int atLeast(double length) {
        return (int) Math.ceil(length - 1e-9);
    }

    boolean isPadded() {
        return width != pictureWidth || height != pictureHeight;
    }

    /** The canvas with the picture: upright, scaled, on an opaque ground. */
    BufferedImage draw(BufferedImage stored, int orientation) {
        var canvas = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = canvas.createGraphics();
        try {
            // White behind transparent pixels, as on paper; black beside a photo, as beside a film.
            graphics.setColor(stored.getColorModel().hasAlpha() ? Color.WHITE : Color.BLACK);
            graphics.fillRect(0, 0, width, height);
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
            graphics.drawImage(stored, transform(stored.getWidth(), stored.getHeight(), orientation), null);
        } finally {
            graphics.dispose();
        }
        return canvas;
    }

    private AffineTransform transform(int storedWidth, int storedHeight, int orientation) {
        boolean turns = turns(orientation);
        int left = (width - pictureWidth) / 2;
        int top = (height - pictureHeight) / 2;
        var transform = AffineTransform.getTranslateInstance(left, top);
        transform.scale(
                (double) pictureWidth / (turns ? storedHeight : storedWidth),
                (double) pictureHeight / (turns ? storedWidth : storedHeight));
        transform.concatenate(upright(orientation, storedWidth, storedHeight));
        return transform;
    }

    /** From a stored picture of this size to the shown one, whose upper left corner is at the origin. */
    private static AffineTransform upright(int orientation, double w, double h) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
            default -> new AffineTransform();
        };
    }

    /** Whether width and height change places. */
    private static boolean turns(int orientation) {
        return orientation >= 5;
    }
}
