package io.github.camelhh1.simulator.film;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A neutral card to film when there is no picture that can be decoded. */
final class Card {
    private static final Logger LOG = LoggerFactory.getLogger(Card.class);
    private static final int LONGEST_CAPTION = 40;
    private static final String CAPTION = "simulated";

    private Card() {}

    static BufferedImage draw(Dimension size, String caption) {
        BufferedImage card = new BufferedImage(size.width, size.height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = card.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setPaint(new GradientPaint(
                0, 0, new Color(0x24, 0x3b, 0x55), size.width, size.height, new Color(0x8f, 0x9f, 0xb3)));
        graphics.fillRect(0, 0, size.width, size.height);
        double radius = Math.min(size.width, size.height) * 0.3;
        graphics.setPaint(new Color(255, 255, 255, 40));
        graphics.fill(
                new Ellipse2D.Double(size.width / 2.0 - radius, size.height / 2.0 - radius, 2 * radius, 2 * radius));
        write(graphics, size, caption);
        graphics.dispose();
        return card;
    }

    private static void write(Graphics2D graphics, Dimension size, String caption) {
        try {
            int height = Math.max(12, size.width / 20);
            graphics.setPaint(Color.WHITE);
            centred(graphics, new Font(Font.SANS_SERIF, Font.BOLD, height), "HappyHorse simulator", size, 0);
            centred(
                    graphics,
                    new Font(Font.SANS_SERIF, Font.PLAIN, height * 2 / 3),
                    shortened(caption),
                    size,
                    3 * height / 2);
        } catch (RuntimeException | LinkageError | InternalError e) {
            // A JDK without any font throws one of these, depending on its version and on what is missing.
            LOG.debug("No fonts here: the card stays without text", e);
        }
    }

    private static void centred(Graphics2D graphics, Font font, String text, Dimension size, int below) {
        graphics.setFont(font);
        int width = graphics.getFontMetrics().stringWidth(text);
        graphics.drawString(text, (size.width - width) / 2, size.height / 2 + below);
    }

    /** Writes "simulated" into the lower right corner, so that no frame looks like the model's work. */
    static void caption(BufferedImage frame) {
        Graphics2D graphics = frame.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        try {
            int height = Math.max(10, Math.min(frame.getWidth(), frame.getHeight()) / 20);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, height));
            int left = frame.getWidth() - graphics.getFontMetrics().stringWidth(CAPTION) - height / 2;
            graphics.setPaint(Color.BLACK);
            graphics.drawString(CAPTION, left + 1, frame.getHeight() - height / 2 + 1);
            graphics.setPaint(Color.WHITE);
            graphics.drawString(CAPTION, left, frame.getHeight() - height / 2);
        } catch (RuntimeException | LinkageError | InternalError e) {
            LOG.debug("No fonts here: the frames stay without a caption", e);
        }
        graphics.dispose();
    }

    private static String shortened(String caption) {
        String line = caption.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_CAPTION
                ? line
                : line.substring(0, LONGEST_CAPTION).strip() + "…";
    }
}
