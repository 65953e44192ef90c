package io.github.camelhh1.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.fixture.Pictures;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLookTest {

    private static ImageLook look(byte[] content) {
        return ImageContent.of(content).look();
    }

    private static ImageHeader header(byte[] content) {
        ImageLook look = look(content);
        assertThat(look.problem()).isNull();
        return look.header();
    }

    @ParameterizedTest
    @CsvSource({"jpg, JPEG", "png, PNG", "gif, GIF", "bmp, BMP", "tiff, TIFF"})
    void findsTheSizeOfWhatImageIoWrites(String name, ImageFormat format) {
        byte[] image = Pictures.encoded(name, 333, 210);

        assertThat(look(image)).isEqualTo(new ImageLook(format, image.length, new ImageHeader(format, 333, 210), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossy", "lossless", "extended"})
    void findsTheSizeOfEachKindOfWebp(String kind) {
        assertThat(header(Pictures.webp(kind))).isEqualTo(new ImageHeader(ImageFormat.WEBP, 200, 150));
    }

    @Test
    void knowsTheHashOfWhatItPassedOver() throws IOException {
        byte[] jpeg = Pictures.withSegment(Pictures.encoded("jpg", 400, 300), 0xe2, new byte[60_000]);
        byte[] image = Pictures.filled(jpeg, 300_000);
        ImageContent content = ImageContent.of(image);

        assertThat(content.sha256()).isEqualTo(io.github.camelhh1.fixture.Images.sha256(image));
        assertThat(content.length()).isEqualTo(image.length);
        assertThat(content.look().header()).isEqualTo(new ImageHeader(ImageFormat.JPEG, 400, 300));
    }

    /** The header's reader takes such a failure for the end of a broken image. */
    @Test
    void leavesNoHoleWhereAStreamHasFailedOnce() {
        byte[] image = Pictures.encoded("png", 400, 300);
        var flaky = new FilterInputStream(new ByteArrayInputStream(image)) {
            private int reads;

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (++reads == 2) {
                    throw new IOException("not now");
                }
                return super.read(target, offset, Math.min(length, 20));
            }
        };

        assertThatThrownBy(() -> ImageContent.copied(flaky, OutputStream.nullOutputStream(), Path.of("copy")))
                .hasMessage("not now");
    }

    @Nested
    class OfAnOldBitmap {
        @Test
        void readsTheShortHead() {
            byte[] bmp = ByteBuffer.allocate(40)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(new byte[] {'B', 'M'})
                    .position(14)
                    .putInt(12)
                    .putShort((short) 640)
                    .putShort((short) 480)
                    .array();

            assertThat(header(bmp)).isEqualTo(new ImageHeader(ImageFormat.BMP, 640, 480));
        }

        @Test
        void takesRowsFromTopToBottom() {
            byte[] bmp = Pictures.encoded("bmp", 20, 10);
            ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(22, -10);

            assertThat(header(bmp)).isEqualTo(new ImageHeader(ImageFormat.BMP, 20, 10));
        }

        @Test
        void refusesAnotherImageInside() {
            byte[] bmp = Pictures.encoded("bmp", 20, 10);
            ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(30, 4);

            assertThat(look(bmp).problem()).contains("holds another image");
        }
    }

    @Nested
    class OfATurnedPhoto {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
        void isTheSizeAsShown(int orientation) {
            assertThat(header(Pictures.turned(400, 300, orientation)))
                    .isEqualTo(new ImageHeader(ImageFormat.JPEG, 400, 300, orientation));
        }

        @ParameterizedTest
        @ValueSource(strings = {"BIG_ENDIAN", "LITTLE_ENDIAN"})
        void isToldInEitherByteOrder(String order) {
            ByteOrder bytes = order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            byte[] jpeg = Pictures.withSegment(Pictures.encoded("jpg", 400, 300), 0xe1, Pictures.exif(6, bytes));

            assertThat(header(jpeg)).isEqualTo(new ImageHeader(ImageFormat.JPEG, 300, 400, 6));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 9, 65535})
        void isAsStoredWhereItSaysNonsense(int orientation) {
            byte[] exif = Pictures.exif(orientation, ByteOrder.BIG_ENDIAN);

            assertThat(header(Pictures.withSegment(Pictures.encoded("jpg", 400, 300), 0xe1, exif)))
                    .isEqualTo(new ImageHeader(ImageFormat.JPEG, 400, 300, 1));
        }

        @Test
        void isFoundBehindOtherMetadata() {
            byte[] jpeg = Pictures.turned(400, 300, 8);
            byte[] xmp = "http://ns.adobe.com/xap/1.0/\0<x/>".getBytes(StandardCharsets.US_ASCII);

            assertThat(header(Pictures.withSegment(jpeg, 0xe1, xmp)).orientation())
                    .isEqualTo(8);
        }

        /** The first directory is the one that counts, wherever it says that it lies. */
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 7, 25, 0x7fffffff, -1})
        void isAsStoredWhereTheDirectoryIsNowhere(int place) {
            byte[] exif = Pictures.exif(6, ByteOrder.BIG_ENDIAN);
            ByteBuffer.wrap(exif).putInt(10, place);

            assertThat(header(Pictures.withSegment(Pictures.encoded("jpg", 400, 300), 0xe1, exif)))
                    .isEqualTo(new ImageHeader(ImageFormat.JPEG, 400, 300, 1));
        }

        @Test
        void isAsStoredWhereTheDirectoryEndsTooSoon() {
            byte[] exif = Pictures.exif(6, ByteOrder.BIG_ENDIAN);
            for (int length = 0; length < 26; length++) {
                byte[] jpeg =
                        Pictures.withSegment(Pictures.encoded("jpg", 400, 300), 0xe1, Arrays.copyOf(exif, length));
                assertThat(header(jpeg).orientation()).as("%d bytes", length).isEqualTo(1);
            }
        }
    }

    @Test
    void saysWhyThereIsNoSize() {
        byte[] png = Pictures.encoded("png", 400, 300);

        assertThat(look(Arrays.copyOf(png, 20)))
                .isEqualTo(new ImageLook(ImageFormat.PNG, 20, null, "the image ends within its header"));
        assertThat(ImageLook.at(new ByteArrayInputStream("hello".getBytes(StandardCharsets.US_ASCII)), 5)
                        .format())
                .isEqualTo(ImageFormat.TEXT);
    }
}
