package io.github.camelhh1.examples.fleet.demo;

import io.github.camelhh1.examples.fleet.services.VideoService.Charged;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The charges of the account, as the service prints them. Safe for use by many threads. */
final class Account {
    private static final Map<String, BigDecimal> PER_SECOND =
            Map.of("720P", new BigDecimal("0.14"), "1080P", new BigDecimal("0.28"));

    private final List<Charged> charges = new ArrayList<>();

    /** Other lines are skipped. */
    synchronized void line(String line) {
        if (Charged.isOne(line)) {
            charges.add(Charged.parse(line));
        }
    }

    synchronized int charges() {
        return charges.size();
    }

    synchronized BigDecimal spent() {
        return charges.stream()
                .map(charge -> PER_SECOND.get(charge.resolution()).multiply(BigDecimal.valueOf(charge.seconds())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** How often each photo was paid. */
    synchronized Map<String, Integer> perPhoto() {
        Map<String, Integer> found = new TreeMap<>();
        charges.forEach(charge -> found.merge(charge.photo(), 1, Integer::sum));
        return found;
    }
}
