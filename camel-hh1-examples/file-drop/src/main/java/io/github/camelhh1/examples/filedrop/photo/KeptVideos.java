package io.github.camelhh1.examples.filedrop.photo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.failure.VideoExpiredException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * The videos in {@code out}, known by the records beside them. A record is written before its video gets its name. So
 * no kill leaves a video without a record. A record without a video means that the video is still to come.
 */
public final class KeptVideos {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DropFolder folder;

    public KeptVideos(DropFolder folder) {
        this.folder = folder;
    }

    /** Whether {@code out} has the very video that the ledger answers with, as after a kill. The routes ask. */
    public boolean have(Exchange exchange) throws IOException {
        return find(exchange).isPresent();
    }

    /** Base name of that video, when it is there and whole. */
    public Optional<String> find(Exchange exchange) throws IOException {
        return record(exchange).filter(this::isWhole).map(DropFolder::baseName);
    }

    /** Base name of the record of that video, when the video itself is still to come. */
    public Optional<String> findUnfinished(Exchange exchange) throws IOException {
        return record(exchange).map(DropFolder::baseName).filter(name -> !Files.exists(folder.video(name)));
    }

    private Optional<Path> record(Exchange exchange) throws IOException {
        Optional<Made> made = Made.before(exchange);
        if (made.isPresent()) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.out(), "*.json")) {
                for (Path file : files) {
                    if (made.get().isOf(read(file))) {
                        return Optional.of(file);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean isWhole(Path record) {
        long length = folder.video(DropFolder.baseName(record)).toFile().length();
        return length > 0 && length == read(record).path(VideoRecord.BYTES).asLong();
    }

    /** Counts as missing if it belongs to another run. */
    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    /** Distinguishes videos: a run that was forgotten and sent again has another link. */
    private record Made(String runId, String url) {

        /** Empty when the video was made just now. */
        static Optional<Made> before(Exchange exchange) {
            Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            if (failure instanceof VideoExpiredException expired) {
                return Optional.of(new Made(expired.runId(), VideoRecord.withoutSignature(expired.videoUrl())));
            }
            return exchange.getMessage().getHeader(Hh1Constants.REPLAYED, false, Boolean.class)
                    ? Optional.of(new Made(VideoRecord.runId(exchange), VideoRecord.url(exchange)))
                    : Optional.empty();
        }

        boolean isOf(JsonNode record) {
            return record.path(VideoRecord.RUN_ID).asText().equals(runId)
                    && record.path(VideoRecord.URL).asText().equals(url);
        }
    }
}
