package io.github.camelhh1.faults;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.failure.DownloadException;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.VideoReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/** Downloads videos to a disk of one megabyte that has room for the beginning of one only. Says what it sees. */
final class FullVideoDiskMain {
    private static final int ROOM = 24 * 1024;

    private FullVideoDiskMain() {}

    public static void main(String[] arguments) throws Exception {
        Path disk = Path.of(arguments[0]);
        try (Hh1Simulator simulator = Hh1Simulator.builder().rendering(false).start();
                var context = new DefaultCamelContext()) {
            var hh1 = new Hh1Component(context);
            hh1.getConfiguration().setBaseUrl(simulator.baseUrl());
            hh1.getConfiguration().setAccountId(simulator.account());
            hh1.getConfiguration().setApiKey(simulator.apiKey());
            hh1.getConfiguration().setAllowPrivateHosts(true);
            hh1.getConfiguration().setRetryDelay(10);
            hh1.getConfiguration().setDownloadDirectory(disk.toString());
            context.addComponent("hh1", hh1);
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            String link = template.requestBody("hh1:generate", simulator.sampleImageUrl(), String.class);

            TinyDisk.fill(disk, ROOM);
            tell("while full", template, link, disk);
            simulator.scriptVideo(VideoReply.whole().cutAfter(ROOM / 2));
            tell("full after a cut", template, link, disk);
            say("requests", simulator.downloads().size());
            Files.delete(disk.resolve("filler"));
            tell("with room again", template, link, disk);
            say("charges", simulator.charges());
        }
    }

    private static void tell(String when, ProducerTemplate template, String link, Path disk) throws IOException {
        Exchange exchange =
                template.request("hh1:download", each -> each.getMessage().setBody(link));
        Exception failure = exchange.getException();
        say(when, failure == null ? "video" : failure.getMessage().replace('\n', ' '));
        if (failure instanceof DownloadException download) {
            say(when + ", link", download.videoUrl().equals(link));
        }
        try (var files = Files.list(disk)) {
            say(
                    when + ", files",
                    files.map(file -> String.valueOf(file.getFileName()))
                            .sorted()
                            .toList());
        }
    }

    private static void say(String what, Object value) {
        System.out.println(what + ": " + value);
    }
}
