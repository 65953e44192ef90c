package io.github.camelhh1.simulator.program;

import io.github.camelhh1.simulator.Hh1Simulator;
import java.util.concurrent.CountDownLatch;

/**
 * The simulator as a program, for tests in any language: it prints where it is, serves until it is stopped, and prints
 * what a real account would have paid. Exit code 2 is a wrong command line, 1 a port that cannot be had.
 */
public final class SimulatorMain {
    private static final int NO_PORT = 1;
    private static final int WRONG_ARGUMENTS = 2;

    private static final String HELP = """
            The video service on loopback: it checks requests, makes demo videos, and costs nothing.

              java -jar camel-hh1-simulator-standalone.jar [--port PORT] [--allow-private-hosts] [--help]

              --port PORT            where to listen on 127.0.0.1; any free port when it is 0 or missing
              --allow-private-hosts  fetch images from private addresses too, not only from public ones and loopback
              --help                 this text

            It runs until it is stopped (Ctrl+C or SIGTERM), and then prints how many requests came and how many
            generations a real account would have paid for.
            """;

    private SimulatorMain() {}

    public static void main(String[] words) throws InterruptedException {
        Arguments arguments;
        try {
            arguments = Arguments.of(words);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + " Start it with --help to see what there is.");
            System.exit(WRONG_ARGUMENTS);
            return;
        }
        if (arguments.help()) {
            System.out.print(HELP);
            return;
        }
        serve(arguments);
    }

    private static void serve(Arguments arguments) throws InterruptedException {
        Hh1Simulator simulator;
        try {
            simulator = Hh1Simulator.builder().port(arguments.port()).start();
        } catch (IllegalStateException e) {
            System.err.println(
                    "Port " + arguments.port() + " of 127.0.0.1 cannot be had; is another program using it?");
            System.exit(NO_PORT);
            return;
        }
        if (arguments.privateHosts()) {
            simulator.allowPrivateHosts();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(simulator), "hh1-simulator-stop"));
        System.out.print(welcome(simulator));
        System.out.flush();
        new CountDownLatch(1).await();
    }

    private static String welcome(Hh1Simulator simulator) {
        String call = simulator.baseUrl() + "/accounts/" + simulator.account() + "/ai/run";
        return """
                The HappyHorse simulator is ready: nothing is paid, nothing leaves this machine.
                  base URL      %s
                  account       %s
                  API key       %s
                  sample image  %s
                  Model Studio  %s
                With Camel:
                  hh1:generate?baseUrl=%s&accountId=%s&apiKey=%s&allowPrivateHosts=true
                With curl:
                  curl %s -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' -d '%s'
                Stop it with Ctrl+C.
                """.formatted(
                        simulator.baseUrl(),
                        simulator.account(),
                        simulator.apiKey(),
                        simulator.sampleImageUrl(),
                        simulator.modelStudio().baseUrl(),
                        simulator.baseUrl(),
                        simulator.account(),
                        simulator.apiKey(),
                        call,
                        simulator.apiKey(),
                        "{\"model\":\"alibaba/hh1-i2v\",\"input\":{\"image\":\"" + simulator.sampleImageUrl()
                                + "\",\"prompt\":\"A gentle camera push-in\",\"duration\":3}}");
    }

    private static void stop(Hh1Simulator simulator) {
        int requests = simulator.requestCount();
        int charges = simulator.charges();
        simulator.close();
        System.out.println("Stopped. Requests: " + requests + ". Charges of a real account: " + charges + ".");
        System.out.flush();
    }
}
