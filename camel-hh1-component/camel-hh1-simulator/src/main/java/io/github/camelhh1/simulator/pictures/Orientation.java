package io.github.camelhh1.simulator.pictures;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifTiffHandler;
import java.io.IOException;
import java.util.Set;

/** Takes one tag out of EXIF data and leaves the others unread: thousands may share the same bytes. */
final class Orientation extends ExifTiffHandler {
    static final int AS_STORED = 1;

    private static final int LAST = 8;

    private Orientation(Metadata metadata, int start) {
        super(metadata, null, start);
    }

    /** How to turn the picture, 1 to 8; EXIF data that cannot be read leave it as it is stored. */
    static int of(byte[] exif, int start) {
        Metadata metadata = new Metadata();
        try {
            new TiffReader().processTiff(new ByteArrayReader(exif), new Orientation(metadata, start), start);
        } catch (TiffProcessingException | IOException | RuntimeException e) {
            return AS_STORED;
        }
        ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer turned = directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return turned == null || turned < AS_STORED || turned > LAST ? AS_STORED : turned;
    }

    @Override
    public boolean tryEnterSubIfd(int tagId) {
        return false;
    }

    @Override
    public boolean hasFollowerIfd() {
        return false;
    }

    @Override
    public boolean customProcessTag(
            int tagOffset, Set<Integer> seen, int start, RandomAccessReader reader, int tagId, int byteCount) {
        return tagId != ExifIFD0Directory.TAG_ORIENTATION;
    }
}
