package io.github.camelhh1.download;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** MP4 files made box by box. */
public final class Boxes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** The smallest whole one. */
    public static byte[] video(int payload) {
        return new Boxes().box("ftyp", 24).box("moov", 100).box("mdat", payload).bytes();
    }

    /** With {@code payload} zeros behind its header. */
    public Boxes box(String type, int payload) {
        return claiming(8L + payload, type, payload);
    }

    /** A box whose header declares {@code size}. */
    public Boxes claiming(long size, String type, int payload) {
        bytes.writeBytes(ByteBuffer.allocate(8)
                .putInt((int) size)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .array());
        bytes.writeBytes(new byte[payload]);
        return this;
    }

    /** With the 64-bit form of the size. */
    public Boxes large(long size, String type, int payload) {
        claiming(1, type, 0);
        bytes.writeBytes(ByteBuffer.allocate(8).putLong(size).array());
        bytes.writeBytes(new byte[payload]);
        return this;
    }

    /** Holding what {@code content} has. */
    public Boxes box(String type, byte[] content) {
        claiming(8L + content.length, type, 0);
        bytes.writeBytes(content);
        return this;
    }

    public Boxes raw(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }
}
