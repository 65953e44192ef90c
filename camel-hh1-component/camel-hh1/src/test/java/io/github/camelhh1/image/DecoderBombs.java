package io.github.camelhh1.image;

import io.github.camelhh1.fixture.Pictures;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Images whose headers are harmless, and that make a decoder find something else. All say that they are 200 x 150. */
final class DecoderBombs {
    private static final int SHORT = 3;
    private static final int LONG = 4;

    private DecoderBombs() {}

    static Map<String, byte[]> all() {
        var all = new LinkedHashMap<String, byte[]>();
        byte[] jpeg = jpeg("c2", 3, 20_000, 20_000);
        all.put("a TIFF that holds a progressive JPEG of 400 million pixels", new Tiff(7, 3).holding(jpeg));
        all.put("a TIFF that holds an old-style JPEG", new Tiff(6, 3).holding(jpeg));
        all.put(
                "a TIFF that names its compression twice",
                new Tiff(1, 3).with(259, SHORT, 1, 7).holding(jpeg));
        all.put(
                "a TIFF that names the size of its tiles twice",
                tiled(new Tiff(8, 1), 256)
                        .with(322, LONG, 1, 16_000)
                        .with(323, LONG, 1, 16_000)
                        .holding(new byte[20]));
        all.put("a TIFF that hides the size of its tiles behind a type that is none", hidden());
        all.put(
                "a TIFF with tiles of 256 million pixels",
                tiled(new Tiff(8, 1), 16_000).holding(new byte[20]));
        all.put(
                "a TIFF of 16 million pixels of 40 bytes",
                new Tiff(8, 5).deep(64).sized(4_000, 4_000).holding(new byte[20]));
        all.put("a TIFF whose strips are all the same 60 KB", overlapping());
        all.put("a TIFF of 24 bits a colour", new Tiff(8, 3).deep(24).holding(new byte[20]));
        all.put("a TIFF of 100 colours", new Tiff(8, 100).sized(1_000, 1_000).holding(new byte[20]));
        all.put("a JPEG of ten components in two scans", jpeg("c0", 10, 12_000, 3_000));
        all.put("a PNG of one row of 13 million pixels", row());
        all.put("a WEBP whose frame is larger than its canvas", webp(0, chunk("VP8 ", vp8(16_000, 4_000))));
        all.put("a WEBP whose first of two frames is larger than its canvas", animated(16_000, 4_000));
        all.put(
                "a WEBP whose profile says that it has two thousand million bytes",
                webp(0x20, chunk("ICCP", profile()), vp8Chunk()));
        all.put("a WEBP whose profile comes behind its picture", webp(0x20, vp8Chunk(), chunk("ICCP", profile())));
        byte[] lying = webp(0x20, chunk("ICCP", profile()), vp8Chunk());
        ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(34, Integer.MAX_VALUE - 15);
        all.put("a WEBP whose profile lies as its chunk does", lying);
        byte[][] frames = new byte[300][];
        Arrays.fill(frames, vp8Chunk());
        all.put("a WEBP of 300 pictures", webp(0, frames));
        return all;
    }

    /** A directory of tags in any order, of a picture in one strip. */
    private static final class Tiff {
        private final Map<Integer, Integer> fixed = new LinkedHashMap<>();
        private final ByteArrayOutputStream more = new ByteArrayOutputStream();
        private int entries;

        Tiff(int compression, int samples) {
            sized(200, 150);
            fixed.put(258, 8);
            fixed.put(259, compression);
            fixed.put(262, samples == 3 ? 2 : 1);
            fixed.put(277, samples);
            fixed.put(339, 1);
        }

        Tiff sized(int width, int height) {
            fixed.put(256, width);
            fixed.put(257, height);
            return this;
        }

        Tiff deep(int bits) {
            fixed.put(258, bits);
            return this;
        }

        Tiff with(int tag, int type, int count, int value) {
            more.writeBytes(entry(tag, type, count, value));
            entries++;
            return this;
        }

        byte[] holding(byte[] data) {
            int at = 8 + 2 + 12 * (fixed.size() + entries + 2) + 4;
            boolean tiled = more.size() > 0
                    && ByteBuffer.wrap(more.toByteArray())
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .getShort(0)
                            == 322;
            var out = new ByteArrayOutputStream();
            out.writeBytes(ByteBuffer.allocate(10)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(new byte[] {'I', 'I', '*', 0})
                    .putInt(8)
                    .putShort((short) (fixed.size() + entries + 2))
                    .array());
            fixed.forEach((tag, value) -> out.writeBytes(entry(tag, SHORT, 1, value)));
            out.writeBytes(entry(tiled ? 324 : 273, LONG, 1, at));
            out.writeBytes(entry(tiled ? 325 : 279, LONG, 1, data.length));
            out.writeBytes(more.toByteArray());
            out.writeBytes(new byte[4]);
            out.writeBytes(data);
            return out.toByteArray();
        }
    }

    private static byte[] entry(int tag, int type, int count, int value) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) tag)
                .putShort((short) type)
                .putInt(count)
                .putInt(value)
                .array();
    }

    private static Tiff tiled(Tiff tiff, int side) {
        return tiff.with(322, LONG, 1, side).with(323, LONG, 1, side);
    }

    /** Java's reader goes on four bytes too early behind a type that it does not know. */
    private static byte[] hidden() {
        return tiled(new Tiff(8, 1), 256)
                .with(0xffff, 99, 0, LONG << 16 | 322)
                .with(1, 0, 16_000, LONG << 16 | 323)
                .with(1, 0, 16_000, 0)
                .holding(new byte[20]);
    }

    private static byte[] overlapping() {
        int strips = 4_000;
        int at = 8 + 2 + 12 * 10 + 4;
        var data = ByteBuffer.allocate(8 * strips + 60_000).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < strips; i++) {
            data.putInt(at + 8 * strips).putInt(4 * strips + 4 * i, 60_000);
        }
        data.position(8 * strips).put(deflated(200));
        byte[] tiff = new Tiff(8, 1).sized(200, strips).with(278, SHORT, 1, 1).holding(data.array());
        return repointed(tiff, strips, at);
    }

    private static byte[] repointed(byte[] tiff, int strips, int at) {
        var bytes = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
        for (int entry = 10; entry < at - 4; entry += 12) {
            if (bytes.getShort(entry) == 273 || bytes.getShort(entry) == 279) {
                bytes.putInt(entry + 4, strips).putInt(entry + 8, bytes.getShort(entry) == 273 ? at : at + 4 * strips);
            }
        }
        return tiff;
    }

    /** No more than its headers. */
    private static byte[] jpeg(String frame, int components, int width, int height) {
        var parts = new StringBuilder();
        for (int i = 1; i <= components; i++) {
            parts.append(String.format("%02x1100", i));
        }
        String size = String.format("%04x%04x", height, width);
        String sof = String.format("ff%s%04x08%s%02x%s", frame, 8 + 3 * components, size, components, parts);
        String scan = "ffda00080101000" + (frame.equals("c2") ? "00000" : "03f00");
        String codes = "ffc4001400" + "01" + "00".repeat(16) + "ffc4001410" + "01" + "00".repeat(16);
        return HexFormat.of()
                .parseHex("ffd8" + codes + "ffdb004300" + "01".repeat(64) + sof + scan + "00".repeat(20) + "ffd9");
    }

    private static byte[] row() {
        byte[] png = Pictures.encoded("png", 20, 15);
        ByteBuffer.wrap(png)
                .putInt(16, 13_000_000)
                .putInt(20, 3)
                .put(24, (byte) 16)
                .put(25, (byte) 6);
        var crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        return png;
    }

    /** As long as it may be, with 6 bytes a pixel outside of the heap. */
    static byte[] progressive(int width, int height) {
        return jpeg("c2", 3, width, height);
    }

    /** Images that become bombs when a number or two are changed. */
    static List<byte[]> harmless() {
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        return List.of(
                animated(200, 150),
                webp(0, vp8Chunk()),
                webp(0x20, chunk("ICCP", profile), vp8Chunk()),
                new Tiff(7, 3).holding(progressive(200, 150)),
                tiled(new Tiff(8, 1), 199).holding(deflated(40_000)),
                new Tiff(5, 3).holding(new byte[20]),
                new Tiff(32773, 5).holding(new byte[20]));
    }

    /** Of frames that say this size, and hold a smaller picture. */
    private static byte[] animated(int width, int height) {
        byte[] extended = Pictures.webp("extended");
        byte[] picture = Arrays.copyOfRange(extended, 30, extended.length);
        byte[] frame = ByteBuffer.allocate(16 + picture.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(6, width - 1)
                .putInt(9, height - 1)
                .put(12, (byte) 100)
                .put(16, picture)
                .array();
        return webp(0x12, chunk("ANIM", new byte[6]), chunk("ANMF", frame), chunk("ANMF", frame));
    }

    private static byte[] deflated(int zeros) {
        byte[] data = new byte[200];
        var deflater = new Deflater();
        deflater.setInput(new byte[zeros]);
        deflater.finish();
        int length = deflater.deflate(data);
        deflater.end();
        return Arrays.copyOf(data, length);
    }

    private static byte[] webp(int flags, byte[]... chunks) {
        var out = new ByteArrayOutputStream();
        byte[] canvas = HexFormat.of().parseHex(String.format("%02x000000c70000950000", flags));
        out.writeBytes(chunk("VP8X", canvas));
        for (byte[] chunk : chunks) {
            out.writeBytes(chunk);
        }
        byte[] content = out.toByteArray();
        return ByteBuffer.allocate(12 + content.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(4 + content.length)
                .put("WEBP".getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
    }

    private static byte[] chunk(String type, byte[] content) {
        return ByteBuffer.allocate(8 + content.length + content.length % 2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] vp8Chunk() {
        byte[] webp = Pictures.webp("lossy");
        return Arrays.copyOfRange(webp, 12, webp.length);
    }

    /** The picture of the lossy sample, which says another size. */
    private static byte[] vp8(int width, int height) {
        byte[] webp = Pictures.webp("lossy");
        byte[] frame = Arrays.copyOfRange(webp, 20, webp.length);
        ByteBuffer.wrap(frame)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(6, (short) width)
                .putShort(8, (short) height);
        return frame;
    }

    private static byte[] profile() {
        return ByteBuffer.allocate(200)
                .putInt(0, 2_000_000_000)
                .putInt(36, 0x61637370)
                .array();
    }
}
