package io.github.camelhh1.simulator.film;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** Turns stored pixels as EXIF's orientation says: mirrored first, then turned clockwise by quarters. */
final class Upright {
    private Upright() {}

    static BufferedImage turned(BufferedImage stored, int orientation) {
        if (orientation == 1) {
            return stored;
        }
        int quarters = quarters(orientation);
        boolean onItsSide = quarters % 2 == 1;
        int width = onItsSide ? stored.getHeight() : stored.getWidth();
        int height = onItsSide ? stored.getWidth() : stored.getHeight();
        BufferedImage shown = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        // Read from the last line to the first: each step moves the picture around its middle.
        AffineTransform turn = AffineTransform.getTranslateInstance(width / 2.0, height / 2.0);
        turn.quadrantRotate(quarters);
        turn.scale(isMirrored(orientation) ? -1 : 1, 1);
        turn.translate(-stored.getWidth() / 2.0, -stored.getHeight() / 2.0);
        Graphics2D graphics = shown.createGraphics();
        graphics.drawImage(stored, turn, null);
        graphics.dispose();
        return shown;
    }

    private static boolean isMirrored(int orientation) {
        return orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
    }

    private static int quarters(int orientation) {
        return switch (orientation) {
            case 6, 7 -> 1;
            case 3, 4 -> 2;
            case 5, 8 -> 3;
            default -> 0;
        };
    }
}
