package io.github.camelhh1.examples.filedrop.photo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.folder.Original;
import io.github.camelhh1.failure.VideoExpiredException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * The videos in {@code out}, known by the records beside them. A record is written before its video gets its name. So
 * no kill leaves a video without a record. A record without a video means that the video is still to come. A video that
 * was fetched and is not in {@code out} yet is known by the name of its download. Safe for use by many threads.
 */
public final class KeptVideos {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DropFolder folder;
    private final Set<String> coming = ConcurrentHashMap.newKeySet();

    public KeptVideos(DropFolder folder) {
        this.folder = folder;
    }

    /** Whether the very video that the ledger answers with was fetched before, as after a kill. The routes ask. */
    public boolean have(Exchange exchange) throws IOException {
        return find(exchange).isPresent() || download(exchange).isPresent();
    }

    /** That video, when it is whole and no exchange of this program is at work on it. */
    public Optional<Path> download(Exchange exchange) {
        return Made.before(exchange)
                .map(Made::download)
                .filter(name -> !coming.contains(name))
                .map(name -> folder.downloads().resolve(name + ".mp4"))
                .filter(Files::exists);
    }

    /**
     * Base name of the download that now begins. A later start finds the video by it. When another exchange of this
     * program fetches the same video, this one gets a name of its own.
     */
    public String begin(Exchange exchange) {
        String name = Made.of(exchange).download();
        if (!coming.add(name)) {
            return UUID.randomUUID().toString();
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                coming.remove(name);
            }
        });
        return name;
    }

    /** Base name of the download of this run's video; a run that was forgotten and sent again has another link. */
    public static String downloadName(String runId, String url) {
        byte[] hash = Original.digest().digest(url.getBytes(StandardCharsets.UTF_8));
        return runId + "-" + HexFormat.of().formatHex(hash, 0, 6);
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
                    ? Optional.of(of(exchange))
                    : Optional.empty();
        }

        static Made of(Exchange exchange) {
            return new Made(VideoRecord.runId(exchange), VideoRecord.url(exchange));
        }

        String download() {
            return downloadName(runId, url);
        }

        boolean isOf(JsonNode record) {
            return record.path(VideoRecord.RUN_ID).asText().equals(runId)
                    && record.path(VideoRecord.URL).asText().equals(url);
        }
    }
}
