package io.github.camelhh1.download;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes a whole MP4 file from a cut or a foreign one by its top-level boxes (ISO/IEC 14496-12). {@code ftyp}
 * comes first, after a little padding at most. There are {@code moov}, and an {@code mdat} behind the last fragment.
 * The sizes of the boxes add up to the size of the file; if the file has its announced length, a few bytes may follow.
 * Only headers are read, whichever sizes they declare. A file that was cut right behind a fragment looks like a whole
 * one.
 */
final class Mp4File {
    /** Bytes behind the last box that are no reason to throw a video away. */
    private static final int LONGEST_TAIL = 64;

    private Mp4File() {}

    /**
     * Throws where the file is not whole. An index that holds odd values is no reason to: the video was paid for.
     *
     * @param complete whether all promised bytes came, so that bytes behind the last box are no box that was cut
     */
    static Movie read(Mp4Boxes.Source file, long length, boolean complete) throws IOException, Mp4Boxes.Flaw {
        Mp4Boxes.Box index = index(new Mp4Boxes(file), length, complete);
        try {
            return Movie.read(new Mp4Boxes(file), index);
        } catch (Mp4Boxes.Flaw e) {
            return Movie.UNKNOWN;
        }
    }

    private static Mp4Boxes.Box index(Mp4Boxes boxes, long length, boolean complete) throws IOException, Mp4Boxes.Flaw {
        if (length == 0) {
            throw Mp4Boxes.Flaw.cut("it is empty");
        }
        Mp4Boxes.@Nullable Box index = null;
        int media = 0;
        int fragments = 0;
        boolean awaited = false;
        for (long position = begin(boxes, length); position < length; ) {
            Mp4Boxes.Box box;
            try {
                box = boxes.box(position, length);
            } catch (Mp4Boxes.Flaw e) {
                boolean tail = complete && media > 0 && length - position <= LONGEST_TAIL;
                if (tail && boxes.isNoHeader(fragments > 0)) {
                    break;
                }
                throw e;
            }
            if (index == null && box.type() == Mp4Boxes.MOOV) {
                index = box;
            }
            media += box.type() == Mp4Boxes.MDAT ? 1 : 0;
            awaited = box.type() == Mp4Boxes.MOOF || (awaited && box.type() != Mp4Boxes.MDAT);
            // The list of all fragments is the last box: none follows.
            fragments = box.type() == Mp4Boxes.MOOF ? fragments + 1 : box.type() == Mp4Boxes.MFRA ? 0 : fragments;
            position = box.end();
        }
        if (index == null) {
            throw Mp4Boxes.Flaw.cut("it has no moov box, so nothing can play it");
        } else if (media == 0 || (awaited && media < fragments)) {
            throw Mp4Boxes.Flaw.cut("it is cut: the mdat box is missing, which holds pictures and sound");
        }
        return index;
    }

    /** Where the boxes behind {@code ftyp} begin. */
    private static long begin(Mp4Boxes boxes, long length) throws IOException, Mp4Boxes.Flaw {
        long position = 0;
        Mp4Boxes.Box box;
        do {
            box = boxes.first(position, length);
            position = box.end();
        } while (box.type() != Mp4Boxes.FTYP && position < length);
        return position;
    }
}
