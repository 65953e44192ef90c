package io.github.camelhh1.benchmarks.measured;

import com.sun.management.ThreadMXBean;
import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.benchmarks.report.Goal;
import io.github.camelhh1.benchmarks.report.Report;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.fix.ImageIoFixer;
import io.github.camelhh1.image.preflight.Preflight.Verdict;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Measures the cost of hostile input: images and JSON bodies that make a reader work longest. The component's
 * ImageBombsTest and JsonBombsTest check that they are refused, and how many bytes are read.
 */
public final class Bombs implements Benchmark {
    private static final double MOST_MILLIS = 50;
    private static final double MOST_MEGABYTES = 16;
    private static final int MEGABYTE = 1 << 20;
    private static final int TRIES = 25;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final ImageIoFixer FIXER = new ImageIoFixer(
            40_000_000, () -> Path.of(System.getProperty("java.io.tmpdir")), Runnable::run, Runnable::run);

    private record Cost(double millis, double megabytes) {}

    @Override
    public Report run(Scale scale) {
        var rows = new ArrayList<List<String>>();
        boolean fast = true;
        boolean small = true;
        for (var bomb : costs(scale.bombUnits()).entrySet()) {
            Cost cost = bomb.getValue();
            rows.add(List.of(bomb.getKey(), format("%.1f", cost.millis()), format("%.1f", cost.megabytes())));
            fast &= cost.millis() < MOST_MILLIS;
            small &= cost.megabytes() < MOST_MEGABYTES;
        }
        return new Report(
                "Hostile input",
                "Images given to preflight=fix, and JSON bodies through hh1:estimate. Processor time and memory ever"
                        + " allocated, garbage included, of the calling thread: the least of " + TRIES
                        + " times, because the first ones load classes.",
                List.of("input", "ms", "MB"),
                rows,
                List.of(
                        new Goal("under " + (int) MOST_MILLIS + " ms each", fast),
                        new Goal("under " + (int) MOST_MEGABYTES + " MB each", small)));
    }

    private static Map<String, Cost> costs(int units) {
        var costs = new LinkedHashMap<String, Cost>();
        images().forEach((name, bytes) -> costs.put(name, cost(() -> refuse(bytes))));
        try (var context = new DefaultCamelContext()) {
            var component = new Hh1Component(context);
            component.getConfiguration().setAccountId("account");
            context.addComponent("hh1", component);
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            bodies(units).forEach((name, body) -> costs.put(name, cost(() -> refuse(template, body))));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return costs;
    }

    /** As preflight=fix does. */
    private static void refuse(byte[] image) {
        ImageContent content = ImageContent.of(image);
        boolean refused = FIXER.objection(content.look()) != null
                || FIXER.fix(content).toCompletableFuture().join() instanceof Verdict.Refused;
        if (!refused) {
            throw new IllegalStateException("a bomb was taken for an image");
        }
    }

    private static void refuse(ProducerTemplate template, String body) {
        Exchange exchange =
                template.request("hh1:estimate", message -> message.getMessage().setBody(body));
        if (exchange.getException() == null) {
            throw new IllegalStateException("a bomb was taken for a request");
        }
    }

    private static Map<String, byte[]> images() {
        var images = new LinkedHashMap<String, byte[]>();
        images.put("a JPEG of segments without end", repeated("ffd8", "ffe20004abcd", 3 * MEGABYTE));
        images.put("a JPEG of empty EXIF segments without end", repeated("ffd8", "ffe100084578696600", 3 * MEGABYTE));
        images.put(
                "a GIF of comments without end",
                repeated("474946383961c800960000000021fe", "ff" + "61".repeat(255), MEGABYTE));
        images.put("a HEIC of boxes within boxes", repeated("000000186674797068656963", "0000000c6d657461", MEGABYTE));
        images.put("a TIFF that holds a progressive JPEG of 400 million pixels", tiff(7, 200, 150));
        images.put("a TIFF with tiles of 256 million pixels", tiff(8, 16_000, 16_000));
        images.put(
                "a WEBP whose frame is larger than its canvas",
                repeated(
                        "52494646600000005745425056503858" + "0a00000000000000c70000950000"
                                + "56503820400000003001009d012a" + "803ea00f",
                        "00",
                        106));
        images.put(
                "a WEBP whose profile says that it has two thousand million bytes",
                repeated(
                        "52494646d00000005745425056503858" + "0a00000020000000c70000950000" + "49434350a0000000"
                                + "77359400" + "00".repeat(32) + "61637370",
                        "00",
                        216));
        return images;
    }

    /** 200 x 150 in tiles of the size that is given, which are not there. */
    private static byte[] tiff(int compression, int tileWidth, int tileHeight) {
        int[] tags = {256, 257, 258, 259, 262, 277, 322, 323, 324, 325};
        int[] values = {200, 150, 8, compression, 1, 1, tileWidth, tileHeight, 150, 20};
        ByteBuffer bytes = ByteBuffer.allocate(200)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {'I', 'I', '*', 0})
                .putInt(8)
                .putShort((short) tags.length);
        for (int i = 0; i < tags.length; i++) {
            bytes.putShort((short) tags[i]).putShort((short) 3).putInt(1).putInt(values[i]);
        }
        return bytes.array();
    }

    private static byte[] repeated(String head, String part, int length) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex(head));
        byte[] bytes = HexFormat.of().parseHex(part);
        while (out.size() < length) {
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private static Map<String, String> bodies(int units) {
        var fields = new StringBuilder("{\"seed\":1");
        var elements = new StringBuilder("{\"seed\":[0");
        for (int i = 0; i < units; i++) {
            fields.append(",\"x").append(i).append("\":1");
            elements.append(',').append(i);
        }
        var bodies = new LinkedHashMap<String, String>();
        bodies.put(units + " arrays within one another", "{\"prompt\":" + "[".repeat(units) + "]".repeat(units) + "}");
        bodies.put("a number of " + units + " digits", "{\"seed\":" + "9".repeat(units) + "}");
        bodies.put(units + " unknown fields", fields + "}");
        bodies.put(units + " elements", elements + "]}");
        bodies.put("an exponent that explodes", "{\"seed\":1e999999999}");
        return bodies;
    }

    private static Cost cost(Runnable reading) {
        long nanos = Long.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long began = THREADS.getCurrentThreadCpuTime();
            reading.run();
            nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - began);
            bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - allocated);
        }
        return new Cost(nanos / 1e6, bytes / 1e6);
    }

    private static String format(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
