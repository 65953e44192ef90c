package io.github.camelhh1.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/** Videos that other programs made. */
final class Mp4Samples {
    static final int WIDTH = 256;
    static final int HEIGHT = 144;
    static final Duration DURATION = Duration.ofSeconds(3);

    private Mp4Samples() {}

    /** The built-in video of the simulator. */
    static byte[] builtIn() throws IOException {
        try (InputStream video = Mp4Samples.class.getResourceAsStream("/io/github/camelhh1/simulator/built-in.mp4")) {
            return video.readAllBytes();
        }
    }

    /** The same without all but {@code most} bytes of what is played. */
    static byte[] shortened(int most) throws IOException {
        var whole = ByteBuffer.wrap(builtIn());
        var shortened = ByteBuffer.allocate(whole.capacity());
        while (whole.hasRemaining()) {
            int at = whole.position();
            boolean large = whole.getInt(at) == 1;
            int size = large ? (int) whole.getLong(at + 8) : whole.getInt(at);
            if (whole.getInt(at + 4) == Mp4Boxes.type("mdat")) {
                byte[] media = new byte[most];
                whole.get(at + (large ? 16 : 8), media);
                shortened.putInt(8 + most).putInt(Mp4Boxes.type("mdat")).put(media);
            } else {
                shortened.put(whole.slice(at, size));
            }
            whole.position(at + size);
        }
        return Arrays.copyOf(shortened.array(), shortened.position());
    }
}
