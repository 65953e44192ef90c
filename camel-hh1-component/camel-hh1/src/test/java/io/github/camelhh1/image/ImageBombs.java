package io.github.camelhh1.image;

import io.github.camelhh1.fixture.Pictures;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Images made to do harm to whoever decodes them, or only looks at them. */
final class ImageBombs {
    private static final int MB = 1 << 20;

    private static final byte[] INFLATES_TO_64_MB = deflated(64 * MB);

    private ImageBombs() {}

    static Map<String, byte[]> all() {
        var all = new LinkedHashMap<String, byte[]>();
        all.put("a PNG of 250 KB that decodes to 256 MB", png(16_384, 16_384, idat(256 * MB)));
        all.put("a PNG with the largest sides", png(Integer.MAX_VALUE, Integer.MAX_VALUE, idat(1000)));
        all.put("a PNG within the pixel limit that inflates without end", png(200, 150, idat(64 * MB)));
        all.put("a PNG with a comment that inflates to 64 MB", png(200, 150, text("zTXt"), idat(1000)));
        all.put("a PNG with a profile that inflates to 64 MB", png(200, 150, text("iCCP"), idat(1000)));
        all.put("a JPEG of segments without end", repeated("ffd8", "ffe20004abcd", 3 * MB));
        all.put("a JPEG of EXIF segments without end", exifChain());
        all.put("a JPEG whose sides are the largest", largestJpeg());
        all.put("a JPEG whose EXIF directory points at itself", selfPointing());
        all.put("a WEBP that lies of its length", webp());
        all.put("a TIFF whose directories go round", tiff(8, 1));
        all.put("a TIFF with a value of four thousand million entries", tiff(8, -1));
        all.put(
                "a GIF of comments without end",
                repeated("474946383961c800960000000021fe", "ff" + "61".repeat(255), MB));
        all.put("a GIF whose frame is larger than it says", gif());
        all.put("a BMP that declares a thousand million pixels", bmp(0));
        all.put("a BMP that holds a PNG", bmp(5));
        all.put("an SVG of entities of entities", svg());
        all.put("a HEIC of boxes within boxes", repeated("000000186674797068656963", "0000000c6d657461", MB));
        all.putAll(DecoderBombs.all());
        return all;
    }

    private static byte[] png(int width, int height, byte[]... chunks) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex("89504e470d0a1a0a"));
        byte[] head = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 0, 0, 0, 0})
                .array();
        out.writeBytes(chunk("IHDR", head));
        for (byte[] chunk : chunks) {
            out.writeBytes(chunk);
        }
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    private static byte[] idat(int inflated) {
        return chunk("IDAT", inflated == 64 * MB ? INFLATES_TO_64_MB : deflated(inflated));
    }

    private static byte[] text(String type) {
        byte[] data = INFLATES_TO_64_MB;
        return chunk(
                type,
                ByteBuffer.allocate(data.length + 3)
                        .put((byte) 'n')
                        .put((byte) 0)
                        .put((byte) 0)
                        .put(data)
                        .array());
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] typed = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        var crc = new CRC32();
        crc.update(typed);
        return ByteBuffer.allocate(typed.length + 8)
                .putInt(data.length)
                .put(typed)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] deflated(int zeros) {
        var deflater = new Deflater(9);
        var out = new ByteArrayOutputStream();
        byte[] piece = new byte[MB];
        byte[] packed = new byte[64 * 1024];
        for (int left = zeros; left > 0; left -= piece.length) {
            deflater.setInput(piece, 0, Math.min(left, piece.length));
            while (!deflater.needsInput()) {
                out.write(packed, 0, deflater.deflate(packed));
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            out.write(packed, 0, deflater.deflate(packed));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static byte[] repeated(String start, String part, int length) {
        byte[] head = HexFormat.of().parseHex(start);
        byte[] again = HexFormat.of().parseHex(part);
        byte[] all = Arrays.copyOf(head, length);
        for (int at = head.length; at < length; at++) {
            all[at] = again[(at - head.length) % again.length];
        }
        return all;
    }

    /** Each with as many entries as fit, none of them the one that is looked for. */
    private static byte[] exifChain() {
        byte[] exif = Arrays.copyOf(Pictures.exif(6, ByteOrder.BIG_ENDIAN), 65_000);
        ByteBuffer.wrap(exif).putShort(14, (short) 0xffff).putShort(16, (short) 0x0111);
        byte[] jpeg = Pictures.encoded("jpg", 200, 150);
        var out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        byte[] one = Pictures.withSegment(jpeg, 0xe1, exif);
        for (int i = 0; i < 40; i++) {
            out.write(one, 2, exif.length + 4);
        }
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    private static byte[] largestJpeg() {
        byte[] jpeg = Pictures.encoded("jpg", 200, 150);
        for (int i = 2; i < jpeg.length - 9; i++) {
            if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
                ByteBuffer.wrap(jpeg).putInt(i + 5, 0xffffffff);
                return jpeg;
            }
        }
        throw new IllegalStateException("no frame header");
    }

    private static byte[] selfPointing() {
        byte[] exif = Pictures.exif(6, ByteOrder.BIG_ENDIAN);
        // The only entry is a pointer to a directory, which is this one; so is the next.
        ByteBuffer.wrap(exif)
                .putShort(16, (short) 0x8769)
                .putShort(18, (short) 4)
                .putInt(24, 8)
                .putInt(28, 8);
        return Pictures.withSegment(Pictures.encoded("jpg", 200, 150), 0xe1, exif);
    }

    private static byte[] webp() {
        byte[] webp = Pictures.webp("extended");
        ByteBuffer.wrap(webp)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, -2)
                .putInt(24, -1)
                .putShort(28, (short) -1);
        return webp;
    }

    private static byte[] tiff(int next, int count) {
        byte[] tiff = ByteBuffer.allocate(200)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {'I', 'I', '*', 0})
                .putInt(8)
                .putShort((short) 3)
                .putShort((short) 256)
                .putShort((short) 4)
                .putInt(1)
                .putInt(200)
                .putShort((short) 257)
                .putShort((short) 4)
                .putInt(1)
                .putInt(150)
                .putShort((short) 273)
                .putShort((short) 4)
                .putInt(count)
                .putInt(8)
                .putInt(next)
                .array();
        return tiff;
    }

    private static byte[] gif() {
        byte[] gif = Pictures.encoded("gif", 200, 150);
        for (int i = 13; i < gif.length - 9; i++) {
            if (gif[i] == 0x2c && gif[i + 5] == (byte) 200 && gif[i + 7] == (byte) 150) {
                ByteBuffer.wrap(gif).putInt(i + 5, 0xffffffff);
                return gif;
            }
        }
        throw new IllegalStateException("no frame");
    }

    private static byte[] bmp(int compression) {
        byte[] bmp = Pictures.encoded("bmp", 20, 15);
        ByteBuffer.wrap(bmp)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(18, compression == 0 ? 32_768 : 20)
                .putInt(22, compression == 0 ? 32_768 : 15)
                .putInt(30, compression);
        return bmp;
    }

    private static byte[] svg() {
        var text = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 60; i++) {
            text.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return text.append("]><svg>&a59;</svg>").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
