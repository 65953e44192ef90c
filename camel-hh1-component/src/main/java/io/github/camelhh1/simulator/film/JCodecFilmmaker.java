package io.github.camelhh1.simulator.film;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.jcodec.api.SequenceEncoder;
import org.jcodec.common.Codec;
import org.jcodec.common.Format;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.io.SeekableByteChannel;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;
import org.jcodec.common.model.Rational;

/** The only class that knows JCodec, an optional dependency: H.264 in an MP4, in preview quality. */
final class JCodecFilmmaker implements Filmmaker {
    private static final int FRAMES_PER_SECOND = 12;

    @Override
    public void film(Scene scene, Path target) throws IOException {
        Dimension size = Still.size(scene.picture());
        PushIn camera = new PushIn(Still.of(scene, size), size.width, size.height);
        Picture frame = Picture.create(size.width, size.height, ColorSpace.RGB);
        int frames = scene.seconds() * FRAMES_PER_SECOND;
        try (SeekableByteChannel out = NIOUtils.writableChannel(target.toFile())) {
            SequenceEncoder encoder =
                    new SequenceEncoder(out, Rational.R(FRAMES_PER_SECOND, 1), Format.MOV, Codec.H264, null);
            for (int i = 0; i < frames; i++) {
                copy(camera.at((double) i / frames), frame);
                encoder.encodeNativeFrame(frame);
            }
            encoder.finish();
        }
    }

    private static void copy(BufferedImage from, Picture to) {
        int[] pixels = from.getRGB(0, 0, from.getWidth(), from.getHeight(), null, 0, from.getWidth());
        byte[] samples = to.getPlaneData(0);
        for (int i = 0; i < pixels.length; i++) {
            samples[3 * i] = sample(pixels[i] >> 16);
            samples[3 * i + 1] = sample(pixels[i] >> 8);
            samples[3 * i + 2] = sample(pixels[i]);
        }
    }

    /**
     * JCodec's samples are signed: 0 is -128. It writes them in full range without saying so in the file, where players
     * expect 16 to 235; without this the picture comes out too dark and too bright.
     */
    private static byte sample(int colour) {
        return (byte) (16 + (colour & 0xff) * 219 / 255 - 128);
    }
}
