package io.github.camelhh1.link;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.async.ScheduledTimers;
import io.github.camelhh1.download.Boxes;
import io.github.camelhh1.download.DownloadLimits;
import io.github.camelhh1.download.DownloadRuntime;
import io.github.camelhh1.download.RawHost;
import io.github.camelhh1.download.VideoDownload;
import io.github.camelhh1.http.HostNames;
import io.github.camelhh1.http.HttpSettings;
import io.github.camelhh1.http.HttpTransport;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Downloads from where nothing must be fetched, in a JVM whose channels are counted and whose names all come from a
 * file. Says a line per attempt: how it came about, how it ended, how many channels were opened for it, and the link.
 */
public final class RefusedAddressesMain {
    private static final DownloadLimits LIMITS =
            new DownloadLimits(1_000_000, 3, Duration.ofMillis(1), Duration.ofMillis(1));

    private final Path hosts;
    private final Path directory;
    private final RawHost host = new RawHost();
    private final VideoDownload download;

    private RefusedAddressesMain(Path directory) throws Exception {
        this.hosts = Path.of(System.getProperty("jdk.net.hosts.file"));
        this.directory = directory;
        this.download = guardedBy(AddressGuard.publicOnly().alsoAllowing("127.0.0.1", host.port()));
    }

    private static VideoDownload guardedBy(AddressGuard guard) {
        var rooms = Executors.newCachedThreadPool(RefusedAddressesMain::daemon);
        var scheduler = Executors.newSingleThreadScheduledExecutor(RefusedAddressesMain::daemon);
        var settings = new HttpSettings(8, Duration.ofSeconds(5), null, null, guard, RefusedAddressesMain::daemon);
        var transport = new HttpTransport(settings, new HostNames(HostNames.Resolver.SYSTEM, rooms), rooms);
        return new VideoDownload(new DownloadRuntime(
                transport,
                guard,
                new ScheduledTimers(scheduler, rooms),
                InstantSource.system(),
                () -> 0.5,
                new Permits(8, 8, false, rooms),
                rooms));
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    public static void main(String[] arguments) throws Exception {
        var main = new RefusedAddressesMain(Path.of(arguments[0]));
        main.allowed();
        main.spellings();
        main.names();
        main.redirects();
        main.rebinding();
        main.host.close();
    }

    private static Stream<String> links(String host) {
        return Stream.of("https://%s/v.mp4", "https://%s:8443/v.mp4", "http://%s/v.mp4", "http://%s:8080/v.mp4")
                .map(form -> form.formatted(host));
    }

    /** Checks the counter: the channel to the allowed host is counted. */
    private void allowed() {
        host.answersVideo("/v.mp4", Boxes.video(10_000));
        int opened = CountingSelectorProvider.OPENED.get();
        String ending = end(download, URI.create(host.url("/v.mp4")));
        say("allowed", ending, CountingSelectorProvider.OPENED.get() - opened, host.url("/v.mp4"));
    }

    /** As the link itself. */
    private void spellings() throws Exception {
        for (String link :
                InsideSpellings.all().flatMap(RefusedAddressesMain::links).toList()) {
            attempt("direct", link);
        }
    }

    /** Names that lead inside, or among other places inside. */
    private void names() throws Exception {
        names(
                "127.0.0.1 loopback.test",
                "10.1.2.3 private.test",
                "169.254.169.254 metadata.test",
                "fd00:ec2::254 metadata6.test",
                "::ffff:192.168.0.1 mapped.test",
                "203.0.113.9 documentation.test",
                "8.8.8.8 both.test",
                "10.0.0.1 both.test");
        for (String name : List.of("loopback", "private", "metadata", "metadata6", "mapped", "documentation", "both")) {
            attempt("name", "https://" + name + ".test/v.mp4");
        }
    }

    /** As where an allowed host points to, at the end of one redirect and of three. */
    private void redirects() throws Exception {
        host.redirects("/1", 302, "/2").redirects("/2", 307, "/target");
        for (String link :
                InsideSpellings.all().flatMap(RefusedAddressesMain::links).toList()) {
            host.redirects("/target", 302, ascii(link));
            attempt("redirect", host.url("/target"));
        }
        for (String inside : List.of("https://127.0.0.1/v", "https://[::1]/v", "https://metadata.test/v")) {
            host.redirects("/target", 302, inside);
            attempt("chain", host.url("/1"));
        }
    }

    /** A name that was outside when it was first looked at. */
    private void rebinding() throws Exception {
        names("127.0.0.1 moving.test");
        AddressGuard guard = AddressGuard.publicOnly().alsoAllowing("moving.test", host.port());
        host.redirects("/moves", 302, "https://moving.test/v.mp4");
        report("rebinding", guardedBy(guard), "http://moving.test:" + host.port() + "/moves");
        names("169.254.169.254 moving.test");
        report("rebinding", guardedBy(guard), "https://moving.test/v.mp4");
    }

    private void names(String... lines) throws Exception {
        Files.write(hosts, List.of(lines));
    }

    /** A header can hold nothing else. */
    private static String ascii(String link) {
        try {
            return new URI(link).toASCIIString();
        } catch (URISyntaxException e) {
            return link.replaceAll("[^\\x21-\\x7e]", "?");
        }
    }

    private void attempt(String kind, String link) {
        report(kind, download, link);
    }

    /** Channels to the allowed host do not count. */
    private void report(String kind, VideoDownload download, String link) {
        URI uri;
        try {
            uri = new URI(link);
        } catch (URISyntaxException e) {
            say(kind, "Refused", 0, link);
            return;
        }
        int opened = CountingSelectorProvider.OPENED.get() - host.connections.get();
        String ending = end(download, uri);
        int now = CountingSelectorProvider.OPENED.get() - host.connections.get();
        say(kind, ending, now - opened, link);
    }

    private String end(VideoDownload download, URI uri) {
        return download.download(uri, directory, "v", LIMITS)
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join()
                .getClass()
                .getSimpleName();
    }

    private static void say(String kind, String ending, int channels, String link) {
        System.out.println(kind + " " + ending + " " + channels + " " + link.replaceAll("[^\\x21-\\x7e]", "?"));
    }
}
