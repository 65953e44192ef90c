package io.github.camelhh1.crash;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.HeldTimers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A process that loses answers, looks for them, and hands on late ones; {@link LateProcess} is the tests' end of it. */
final class LateProcessMain extends RouteBuilder {
    private static final Duration TURN = Duration.ofSeconds(30);
    private static final Duration FIRST_LOOK = Duration.ofSeconds(2);
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final HeldTimers timers = new HeldTimers();
    private final PhotoFolder folder;
    private final LateStops stops;
    private volatile boolean failing;

    private LateProcessMain(PhotoFolder folder, LateStops stops) {
        this.folder = folder;
        this.stops = stops;
    }

    /** {@code arguments}: the folder, the service's base URL, account and key, the ledger and its lease, stops. */
    public static void main(String[] arguments) throws Exception {
        var stops = new LateStops(Arrays.asList(arguments).subList(6, arguments.length));
        new LateProcessMain(PhotoFolder.in(Path.of(arguments[0])), stops).run(arguments);
        System.exit(0);
    }

    private void run(String[] arguments) throws Exception {
        try (context) {
            context.getExecutorServiceManager().setThreadPoolFactory(timers);
            context.getShutdownStrategy().setTimeout(10);
            var component = new Hh1Component(context);
            component.getConfiguration().setBaseUrl(arguments[1]);
            component.getConfiguration().setAccountId(arguments[2]);
            component.getConfiguration().setApiKey(arguments[3]);
            component.getConfiguration().setAllowPrivateHosts(true);
            component.setLedger(stops.watched(DriverMain.ledger(arguments[4], Long.parseLong(arguments[5]))));
            context.addComponent("hh1", component);
            context.addRoutes(this);
            context.start();
            System.out.println("running");
            obey();
        }
    }

    @Override
    public void configure() {
        from("direct:generate").to("hh1:generate?inlineImages=true&requestKey=${header.photo}");
        for (String late : new String[] {"recovered", "held"}) {
            from("hh1:" + late + "?after=0&initialDelay=0&delay=20")
                    .routeId(late)
                    .autoStartup(false)
                    .process(this::handOn);
        }
    }

    private void handOn(Exchange exchange) throws IOException {
        String photo = PhotoFolder.photo(exchange.getMessage().getHeader(Hh1Constants.VIDEO_FILE_NAME, String.class));
        append(LateProcess.TRIES, photo);
        stops.reached(LateStep.IN_THE_ROUTE, photo);
        if (failing) {
            throw new IllegalStateException("the disk is full");
        }
        String body = exchange.getMessage().getBody(String.class);
        append(LateProcess.EFFECTS, photo + " " + (body == null ? "held" : body));
    }

    private synchronized void append(String file, String line) throws IOException {
        Files.writeString(
                folder.root().resolve(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Until it is told to stop, or until who could tell is gone. */
    private void obey() throws Exception {
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null && !line.equals("stop"); line = commands.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "send" -> send(words[1]);
                case "consume" -> context.getRouteController().startRoute(words[1]);
                case "fail" -> failing = Boolean.parseBoolean(words[1]);
                case "ring" -> {
                    timers.ring(TURN);
                    timers.ring(FIRST_LOOK);
                    timers.ring(RECOVERY);
                }
                case "go" -> stops.go();
                case "stopped" -> System.out.println("stopped " + stops.isStopped(words[1]));
                case "calls" -> System.out.println("calls " + stops.calls(words[1]));
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private void send(String photo) {
        Path image = folder.in().resolve(photo + PhotoFolder.PHOTO);
        Map<String, Object> headers = Map.of("photo", photo, Hh1Constants.PROMPT, photo);
        var message = context.createFluentProducerTemplate()
                .withBody(image.toFile())
                .withHeaders(headers)
                .to("direct:generate");
        CompletableFuture.supplyAsync(message::send)
                .thenAccept(end -> System.out.println("ended " + photo + " "
                        + (end.getException() == null
                                ? end.getMessage().getBody(String.class)
                                : end.getException().getClass().getSimpleName())));
    }
}
