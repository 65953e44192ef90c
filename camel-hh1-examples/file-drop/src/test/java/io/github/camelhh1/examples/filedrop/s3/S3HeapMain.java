package io.github.camelhh1.examples.filedrop.s3;

import io.github.camelhh1.Hh1Component;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;

/** The JVM with the small heap: sends all at once, and says how many became videos and what they cost. */
final class S3HeapMain {
    private S3HeapMain() {}

    public static void main(String[] arguments) throws Exception {
        S3Settings s3 = S3Settings.local(URI.create(arguments[0]), arguments[1], arguments[2]);
        int images = Integer.parseInt(arguments[7]);
        try (var context = new DefaultCamelContext();
                var client = S3Clients.client(s3);
                var presigner = S3Clients.presigner(s3)) {
            context.getRegistry().bind("client", client);
            context.getRegistry().bind("presigner", presigner);
            Hh1Component hh1 = context.getComponent("hh1", Hh1Component.class);
            hh1.setMaxInFlight(images);
            hh1.getConfiguration().setBaseUrl(arguments[3]);
            hh1.getConfiguration().setAccountId(arguments[4]);
            hh1.getConfiguration().setApiKey(arguments[5]);
            hh1.getConfiguration().setStagingUri("aws2-s3:" + s3.bucket());
            context.start();
            long began = System.nanoTime();
            List<CompletableFuture<Exchange>> sent = new ArrayList<>();
            try (var template = context.createProducerTemplate()) {
                for (int i = 0; i < images; i++) {
                    Path image = Path.of(arguments[6], i + ".png");
                    sent.add(template.asyncSend(
                            "hh1:generate", exchange -> exchange.getMessage().setBody(image)));
                }
                long completed = sent.stream().filter(S3HeapMain::completed).count();
                double seconds = (System.nanoTime() - began) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "completed=%d seconds=%.1f heapPeakMb=%.0f%n",
                        completed,
                        seconds,
                        heapPeakBytes() / 1048576.0);
            }
        }
    }

    private static boolean completed(CompletableFuture<Exchange> sent) {
        try {
            Exception failure = sent.get(120, TimeUnit.SECONDS).getException();
            if (failure != null) {
                failure.printStackTrace();
            }
            return failure == null;
        } catch (Exception e) {
            return false;
        }
    }

    /** The sum of the pools' own peaks, garbage included. */
    private static double heapPeakBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
