package io.github.camelhh1.image.fix;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** Turns stored pixels as EXIF's orientation says. */
final class Upright {
    private Upright() {}

    /** The picture as it is shown. */
    static BufferedImage turned(BufferedImage stored, int orientation) {
        if (orientation == 1) {
            return stored;
        }
        boolean turns = turns(orientation);
        var shown = new BufferedImage(
                turns ? stored.getHeight() : stored.getWidth(),
                turns ? stored.getWidth() : stored.getHeight(),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = shown.createGraphics();
        try {
            graphics.drawImage(stored, of(orientation, stored.getWidth(), stored.getHeight()), null);
        } finally {
            graphics.dispose();
        }
        return shown;
    }

    /** From a stored picture of this size to the shown one, whose upper left corner is at the origin. */
    static AffineTransform of(int orientation, int storedWidth, int storedHeight) {
        double w = storedWidth;
        double h = storedHeight;
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
    static boolean turns(int orientation) {
        return orientation >= 5;
    }
}
