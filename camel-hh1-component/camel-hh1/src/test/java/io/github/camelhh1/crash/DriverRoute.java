package io.github.camelhh1.crash;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.DownloadException;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.InFlightException;
import io.github.camelhh1.failure.Retry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Photos in, videos out. The photo is moved last, so that one that lies where it came from is taken again after a
 * restart. Half of the videos land under their final name by themselves, half are written there by Camel.
 */
final class DriverRoute extends RouteBuilder {
    /** A photo is taken again more often than that. */
    private static final Duration AFTER = Duration.ofSeconds(5);

    private static final String DOWNLOAD = "hh1:download?downloadDirectory=";

    private final PhotoFolder folder;
    private final boolean named;
    private final boolean lookup;
    private final int delay;
    private final Checkpoint checkpoint;

    DriverRoute(DriverSettings orders, Checkpoint checkpoint) {
        this.folder = orders.folder();
        this.named = orders.named();
        this.lookup = orders.lookup();
        this.delay = orders.tasks() ? 100 : 20;
        this.checkpoint = checkpoint;
    }

    @Override
    public void configure() {
        onException(Hh1Exception.class)
                .onWhen(exchange -> isFinal(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Hh1Exception.class)))
                .handled(true)
                .process(this::fail);
        // Left unhandled, so that the photo stays and is taken again; that is no error.
        onException(InFlightException.class).logExhausted(false).logStackTrace(false);
        from("file:" + folder.in() + "?noop=true&readLock=none&initialDelay=0&delay=" + delay)
                .process(exchange -> exchange.getMessage().setHeader(Hh1Constants.PROMPT, photo(exchange)))
                .to("hh1:generate?inlineImages=true" + (named ? "&requestKey=${file:name}" : ""))
                .choice()
                .when(exchange -> (photo(exchange).hashCode() - Checkpoint.WATCHED.hashCode()) % 2 == 0)
                .to(DOWNLOAD + folder.out())
                .otherwise()
                .to("hh1:download")
                .to("file:" + folder.out() + "?fileName=${header." + Hh1Constants.VIDEO_FILE_NAME
                        + "}&tempFileName=${file:name}" + PhotoFolder.PART)
                .end()
                .process(this::move);
        if (lookup) {
            from("hh1:recovered?after=" + AFTER.toSeconds() + "s&delay=500")
                    .to("hh1:download")
                    .to("file:" + recovered(folder) + "?fileName=${header." + Hh1Constants.RUN_ID + "}"
                            + PhotoFolder.VIDEO + "&tempFileName=${file:name}-"
                            + ProcessHandle.current().pid()
                            + PhotoFolder.PART);
        }
    }

    /** Where all nodes that share a ledger put videos of {@code hh1:recovered}, named by their runs. */
    static Path recovered(PhotoFolder folder) {
        return folder.root().resolveSibling("recovered");
    }

    /** Whether the same message would end the same way: else the photo stays, and is taken again. */
    private static boolean isFinal(Hh1Exception failure) {
        return failure.retry() == Retry.NEVER && !(failure instanceof DownloadException);
    }

    private static String photo(Exchange exchange) {
        String file = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        return file.substring(0, file.length() - PhotoFolder.PHOTO.length());
    }

    private void move(Exchange exchange) throws IOException {
        checkpoint.reached(KillStep.BEFORE_MOVE, photo(exchange));
        move(photo(exchange), folder.done());
        checkpoint.reached(KillStep.MOVED, photo(exchange));
    }

    private void fail(Exchange exchange) throws IOException {
        String photo = photo(exchange);
        var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Files.writeString(folder.failed().resolve(photo + PhotoFolder.REASON), failure.toString());
        move(photo, folder.failed());
    }

    private void move(String photo, Path directory) throws IOException {
        String name = photo + PhotoFolder.PHOTO;
        Files.move(folder.in().resolve(name), directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
