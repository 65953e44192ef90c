package io.github.camelhh1.image.fix;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** Draws a picture upright, at its size, in the middle of an opaque ground. */
final class Canvas {
    private Canvas() {}

    static BufferedImage draw(BufferedImage stored, int orientation, Layout layout) {
        boolean transparent = stored.getColorModel().hasAlpha();
        var canvas = new BufferedImage(layout.width(), layout.height(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = canvas.createGraphics();
        try {
            // What shows through is white, as on paper; what is beside a photo is black, as beside a film.
            graphics.setColor(transparent ? Color.WHITE : Color.BLACK);
            graphics.fillRect(0, 0, layout.width(), layout.height());
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
            graphics.drawImage(stored, transform(stored, orientation, layout), null);
        } finally {
            graphics.dispose();
        }
        return canvas;
    }

    private static AffineTransform transform(BufferedImage stored, int orientation, Layout layout) {
        boolean turns = Upright.turns(orientation);
        int width = turns ? stored.getHeight() : stored.getWidth();
        int height = turns ? stored.getWidth() : stored.getHeight();
        int left = (layout.width() - layout.pictureWidth()) / 2;
        int top = (layout.height() - layout.pictureHeight()) / 2;
        var transform = AffineTransform.getTranslateInstance(left, top);
        transform.scale((double) layout.pictureWidth() / width, (double) layout.pictureHeight() / height);
        transform.concatenate(Upright.of(orientation, stored.getWidth(), stored.getHeight()));
        return transform;
    }
}
