package io.github.camelhh1.download.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Tells a whole MP4 file from a cut or a foreign one by its top-level boxes (ISO/IEC 14496-12): {@code ftyp} is the
 * first but for a little padding, {@code moov} is among them, and an {@code mdat} behind
 * the last fragment, and their sizes add up to the file's, but for a few bytes behind a file that came as long as it was promised. Reads headers only, whatever
 * the file claims. A file that was cut right behind a fragment is whole, as far as anybody can tell.
 */
public final class Mp4File {
    /** Bytes behind the last box that are no reason to throw a video away. */
    private static final int LONGEST_TAIL = 64;

    private Mp4File() {}

    /**
     * Throws where the file is not whole.
     *
     * @param complete whether all came that was promised, so that what follows the last box is no box that was cut
     */
    public static Movie read(FileChannel file, boolean complete) throws IOException, Mp4Flaw {
        return read(complete, new ByteSource() {
            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public int read(ByteBuffer target, long position) throws IOException {
                return file.read(target, position);
            }
        });
    }

    public static Movie read(ByteSource file) throws IOException, Mp4Flaw {
        return read(false, file);
    }

    /** Throws where the file is not whole. An index that says odd things of a whole file is no reason to: it was paid for. */
    static Movie read(boolean complete, ByteSource file) throws IOException, Mp4Flaw {
        Box index = index(new BoxReader(file), file.size(), complete);
        try {
            return new MovieReader(new BoxReader(file)).read(index);
        } catch (Mp4Flaw e) {
            return Movie.UNKNOWN;
        }
    }

    private static Box index(BoxReader boxes, long length, boolean complete) throws IOException, Mp4Flaw {
        if (length == 0) {
            throw Mp4Flaw.cut("it is empty");
        }
        @Nullable Box index = null;
        int media = 0;
        int fragments = 0;
        boolean awaited = false;
        for (long position = begin(boxes, length); position < length; ) {
            Box box;
            try {
                box = boxes.box(position, length);
            } catch (Mp4Flaw e) {
                boolean tail = complete && media > 0 && length - position <= LONGEST_TAIL;
                if (tail && boxes.isNoHeader(fragments > 0)) {
                    break;
                }
                throw e;
            }
            if (index == null && box.type() == Box.MOOV) {
                index = box;
            }
            media += box.type() == Box.MDAT ? 1 : 0;
            awaited = box.type() == Box.MOOF || (awaited && box.type() != Box.MDAT);
            // The list of all fragments is the last box: none follows.
            fragments = box.type() == Box.MOOF ? fragments + 1 : box.type() == Box.MFRA ? 0 : fragments;
            position = box.end();
        }
        if (index == null) {
            throw Mp4Flaw.cut("it has no moov box, so nothing can play it");
        } else if (media == 0 || (awaited && media < fragments)) {
            throw Mp4Flaw.cut("it is cut: the mdat box is missing that holds what is played");
        }
        return index;
    }

    /** Where the boxes behind {@code ftyp} begin. */
    private static long begin(BoxReader boxes, long length) throws IOException, Mp4Flaw {
        long position = 0;
        Box box;
        do {
            box = boxes.first(position, length);
            position = box.end();
        } while (box.type() != Box.FTYP && position < length);
        return position;
    }
}
