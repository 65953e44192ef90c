package io.github.camelhh1.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.jpeg.JpegDirectory;
import io.github.camelhh1.fixture.Fuzz;
import io.github.camelhh1.fixture.Pictures;
import io.github.camelhh1.image.fix.ImageIoFixer;
import io.github.camelhh1.image.preflight.Preflight.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others read the same of an image: metadata-extractor, and ImageIO, which will decode it. */
class ImageOraclesTest {
    private static final int INPUTS = Fuzz.inputs(2_000);

    private int compared;

    @Test
    void metadataExtractorFindsTheSameSizeAndOrientation() {
        Fuzz.every(INPUTS, random -> {
            byte[] photo = photo(random);
            Metadata metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(photo));
            var size = metadata.getFirstDirectoryOfType(JpegDirectory.class);
            var exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer found = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            int orientation = found == null ? 0 : TiffSize.valid(found);
            assertThat(ImageContent.of(photo).look().header())
                    .isEqualTo(ImageHeader.turned(
                            ImageFormat.JPEG, size.getImageWidth(), size.getImageHeight(), Math.max(1, orientation)));
        });
    }

    /** As cameras and programs write them: metadata of several kinds, in either byte order, in any order. */
    private static byte[] photo(Random random) {
        byte[] jpeg = Pictures.encoded("jpg", 1 + random.nextInt(300), 1 + random.nextInt(300));
        for (int i = random.nextInt(5); i > 0; i--) {
            byte[] filling = new byte[random.nextInt(3_000)];
            random.nextBytes(filling);
            jpeg = switch (random.nextInt(4)) {
                case 0 -> Pictures.withSegment(jpeg, 0xfe, filling);
                case 1 -> Pictures.withSegment(jpeg, 0xe2, filling);
                case 2 -> Pictures.withSegment(jpeg, 0xed, filling);
                default ->
                    Pictures.withSegment(
                            jpeg, 0xe1, "http://ns.adobe.com/xap/1.0/\0<x/>".getBytes(StandardCharsets.US_ASCII));
            };
            if (i == 1 && random.nextInt(4) > 0) {
                jpeg = Pictures.withSegment(jpeg, 0xe1, exif(random));
            }
        }
        return jpeg;
    }

    /** Some tags before and behind the orientation, and sometimes none of it. */
    private static byte[] exif(Random random) {
        int before = random.nextInt(6);
        int entries = before + 1 + random.nextInt(4);
        ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int gap = random.nextInt(20);
        ByteBuffer exif = ByteBuffer.allocate(14 + gap + 2 + 12 * entries + 4)
                .put(new byte[] {'E', 'x', 'i', 'f', 0, 0})
                .order(order)
                .putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949))
                .putShort((short) 42)
                .putInt(8 + gap)
                .position(14 + gap)
                .putShort((short) entries);
        for (int i = 0; i < entries; i++) {
            boolean orientation = i == before && random.nextInt(8) > 0;
            exif.putShort((short) (orientation ? 0x0112 : i < before ? 0x0100 + i : 0x0213 + i))
                    .putShort((short) 3)
                    .putInt(1)
                    .putShort((short) random.nextInt(10))
                    .putShort((short) 0);
        }
        return exif.array();
    }

    /** The header declares at least as many pixels as ImageIO finds. */
    @Test
    void imageIoNeverFindsMorePixelsThanTheHeaderSays() {
        List<byte[]> good = Mutants.good();
        Fuzz.every(INPUTS, random -> {
            byte[] mutant = Mutants.of(good, random);
            ImageLook look = ImageContent.of(mutant).look();
            if (look.header() != null) {
                assertThat(decoderPixels(look.format(), mutant))
                        .as("%s", look)
                        .isLessThanOrEqualTo(
                                (long) look.header().width() * look.header().height());
            }
        });
        if (INPUTS >= 1_000) {
            assertThat(compared).isGreaterThan(INPUTS / 4);
        }
    }

    @Test
    void whatProgramsWriteIsFixedStill(@TempDir Path directory) {
        var fixer = new ImageIoFixer(40_000_000, () -> directory, Runnable::run, Runnable::run);
        int jpegsInTiffs = 0;
        for (byte[] picture : Mutants.written()) {
            ImageContent content = ImageContent.of(picture);
            if (content.look().header() == null) {
                assertThat(content.look().problem()).contains("holds a JPEG image");
                jpegsInTiffs++;
            } else {
                assertThat(fixer.objection(content.look())).isNull();
                assertThat(fixer.fix(content).toCompletableFuture().join()).isInstanceOf(Verdict.Fixed.class);
            }
        }
        assertThat(jpegsInTiffs).isBetween(1, 3);
    }

    private long decoderPixels(ImageFormat format, byte[] image) {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format.title()).next();
        try {
            reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(image)), true, true);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            compared++;
            return pixels;
        } catch (IOException | RuntimeException e) {
            // It will not decode it either.
            return 0;
        } finally {
            reader.dispose();
        }
    }
}
