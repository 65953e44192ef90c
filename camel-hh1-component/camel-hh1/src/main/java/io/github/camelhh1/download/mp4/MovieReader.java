package io.github.camelhh1.download.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the few fields of a {@code moov} box that are asked for. Goes down three levels, whatever lies below. */
final class MovieReader {
    private static final int VIDEO = Box.type("vide");
    /** The longest form of the headers read here. */
    private static final int LONGEST_HEADER = 96;

    private static final long NANOS = 1_000_000_000L;

    private final BoxReader boxes;

    MovieReader(BoxReader boxes) {
        this.boxes = boxes;
    }

    Movie read(Box moov) throws IOException, Mp4Flaw {
        Duration duration = null;
        Track video = null;
        for (long position = moov.start(); position < moov.end(); ) {
            Box box = boxes.box(position, moov.end());
            if (box.type() == Box.MVHD && duration == null) {
                duration = duration(boxes.content(box, LONGEST_HEADER));
            } else if (box.type() == Box.TRAK && video == null) {
                Track track = track(box);
                video = track.isVideo() ? track : null;
            }
            position = box.end();
        }
        return video == null ? new Movie(null, null, duration) : new Movie(video.width(), video.height(), duration);
    }

    private record Track(
            boolean isVideo,
            @Nullable Integer width,
            @Nullable Integer height) {}

    private Track track(Box trak) throws IOException, Mp4Flaw {
        boolean isVideo = false;
        Integer width = null;
        Integer height = null;
        for (long position = trak.start(); position < trak.end(); ) {
            Box box = boxes.box(position, trak.end());
            if (box.type() == Box.TKHD) {
                ByteBuffer header = boxes.content(box, LONGEST_HEADER);
                int at = isLong(header) ? 88 : 76;
                width = pixels(header, at);
                height = pixels(header, at + Integer.BYTES);
            } else if (box.type() == Box.MDIA) {
                isVideo = isVideo(box);
            }
            position = box.end();
        }
        return new Track(isVideo, width, height);
    }

    private boolean isVideo(Box mdia) throws IOException, Mp4Flaw {
        for (long position = mdia.start(); position < mdia.end(); ) {
            Box box = boxes.box(position, mdia.end());
            if (box.type() == Box.HDLR) {
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
        // Nothing but ones means that nobody knows; 0, that the fragments would have to be added up.
        boolean unknown = ticks <= 0 || (!isLong(mvhd) && ticks == 0xFFFF_FFFFL);
        if (scale == 0 || unknown) {
            return null;
        }
        var duration = Duration.ofSeconds(ticks / scale, ticks % scale * NANOS / scale);
        return duration.isZero() ? null : duration;
    }
}
