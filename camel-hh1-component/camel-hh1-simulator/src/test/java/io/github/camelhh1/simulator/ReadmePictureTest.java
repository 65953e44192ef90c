package io.github.camelhh1.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.jcodec.api.FrameGrab;
import org.jcodec.common.io.ByteBufferSeekableByteChannel;
import org.jcodec.common.model.Picture;
import org.junit.jupiter.api.Test;

/**
 * The README's picture: a sample photo beside the last frame of the video that the simulator makes of it. With {@code
 * -Dhh1.readme.picture=write} it is made anew.
 */
class ReadmePictureTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path PHOTO = ROOT.resolve("camel-hh1-examples/file-drop/src/main/resources/samples/horse.jpg");
    private static final Path PICTURE = ROOT.resolve("camel-hh1-component/camel-hh1/src/main/docs/photo-and-video.png");
    private static final int SECONDS = 3;
    private static final int GAP = 8;
    private static final int HEIGHT = 176;

    @Test
    void isShownAndSmall() throws Exception {
        if ("write".equals(System.getProperty("hh1.readme.picture"))) {
            ImageIO.write(beside(ImageIO.read(PHOTO.toFile()), lastFrame()), "png", PICTURE.toFile());
        }
        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains("(camel-hh1-component/camel-hh1/src/main/docs/photo-and-video.png)");
        assertThat(Files.size(PICTURE)).isBetween(10_000L, 199_999L);
        BufferedImage picture = ImageIO.read(PICTURE.toFile());
        assertThat(picture.getHeight()).isEqualTo(HEIGHT);
        assertThat(picture.getWidth()).isGreaterThan(HEIGHT);
    }

    private static BufferedImage lastFrame() throws Exception {
        try (Hh1Simulator simulator = Hh1Simulator.start()) {
            RunClient client = new RunClient(simulator);
            String photo = simulator.serve("horse.jpg", Files.readAllBytes(PHOTO));
            String link = RunClient.videoUrl(client.run("{\"image\":\"" + photo + "\",\"duration\":" + SECONDS + "}"));
            byte[] video = client.get(link).body();
            return rgb(FrameGrab.getFrameFromChannel(
                    ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(video)), SECONDS * 12 - 1));
        }
    }

    private static BufferedImage beside(BufferedImage photo, BufferedImage frame) throws IOException {
        int left = photo.getWidth() * HEIGHT / photo.getHeight();
        int right = frame.getWidth() * HEIGHT / frame.getHeight();
        BufferedImage picture = new BufferedImage(left + GAP + right, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.fillRect(0, 0, picture.getWidth(), HEIGHT);
        graphics.drawImage(photo, 0, 0, left, HEIGHT, null);
        graphics.drawImage(frame, left + GAP, 0, right, HEIGHT, null);
        graphics.dispose();
        return picture;
    }

    /** BT.601 in limited range; JCodec keeps samples 128 less than usual. */
    private static BufferedImage rgb(Picture frame) {
        int width = frame.getWidth();
        BufferedImage image = new BufferedImage(width, frame.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < frame.getHeight(); y++) {
            for (int x = 0; x < width; x++) {
                int sample = y / 2 * (width / 2) + x / 2;
                double light = 1.164 * (frame.getPlaneData(0)[y * width + x] + 128 - 16);
                int blue = frame.getPlaneData(1)[sample];
                int red = frame.getPlaneData(2)[sample];
                image.setRGB(
                        x,
                        y,
                        level(light + 1.596 * red) << 16
                                | level(light - 0.813 * red - 0.391 * blue) << 8
                                | level(light + 2.018 * blue));
            }
        }
        return image;
    }

    private static int level(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }
}
