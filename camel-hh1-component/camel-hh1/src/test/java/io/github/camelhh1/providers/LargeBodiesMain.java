package io.github.camelhh1.providers;

import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.text.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Brings a photo in each way through {@code hh1:generate}, and says the hash of what was staged; see {@link LargeBodiesTest}. */
final class LargeBodiesMain {
    private LargeBodiesMain() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path photo = photo(folder, Integer.parseInt(arguments[1]));
        try (Hh1Simulator images = Hh1Simulator.builder().rendering(false).start();
                FtpHost host = FtpHost.of(folder)) {
            bring("file:" + folder + "?noop=true&initialDelay=0", images, true, photo);
            bring(host.uri("&streamDownload=true&stepwise=false"), images, true, photo);
            bring("direct:stream", images, false, photo);
            bring("direct:spooled", images, true, photo);
        }
    }

    private static void bring(String from, Hh1Simulator images, boolean caching, Path photo) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setStreamCaching(caching);
            context.getStreamCachingStrategy().setSpoolEnabled(true);
            var staged = new LinkedBlockingQueue<String>();
            context.addRoutes(routes(from, images.sampleImageUrl(), staged));
            context.start();
            if (from.startsWith("direct:")) {
                try (InputStream in = new FilterInputStream(Files.newInputStream(photo)) {}) {
                    context.createProducerTemplate().sendBody(from, in);
                }
            }
            System.out.println(from.replaceFirst("\\?.*", "") + " " + staged.poll(120, TimeUnit.SECONDS));
        }
    }

    private static RouteBuilder routes(String from, String link, LinkedBlockingQueue<String> staged) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(from).to("hh1:generate?backend=simulator&stagingUri=direct:stage");
                from("direct:stage").process(exchange -> {
                    staged.add(hash(exchange));
                    exchange.getMessage().setBody(link);
                });
            }
        };
    }

    private static Path photo(Path folder, int megabytes) throws IOException {
        Path photo = Files.write(folder.resolve("photo.png"), Images.png());
        try (var file = new RandomAccessFile(photo.toFile(), "rw")) {
            file.setLength((long) megabytes << 20);
        }
        return photo;
    }

    private static String hash(Exchange exchange) throws IOException {
        MessageDigest digest = Sha256.digest();
        InputStream in = exchange.getMessage().getBody(InputStream.class);
        byte[] piece = new byte[8192];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            digest.update(piece, 0, read);
        }
        return Sha256.hex(digest);
    }
}
