package io.github.camelhh1.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.CountedStream;
import io.github.camelhh1.fixture.Pictures;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of a large image is read to know its size. */
class ReadBytesTest {
    private static final int TWENTY_MB = 20 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "gif", "bmp", "webp", "camera"})
    void isLessThan64Kilobytes(String kind) throws IOException {
        var in = new CountedStream(Pictures.filled(image(kind), TWENTY_MB));

        assertThat(ImageLook.at(in, TWENTY_MB).header()).isNotNull();
        assertThat(in.bytes()).isLessThan(kind.equals("camera") ? 2000 : 1000);
    }

    /** A camera puts EXIF data, a thumbnail and a colour profile before the size. */
    private static byte[] image(String kind) {
        if (kind.equals("webp")) {
            return Pictures.webp("lossy");
        } else if (!kind.equals("camera")) {
            return Pictures.encoded(kind, 400, 300);
        }
        byte[] jpeg = Pictures.encoded("jpg", 400, 300);
        for (int i = 0; i < 20; i++) {
            jpeg = Pictures.withSegment(jpeg, 0xe2, new byte[65_000]);
        }
        byte[] exif = Arrays.copyOf(Pictures.exif(6, ByteOrder.BIG_ENDIAN), 65_000);
        return Pictures.withSegment(jpeg, 0xe1, exif);
    }
}
