package io.github.camelhh1.examples.fleet.services;

import io.github.camelhh1.simulator.Charge;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The service that makes the videos, simulated. It prints each charge. */
public final class VideoService {
    private VideoService() {}

    public static void main(String... words) throws InterruptedException {
        Hh1Simulator simulator = Hh1Simulator.builder()
                .delay(Duration.ofMillis(Long.parseLong(words[0])))
                .rendering(false)
                .start();
        System.out.println("ready " + simulator.baseUrl() + " " + simulator.account() + " " + simulator.apiKey() + " "
                + simulator.modelStudio().baseUrl());
        int told = 0;
        while (true) {
            List<Charge> charges = simulator.meter();
            for (Charge charge : charges.subList(told, charges.size())) {
                System.out.println(new Charged(charge.image(), charge.resolution(), charge.seconds()));
            }
            told = charges.size();
            Thread.sleep(100);
        }
    }

    /** One generation that was paid, as a line between processes. */
    public record Charged(String photo, String resolution, int seconds) {
        private static final String WORD = "charged";

        /** The image's link, without what signs it, ends with the photo's name. */
        public Charged {
            String path = URI.create(photo).getPath();
            photo = path.substring(path.lastIndexOf('/') + 1);
        }

        public static boolean isOne(String line) {
            return line.startsWith(WORD + " ");
        }

        public static Charged parse(String line) {
            String[] words = line.split(" ");
            return new Charged(words[1], words[2], Integer.parseInt(words[3]));
        }

        @Override
        public String toString() {
            return WORD + " " + photo + " " + resolution + " " + seconds;
        }
    }
}
