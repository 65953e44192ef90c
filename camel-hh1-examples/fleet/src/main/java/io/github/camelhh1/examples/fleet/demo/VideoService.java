package io.github.camelhh1.examples.fleet.demo;

import io.github.camelhh1.simulator.Charge;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.time.Duration;
import java.util.List;

/** The service that makes the videos, simulated. It tells of each charge. */
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
                System.out.println(new Account.Charged(charge.image(), charge.resolution(), charge.seconds()));
            }
            told = charges.size();
            Thread.sleep(100);
        }
    }
}
