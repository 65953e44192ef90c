package io.github.camelhh1.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import javax.imageio.ImageIO;

/** Pictures of four quarters: red and green above, blue and yellow below, so that it shows how they are turned. */
public final class Pictures {
    private Pictures() {}

    public static BufferedImage quarters(int width, int height) {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        fill(graphics, Color.YELLOW, width, height);
        fill(graphics, Color.BLUE, (width + 1) / 2, height);
        fill(graphics, Color.GREEN, width, (height + 1) / 2);
        fill(graphics, Color.RED, (width + 1) / 2, (height + 1) / 2);
        graphics.dispose();
        return picture;
    }

    private static void fill(Graphics2D graphics, Color colour, int width, int height) {
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
    }

    /** With a hole in its middle that lets everything through. */
    public static BufferedImage holed(int width, int height) {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        picture.getGraphics().drawImage(quarters(width, height), 0, 0, null);
        for (int y = height / 3; y < 2 * height / 3; y++) {
            for (int x = width / 3; x < 2 * width / 3; x++) {
                picture.setRGB(x, y, 0);
            }
        }
        return picture;
    }

    public static byte[] encoded(String format, BufferedImage picture) {
        try {
            var out = new ByteArrayOutputStream();
            if (!ImageIO.write(picture, format, out)) {
                throw new IllegalArgumentException("no writer for " + format);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] encoded(String format, int width, int height) {
        return encoded(format, quarters(width, height));
    }

    /** One that Java cannot write: lossy, lossless, or extended, which has a hole; 200 x 150. */
    public static byte[] webp(String kind) {
        try (InputStream in = Pictures.class.getResourceAsStream("/pictures/" + kind + ".webp")) {
            return Objects.requireNonNull(in, kind).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JPEG that is shown as the quarters are, and stored as a camera that was held otherwise stores it. */
    public static byte[] turned(int shownWidth, int shownHeight, int orientation) {
        boolean turns = orientation >= 5;
        int width = turns ? shownHeight : shownWidth;
        int height = turns ? shownWidth : shownHeight;
        BufferedImage shown = quarters(shownWidth, shownHeight);
        var stored = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int right = width - 1 - x;
                int below = height - 1 - y;
                stored.setRGB(
                        x,
                        y,
                        switch (orientation) {
                            case 2 -> shown.getRGB(right, y);
                            case 3 -> shown.getRGB(right, below);
                            case 4 -> shown.getRGB(x, below);
                            case 5 -> shown.getRGB(y, x);
                            case 6 -> shown.getRGB(below, x);
                            case 7 -> shown.getRGB(below, right);
                            case 8 -> shown.getRGB(y, right);
                            default -> shown.getRGB(x, y);
                        });
            }
        }
        return withSegment(encoded("jpg", stored), 0xe1, exif(orientation, ByteOrder.BIG_ENDIAN));
    }

    public static byte[] exif(int orientation, ByteOrder order) {
        return ByteBuffer.allocate(32)
                .put(new byte[] {'E', 'x', 'i', 'f', 0, 0})
                .order(order)
                .putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    /** Right after the JPEG's first two bytes. */
    public static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
        return ByteBuffer.allocate(jpeg.length + 4 + content.length)
                .put(jpeg, 0, 2)
                .put((byte) 0xff)
                .put((byte) marker)
                .putShort((short) (content.length + 2))
                .put(content)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** Filled up behind its end, which decoders do not mind. */
    public static byte[] filled(byte[] image, int length) {
        return Arrays.copyOf(image, length);
    }

    public static BufferedImage decoded(byte[] image) {
        try {
            return ImageIO.read(new ByteArrayInputStream(image));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The nearest of red, green, blue, yellow, black and white, at a share of width and height. */
    public static String colour(BufferedImage picture, double x, double y) {
        var colour = new Color(picture.getRGB((int) (x * picture.getWidth()), (int) (y * picture.getHeight())));
        String bits = (colour.getRed() > 127 ? "1" : "0")
                + (colour.getGreen() > 127 ? "1" : "0")
                + (colour.getBlue() > 127 ? "1" : "0");
        return switch (bits) {
            case "100" -> "red";
            case "010" -> "green";
            case "001" -> "blue";
            case "110" -> "yellow";
            case "000" -> "black";
            case "111" -> "white";
            default -> colour.toString();
        };
    }
}
