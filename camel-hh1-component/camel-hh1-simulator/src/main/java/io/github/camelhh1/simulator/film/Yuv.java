package io.github.camelhh1.simulator.film;

import java.awt.image.BufferedImage;

/**
 * RGB to the colour space of video: BT.601, range 16 to 235, one colour sample for four pixels. JCodec has a conversion
 * of its own, but its blue weighs too little and its range is not the one that players assume.
 */
final class Yuv {
    private final int width;
    private final int height;
    private final int[] pixels;

    Yuv(BufferedImage image) {
        width = image.getWidth();
        height = image.getHeight();
        pixels = image.getRGB(0, 0, width, height, null, 0, width);
    }

    /** Fills the three planes. Samples are signed, as JCodec keeps them: 128 less than usual. */
    void copyTo(byte[] luma, byte[] blue, byte[] red) {
        for (int i = 0; i < pixels.length; i++) {
            int p = pixels[i];
            luma[i] = (byte) (((66 * red(p) + 129 * green(p) + 25 * blue(p) + 128) >> 8) + 16 - 128);
        }
        for (int y = 0; y < height / 2; y++) {
            for (int x = 0; x < width / 2; x++) {
                colour(2 * y * width + 2 * x, y * (width / 2) + x, blue, red);
            }
        }
    }

    private void colour(int pixel, int sample, byte[] blue, byte[] red) {
        int[] four = {pixels[pixel], pixels[pixel + 1], pixels[pixel + width], pixels[pixel + width + 1]};
        int r = 0;
        int g = 0;
        int b = 0;
        for (int p : four) {
            r += red(p);
            g += green(p);
            b += blue(p);
        }
        blue[sample] = (byte) ((-38 * r - 74 * g + 112 * b + 512) >> 10);
        red[sample] = (byte) ((112 * r - 94 * g - 18 * b + 512) >> 10);
    }

    private static int red(int pixel) {
        return pixel >> 16 & 0xff;
    }

    private static int green(int pixel) {
        return pixel >> 8 & 0xff;
    }

    private static int blue(int pixel) {
        return pixel & 0xff;
    }
}
