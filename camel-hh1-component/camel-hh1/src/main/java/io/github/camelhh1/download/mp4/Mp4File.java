package io.github.camelhh1.download.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Tells a whole MP4 file from a cut or a foreign one by its top-level boxes (ISO/IEC 14496-12): {@code ftyp} is the
 * first, {@code moov} is among them, and their sizes add up to the file's. Reads headers only, whatever the file claims.
 */
public final class Mp4File {
    private Mp4File() {}

    public static Movie read(FileChannel file) throws IOException, Mp4Flaw {
        return read(new ByteSource() {
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

    /** Throws where the file is not whole. An index that says odd things of a whole file is no reason to: it was paid for. */
    public static Movie read(ByteSource file) throws IOException, Mp4Flaw {
        Box index = index(new BoxReader(file), file.size());
        try {
            return new MovieReader(new BoxReader(file)).read(index);
        } catch (Mp4Flaw e) {
            return Movie.UNKNOWN;
        }
    }

    private static Box index(BoxReader boxes, long length) throws IOException, Mp4Flaw {
        if (length == 0) {
            throw Mp4Flaw.cut("it is empty");
        }
        @Nullable Box index = null;
        for (long position = 0; position < length; ) {
            Box box = boxes.box(position, length);
            if (index == null && box.type() == Box.MOOV) {
                index = box;
            }
            position = box.end();
        }
        if (index == null) {
            throw Mp4Flaw.cut("it has no moov box, so nothing can play it");
        }
        return index;
    }
}
