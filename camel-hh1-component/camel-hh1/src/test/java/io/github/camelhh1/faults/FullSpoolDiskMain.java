package io.github.camelhh1.faults;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/** Sends streams and arrays while the disk of temporary files is full, and when there is room again. */
final class FullSpoolDiskMain {
    private static final int ROOM = 24 * 1024;

    private FullSpoolDiskMain() {}

    public static void main(String[] arguments) throws Exception {
        Path disk = Path.of(arguments[0]);
        try (Hh1Simulator simulator = Hh1Simulator.builder().rendering(false).start();
                var context = new DefaultCamelContext()) {
            var hh1 = new Hh1Component(context);
            hh1.getConfiguration().setBaseUrl(simulator.baseUrl());
            hh1.getConfiguration().setAccountId(simulator.account());
            hh1.getConfiguration().setApiKey(simulator.apiKey());
            hh1.getConfiguration().setInlineImages(true);
            context.addComponent("hh1", hh1);
            context.start();
            ProducerTemplate template = context.createProducerTemplate();

            TinyDisk.fill(disk, ROOM);
            tell("while full", template, longImage());
            tell("array while full", template, longImage().readAllBytes());
            say("charges while full", simulator.charges());
            Files.delete(disk.resolve("filler"));
            tell("with room again", template, longImage());
            tell("array with room again", template, longImage().readAllBytes());
            say("charges with room", simulator.charges());
        }
    }

    private static InputStream longImage() {
        byte[] image = Images.png();
        return new ByteArrayInputStream(Arrays.copyOf(image, image.length + 8 * ROOM));
    }

    private static void tell(String when, ProducerTemplate template, Object image) {
        Exchange exchange =
                template.request("hh1:generate", each -> each.getMessage().setBody(image));
        Exception failure = exchange.getException();
        say(when, failure == null ? "video" : failure.getMessage().replace('\n', ' '));
        if (failure instanceof NotSentException notSent) {
            say(when + ", retry", notSent.retry() + " " + notSent.billing());
        }
    }

    private static void say(String what, Object value) {
        System.out.println(what + ": " + value);
    }
}
