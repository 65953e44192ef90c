package io.github.camelhh1.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The index of a video, as far as it is read; null for a value that it does not hold.
 *
 * @param width of its picture, in pixels
 * @param height of its picture, in pixels
 */
public record Movie(
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Duration duration) {
    static final Movie UNKNOWN = new Movie(null, null, null);

    private static final int MVHD = Mp4Boxes.type("mvhd");
    private static final int TRAK = Mp4Boxes.type("trak");
    private static final int TKHD = Mp4Boxes.type("tkhd");
    private static final int MDIA = Mp4Boxes.type("mdia");
    private static final int HDLR = Mp4Boxes.type("hdlr");
    private static final int VIDEO = Mp4Boxes.type("vide");
    /** The longest form of the headers read here. */
    private static final int LONGEST_HEADER = 96;

    private static final long NANOS = 1_000_000_000L;

    /** Reads the few fields of a {@code moov} box. Goes down three levels, whatever lies below. */
    static Movie read(Mp4Boxes boxes, Mp4Boxes.Box moov) throws IOException, Mp4Boxes.Flaw {
        Duration duration = null;
        Movie video = null;
        for (long position = moov.start(); position < moov.end(); ) {
            Mp4Boxes.Box box = boxes.box(position, moov.end());
            if (box.type() == MVHD && duration == null) {
                duration = duration(boxes.content(box, LONGEST_HEADER));
            } else if (box.type() == TRAK && video == null) {
                video = video(boxes, box);
            }
            position = box.end();
        }
        return video == null ? new Movie(null, null, duration) : new Movie(video.width(), video.height(), duration);
    }

    /** The size of a track's picture; null when it is no video. */
    private static @Nullable Movie video(Mp4Boxes boxes, Mp4Boxes.Box trak) throws IOException, Mp4Boxes.Flaw {
        boolean isVideo = false;
        Integer width = null;
        Integer height = null;
        for (long position = trak.start(); position < trak.end(); ) {
            Mp4Boxes.Box box = boxes.box(position, trak.end());
            if (box.type() == TKHD) {
                ByteBuffer header = boxes.content(box, LONGEST_HEADER);
                int at = isLong(header) ? 88 : 76;
                width = pixels(header, at);
                height = pixels(header, at + Integer.BYTES);
            } else if (box.type() == MDIA) {
                isVideo = isVideo(boxes, box);
            }
            position = box.end();
        }
        return isVideo ? new Movie(width, height, null) : null;
    }

    private static boolean isVideo(Mp4Boxes boxes, Mp4Boxes.Box mdia) throws IOException, Mp4Boxes.Flaw {
        for (long position = mdia.start(); position < mdia.end(); ) {
            Mp4Boxes.Box box = boxes.box(position, mdia.end());
            if (box.type() == HDLR) {
                ByteBuffer handler = boxes.content(box, 12);
                return handler.remaining() == 12 && handler.getInt(8) == VIDEO;
            }
            position = box.end();
        }
        return false;
    }

    /** Whether the header's version is the one with times of 64 bits. */
    private static boolean isLong(ByteBuffer header) {
        return header.hasRemaining() && header.get(0) == 1;
    }

    /** A number of 16 bits before the point and 16 behind it. */
    private static @Nullable Integer pixels(ByteBuffer header, int at) {
        int whole = header.remaining() < at + Integer.BYTES ? 0 : header.getInt(at) >>> Short.SIZE;
        return whole == 0 ? null : (Integer) whole;
    }

    private static @Nullable Duration duration(ByteBuffer mvhd) {
        if (mvhd.remaining() < (isLong(mvhd) ? 32 : 20)) {
            return null;
        }
        long scale = Integer.toUnsignedLong(mvhd.getInt(isLong(mvhd) ? 20 : 12));
        long ticks = isLong(mvhd) ? mvhd.getLong(24) : Integer.toUnsignedLong(mvhd.getInt(16));
        // All ones mean that the duration is unknown; 0 that the fragments would have to be added up.
        boolean unknown = ticks <= 0 || (!isLong(mvhd) && ticks == 0xFFFF_FFFFL);
        if (scale == 0 || unknown) {
            return null;
        }
        var duration = Duration.ofSeconds(ticks / scale, ticks % scale * NANOS / scale);
        return duration.isZero() ? null : duration;
    }
}
