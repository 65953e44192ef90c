package io.github.camelhh1.simulator.pictures;

import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.imaging.jpeg.JpegSegmentData;
import com.drew.imaging.jpeg.JpegSegmentReader;
import com.drew.imaging.jpeg.JpegSegmentType;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.jpeg.JpegDirectory;
import com.drew.metadata.jpeg.JpegReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Finds the frame header of a JPEG, and how its EXIF turns it. */
final class JpegHeader {
    private JpegHeader() {}

    static PictureHeader read(InputStream in) throws IOException, JpegProcessingException {
        List<JpegSegmentType> wanted = new ArrayList<>();
        new JpegReader().getSegmentTypes().forEach(wanted::add);
        wanted.add(JpegSegmentType.APP1);
        JpegSegmentData segments = JpegSegmentReader.readSegments(new PartReader(in), wanted);
        for (JpegSegmentType type : new JpegReader().getSegmentTypes()) {
            byte[] frame = segments.getSegment(type);
            if (frame != null) {
                return header(frame, type, orientation(segments));
            }
        }
        throw new IOException("JPEG image without a frame header");
    }

    private static PictureHeader header(byte[] frame, JpegSegmentType type, int orientation) throws IOException {
        Metadata metadata = new Metadata();
        new JpegReader().extract(frame, metadata, type);
        JpegDirectory directory = metadata.getFirstDirectoryOfType(JpegDirectory.class);
        try {
            return PictureHeader.turned(directory.getImageWidth(), directory.getImageHeight(), orientation);
        } catch (MetadataException e) {
            throw new IOException("JPEG image with a broken frame header", e);
        }
    }

    /** The first EXIF segment counts. */
    private static int orientation(JpegSegmentData segments) {
        for (byte[] segment : segments.getSegments(JpegSegmentType.APP1)) {
            if (ExifReader.startsWithJpegExifPreamble(segment)) {
                return Orientation.of(segment, ExifReader.JPEG_SEGMENT_PREAMBLE.length());
            }
        }
        return Orientation.AS_STORED;
    }
}
