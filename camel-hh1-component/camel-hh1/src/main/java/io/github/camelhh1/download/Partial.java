package io.github.camelhh1.download;

import io.github.camelhh1.text.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a video that is here, from one attempt to the next: its first bytes in a part file, and the whole as
 * the server described it. Used by one attempt at a time.
 */
final class Partial implements AutoCloseable {
    private static final int PIECE = 128 * 1024;

    private final Path directory;
    private final String name;
    private @Nullable PartFile file;
    private ServerFile server = new ServerFile(Map.of());
    private long length;

    Partial(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    Path directory() {
        return directory;
    }

    String name() {
        return name;
    }

    long length() {
        return length;
    }

    /** Length of the whole video; -1 when the server did not say. */
    long promised() {
        return server.length();
    }

    boolean isWhole() {
        return length == promised();
    }

    /** Whether the rest can be asked for. */
    boolean canGoOn() {
        return !asking().isEmpty();
    }

    /** The headers that ask for the rest; none where everything must be asked for. */
    Map<String, String> asking() {
        return server.askingFrom(length);
    }

    /** An answer begins that holds the video from its first byte on. */
    void begin(ServerFile whole) throws IOException {
        discard();
        if (file == null) {
            file = PartFile.create(directory, name);
        }
        server = whole;
    }

    /** An answer begins. Returns why it is not the rest that was asked for; null when it is. */
    @Nullable
    String goOn(Map<String, String> headers) {
        return server.goOn(headers, length);
    }

    /** Whether a refusal of the rest says that there is none. The whole is here then. */
    boolean endsHere(@Nullable String contentRange) {
        return server.endsAt(contentRange, length);
    }

    void append(ByteBuffer piece) throws IOException {
        FileChannel channel = begun().channel();
        while (piece.hasRemaining()) {
            length += channel.write(piece);
        }
    }

    private PartFile begun() {
        if (file == null) {
            throw new IllegalStateException("not begun");
        }
        return file;
    }

    /** The bytes that came so far are of no use. */
    void discard() throws IOException {
        length = 0;
        server = new ServerFile(Map.of());
        if (file != null) {
            file.channel().truncate(0);
        }
    }

    /** Gives it its name, if it is a whole video. */
    DownloadResult.Downloaded finish() throws IOException, Mp4Boxes.Flaw {
        PartFile part = begun();
        FileChannel channel = part.channel();
        Movie movie = Mp4File.read(channel::read, channel.size(), isWhole());
        if (channel.size() != length) {
            throw new IOException("another program changed the file meanwhile");
        }
        String sha256 = sha256(channel);
        return new DownloadResult.Downloaded(part.claim(), length, sha256, movie);
    }

    /** Reads the file, so that it is the hash of the bytes in the file and not of those meant to be in it. */
    private String sha256(FileChannel channel) throws IOException {
        var digest = Sha256.digest();
        var piece = ByteBuffer.allocate(PIECE);
        for (long at = 0; at < length; at += piece.limit()) {
            piece.clear().limit((int) Math.min(PIECE, length - at));
            if (channel.read(piece, at) < 0) {
                throw new EOFException("the file is shorter than the bytes written to it");
            }
            digest.update(piece.flip());
        }
        return Sha256.hex(digest);
    }

    /** Deletes the part; a finished video has its other name. */
    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
