package io.github.camelhh1.simulator.pictures;

import com.drew.lang.StreamReader;
import java.io.IOException;
import java.io.InputStream;

/**
 * The library reads an image through this class. The library reads each part in its declared length, and all parts.
 * This class cuts a part to its start, and limits the number of parts.
 */
final class PartReader extends StreamReader {
    private static final int LONGEST_PART = 64 * 1024;
    private static final int MOST_PARTS = 256;

    private int parts;

    PartReader(InputStream in) {
        super(in);
    }

    @Override
    public byte[] getBytes(int count) throws IOException {
        if (++parts > MOST_PARTS) {
            throw new IOException("an image of too many parts");
        }
        byte[] start = super.getBytes(Math.min(count, LONGEST_PART));
        if (count > LONGEST_PART) {
            skip(count - (long) LONGEST_PART);
        }
        return start;
    }
}
