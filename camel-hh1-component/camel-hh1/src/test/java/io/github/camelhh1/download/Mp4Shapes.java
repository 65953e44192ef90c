package io.github.camelhh1.download;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Videos as programs write them, from random numbers: the index first or last, in fragments, with padding anywhere, of
 * QuickTime's brand, with boxes of 64 bits, and with bytes behind their end.
 */
final class Mp4Shapes {
    /**
     * @param name its parts
     * @param tail how many of its last bytes belong to no box
     * @param played so many of its first bytes are all that a player needs
     * @param ends where it may end before, and nobody can tell
     */
    record Shape(String name, byte[] bytes, int tail, int played, Set<Integer> ends) {}

    private static final String[] BRANDS = {"isom", "mp42", "qt  ", "iso5", "M4V "};
    private static final String[] PADDING = {"free", "skip", "wide", "uuid"};

    private final Random random;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> names = new ArrayList<>();
    private final Set<Integer> ends = new TreeSet<>();
    private int played;

    private Mp4Shapes(Random random) {
        this.random = random;
    }

    static Shape of(Random random) {
        return new Mp4Shapes(random).made();
    }

    private Shape made() {
        for (int i = random.nextInt(3); i > 0 && random.nextBoolean(); i--) {
            padding();
        }
        brand();
        padding();
        boolean open = random.nextInt(3) == 0 ? fragments() : random.nextBoolean() ? indexFirst() : indexLast();
        int tail = open || random.nextInt(3) > 0 ? 0 : tail();
        return new Shape(String.join(" ", names), bytes.toByteArray(), tail, played, ends);
    }

    private void brand() {
        String brand = BRANDS[random.nextInt(BRANDS.length)];
        box("ftyp", (brand + "\0\0\2\0" + brand + "mp41").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Whether its last box has no end of its own. */
    private boolean indexFirst() {
        box("moov", index());
        padding();
        if (random.nextInt(4) == 0) {
            names.add("mdat-to-the-end");
            bytes.writeBytes(new byte[] {0, 0, 0, 0, 'm', 'd', 'a', 't'});
            for (int i = 0; i < 100; i++) {
                // Nothing says where such a box ends.
                ends.add(bytes.size());
                bytes.write(random.nextInt());
            }
            played = bytes.size();
            return true;
        }
        media();
        played = bytes.size();
        padding();
        return false;
    }

    private boolean indexLast() {
        media();
        padding();
        box("moov", index());
        played = bytes.size();
        padding();
        return false;
    }

    /** As players of pieces want them, and as cameras write them that may lose power. */
    private boolean fragments() {
        box("moov", index());
        boolean listed = random.nextBoolean();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            if (random.nextInt(3) == 0) {
                box(random.nextBoolean() ? "styp" : "sidx", noise(24));
                if (!ends.isEmpty()) {
                    ends.add(bytes.size());
                }
            }
            box("moof", noise(40 + random.nextInt(60)));
            media();
            // Whether more fragments should follow nobody can tell.
            ends.add(bytes.size());
        }
        played = bytes.size();
        if (listed) {
            box("mfra", noise(40));
        }
        return false;
    }

    private void media() {
        byte[] media = noise(random.nextInt(300));
        if (random.nextInt(4) > 0) {
            box("mdat", media);
            return;
        }
        names.add("mdat64");
        bytes.writeBytes(ByteBuffer.allocate(16 + media.length)
                .putInt(1)
                .put("mdat".getBytes(StandardCharsets.ISO_8859_1))
                .putLong(16L + media.length)
                .put(media)
                .array());
    }

    private int tail() {
        byte[] tail = new byte[1 + random.nextInt(40)];
        if (random.nextBoolean()) {
            Arrays.fill(tail, (byte) '\n');
        }
        names.add("tail" + tail.length);
        bytes.writeBytes(tail);
        return tail.length;
    }

    private void padding() {
        if (random.nextBoolean()) {
            box(PADDING[random.nextInt(PADDING.length)], new byte[random.nextBoolean() ? 0 : 16 + random.nextInt(60)]);
        }
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private void box(String type, byte[] content) {
        names.add(type);
        bytes.writeBytes(boxed(type, content));
    }

    private static byte[] boxed(String type, byte[] content) {
        return ByteBuffer.allocate(8 + content.length)
                .putInt(8 + content.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(content)
                .array();
    }

    private static byte[] index() {
        return boxed(
                "mvhd",
                ByteBuffer.allocate(100).putInt(12, 1_000).putInt(16, 5_000).array());
    }
}
