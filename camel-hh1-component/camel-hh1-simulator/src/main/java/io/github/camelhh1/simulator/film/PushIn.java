package io.github.camelhh1.simulator.film;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** A slow camera move towards the middle of a still image. */
final class PushIn {
    private static final double LAST_ZOOM = 1.15;

    private final BufferedImage still;
    private final BufferedImage frame;

    PushIn(BufferedImage still, int width, int height) {
        this.still = still;
        this.frame = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    }

    /** The view at a point in time between 0 and 1; the same image is drawn on at each call. */
    BufferedImage at(double time) {
        double eased = (1 - Math.cos(Math.PI * time)) / 2;
        double zoom = 1 + (LAST_ZOOM - 1) * eased;
        double fit =
                Math.max((double) frame.getWidth() / still.getWidth(), (double) frame.getHeight() / still.getHeight());
        AffineTransform view = AffineTransform.getTranslateInstance(frame.getWidth() / 2.0, frame.getHeight() / 2.0);
        view.scale(fit * zoom, fit * zoom);
        view.translate(-still.getWidth() / 2.0, -still.getHeight() / 2.0);
        Graphics2D graphics = frame.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawRenderedImage(still, view);
        graphics.dispose();
        Card.caption(frame);
        return frame;
    }
}
