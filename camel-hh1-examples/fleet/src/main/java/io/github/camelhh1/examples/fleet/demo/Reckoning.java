package io.github.camelhh1.examples.fleet.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether every photo was done once or is held, and none was paid twice.
 *
 * @param states of the ledger's runs, by their ids
 */
record Reckoning(List<String> photos, Progress progress, Map<String, Integer> charges, Map<String, String> states) {

    /** The contradictions between photos, runs and charges; empty if there are none. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        List<String> done = List.copyOf(progress.videos().values());
        List<Progress.Told> held = progress.held();
        for (String photo : photos) {
            long videos = done.stream().filter(photo::equals).count();
            boolean holds = held.stream().anyMatch(told -> told.photo().equals(photo));
            int paid = charges.getOrDefault(photo, 0);
            if (videos + (holds ? 1 : 0) != 1) {
                problems.add(photo + " has " + videos + " videos and is " + (holds ? "held" : "not held"));
            }
            if (paid > 1 || (videos == 1 && paid != 1)) {
                problems.add(photo + " has " + videos + " videos and was paid " + paid + " times");
            }
        }
        int found = (int) held.stream().filter(this::isFound).count();
        same(problems, "videos and found videos", done.size() + found, "completed runs", count("COMPLETED"));
        same(problems, "held photos", held.size() - found, "unknown runs", count("UNKNOWN"));
        progress.failed().forEach(told -> problems.add(told.photo() + " failed: " + told.reason()));
        int left = progress.left() + progress.dead();
        if (left > 0) {
            problems.add(left + " messages are left in the queues");
        }
        return problems;
    }

    void print(PrintStream out, List<String> problems) {
        Map<Integer, Integer> times = new TreeMap<>();
        photos.forEach(photo -> times.merge(charges.getOrDefault(photo, 0), 1, Integer::sum));
        out.println();
        out.println(photos.size() + " photos: " + progress.videos().size() + " done, "
                + progress.held().size() + " held");
        times.forEach((paid, count) -> out.println("  paid " + paid + " times: " + count + " photos"));
        for (Progress.Told told : progress.held()) {
            String run = told.run();
            if (isFound(told)) {
                out.println("  found: " + told.photo() + ", run " + run + " has its video, which comes later");
                continue;
            }
            out.println("  held: " + told.photo() + ", run " + run);
            out.println("    java -jar fleet-worker.jar adopt " + run
                    + " LINK   when the account has its video (hh1:adopt)");
            out.println("    java -jar fleet-worker.jar forget " + run + "       when it has none (hh1:forget)");
        }
        problems.forEach(problem -> out.println("  WRONG: " + problem));
        out.println(problems.isEmpty() ? "It adds up." : "It does not add up.");
        out.flush();
    }

    /** Whether a look-up found the video of a run that was held. */
    private boolean isFound(Progress.Told told) {
        return "COMPLETED".equals(states.get(told.run()));
    }

    private int count(String state) {
        return Collections.frequency(states.values(), state);
    }

    private static void same(List<String> problems, String what, int one, String other, int two) {
        if (one != two) {
            problems.add(one + " " + what + ", but " + two + " " + other);
        }
    }
}
