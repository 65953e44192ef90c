package io.github.camelhh1.image;

import io.github.camelhh1.fixture.Pictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures of every kind that a fix decodes, and what becomes of them when their bytes are changed. */
final class Mutants {
    private static final int WIDTH = 61;
    private static final int HEIGHT = 47;
    private static final int[] SIDES = {1, 2, 300, 999, 1_000, 4_000, 8_193, 16_383, 32_767, 50_000, 65_535};
    private static final int[] HURTING = {0, 1, 2, 7, 8, 16, 64, 127, 128, 255, 256, 1_024, 65_535, 1 << 24, -1};

    private Mutants() {}

    static List<byte[]> good() {
        List<byte[]> good = written();
        good.addAll(DecoderBombs.harmless());
        return good;
    }

    /** By Java and by a camera, and the samples of WEBP. */
    static List<byte[]> written() {
        List<byte[]> good = new ArrayList<>();
        for (int type : List.of(
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_USHORT_GRAY)) {
            for (String kind : List.of(
                    "png",
                    "png progressive",
                    "jpg",
                    "jpg progressive",
                    "gif progressive",
                    "bmp",
                    "bmp BI_RLE8",
                    "tiff",
                    "tiff LZW",
                    "tiff Deflate",
                    "tiff PackBits",
                    "tiff JPEG",
                    "tiff tiled")) {
                byte[] picture = written(kind, type);
                if (picture.length > 0) {
                    good.add(picture);
                }
            }
        }
        for (String kind : List.of("lossy", "lossless", "extended")) {
            good.add(Pictures.webp(kind));
        }
        good.add(Pictures.turned(WIDTH, HEIGHT, 6));
        return good;
    }

    /** Empty where the format has no such picture. */
    private static byte[] written(String kind, int type) {
        var picture = new BufferedImage(WIDTH, HEIGHT, type);
        picture.getGraphics().drawImage(Pictures.quarters(WIDTH, HEIGHT), 0, 0, null);
        String[] words = kind.split(" ");
        ImageWriter writer = ImageIO.getImageWritersByFormatName(words[0]).next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (words.length > 1 && words[1].equals("progressive")) {
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            } else if (words.length > 1 && words[1].equals("tiled")) {
                param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
                param.setTiling(32, 32, 0, 0);
            } else if (words.length > 1) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionType(words[1]);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), param);
        } catch (IOException e) {
            return new byte[0];
        } catch (UncheckedIOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return new byte[0];
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static byte[] of(List<byte[]> good, Random random) {
        byte[] bytes = good.get(random.nextInt(good.size())).clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            // Most of what matters lies at the start, or in the last bytes of a TIFF.
            int reach = Math.min(bytes.length, random.nextBoolean() ? 256 : bytes.length);
            int at = random.nextInt(8) == 0 ? bytes.length - 1 - random.nextInt(reach) : random.nextInt(reach);
            bytes = changed(bytes, at, random);
        }
        return bytes;
    }

    private static byte[] changed(byte[] bytes, int at, Random random) {
        switch (random.nextInt(8)) {
            case 0 -> bytes[at] = (byte) random.nextInt();
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2, 3 -> number(bytes, at, HURTING[random.nextInt(HURTING.length)], random);
            case 4, 5 -> resize(bytes, random, 1 + random.nextInt(2));
            case 6 -> {
                return doubled(bytes, at, random.nextInt(400));
            }
            default -> {
                int from = random.nextInt(bytes.length);
                int length = Math.min(random.nextInt(32), bytes.length - Math.max(at, from));
                System.arraycopy(bytes, from, bytes, at, length);
            }
        }
        return bytes;
    }

    private static void number(byte[] bytes, int at, int value, Random random) {
        var buffer =
                ByteBuffer.wrap(bytes).order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        if (random.nextBoolean() && at + Integer.BYTES <= bytes.length) {
            buffer.putInt(at, value);
        } else if (at + Short.BYTES <= bytes.length) {
            buffer.putShort(at, (short) value);
        }
    }

    /** Puts another number where one of the sides stands, or where both of them do. */
    private static void resize(byte[] bytes, Random random, int sides) {
        List<Integer> places = new ArrayList<>();
        for (int at = 0; at + 3 < bytes.length && places.size() < 80; at++) {
            for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
                if (isSide(
                        Short.toUnsignedInt(ByteBuffer.wrap(bytes).order(order).getShort(at)))) {
                    places.add(order == ByteOrder.BIG_ENDIAN ? at : -at);
                }
            }
        }
        int first = places.isEmpty() ? 0 : random.nextInt(places.size());
        for (int i = first; i < Math.min(first + sides, places.size()); i++) {
            ByteBuffer.wrap(bytes)
                    .order(places.get(i) < 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                    .putShort(Math.abs(places.get(i)), (short) SIDES[random.nextInt(SIDES.length)]);
        }
    }

    /** Of the samples of WEBP, too, which count from zero in places. */
    private static boolean isSide(int number) {
        return List.of(WIDTH, HEIGHT, 200, 150, 199, 149).contains(number);
    }

    private static byte[] doubled(byte[] bytes, int at, int count) {
        int length = Math.min(count, bytes.length - at);
        byte[] result = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, at, result, at + length, bytes.length - at);
        return result;
    }
}
