package io.github.camelhh1.simulator.pictures;

import com.drew.imaging.riff.RiffProcessingException;
import com.drew.imaging.riff.RiffReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.webp.WebpDirectory;
import com.drew.metadata.webp.WebpRiffHandler;
import java.io.IOException;
import java.io.InputStream;

/** Takes the size out of the first chunk of a WEBP that has one: extended, lossless or lossy. */
final class WebpHeader extends WebpRiffHandler {
    private final Metadata metadata;

    private WebpHeader(Metadata metadata) {
        super(metadata);
        this.metadata = metadata;
    }

    static PictureHeader read(InputStream in) throws IOException, RiffProcessingException {
        Metadata metadata = new Metadata();
        new RiffReader().processRiff(new PartReader(in), new WebpHeader(metadata));
        for (WebpDirectory directory : metadata.getDirectoriesOfType(WebpDirectory.class)) {
            if (directory.containsTag(WebpDirectory.TAG_IMAGE_WIDTH)) {
                return header(directory);
            }
        }
        throw new IOException("WEBP image without a chunk that says its size");
    }

    /** Whether it is still looked for: a file may repeat a chunk for ever. */
    @Override
    public boolean shouldAcceptChunk(String name) {
        return metadata.getDirectoryCount() == 0
                && (name.equals(WebpDirectory.CHUNK_VP8X)
                        || name.equals(WebpDirectory.CHUNK_VP8L)
                        || name.equals(WebpDirectory.CHUNK_VP8));
    }

    private static PictureHeader header(WebpDirectory directory) throws IOException {
        try {
            return new PictureHeader(
                    directory.getInt(WebpDirectory.TAG_IMAGE_WIDTH),
                    directory.getInt(WebpDirectory.TAG_IMAGE_HEIGHT),
                    Orientation.AS_STORED);
        } catch (MetadataException e) {
            throw new IOException("WEBP image without a size", e);
        }
    }
}
