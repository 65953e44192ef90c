package io.github.camelhh1.examples.fleet.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether every photo was done once or is held, and none was paid twice. */
record Reckoning(List<String> photos, Progress progress, Map<String, Integer> charges, Map<String, Integer> runs) {

    /** What does not add up; empty when all does. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        List<String> done = List.copyOf(progress.videos().values());
        // A message may come to the queue of failures twice.
        List<String> held =
                progress.held().stream().map(Progress.Told::photo).distinct().toList();
        for (String photo : photos) {
            long videos = done.stream().filter(photo::equals).count();
            long holds = held.stream().filter(photo::equals).count();
            int paid = charges.getOrDefault(photo, 0);
            if (videos + holds != 1) {
                problems.add(photo + " has " + videos + " videos and is " + (holds > 0 ? "held" : "not held"));
            }
            if (paid > 1 || (videos == 1 && paid != 1)) {
                problems.add(photo + " has " + videos + " videos and was paid " + paid + " times");
            }
        }
        same(problems, "videos", done.size(), "completed runs of the ledger", runs.getOrDefault("COMPLETED", 0));
        same(problems, "held photos", held.size(), "unknown runs of the ledger", runs.getOrDefault("UNKNOWN", 0));
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
            out.println("  held: " + told.photo() + ", run " + run);
            out.println("    java -jar fleet-worker.jar adopt " + run
                    + " LINK   when the account has its video (hh1:adopt)");
            out.println("    java -jar fleet-worker.jar forget " + run + "       when it has none (hh1:forget)");
        }
        problems.forEach(problem -> out.println("  WRONG: " + problem));
        out.println(problems.isEmpty() ? "It adds up." : "It does not add up.");
        out.flush();
    }

    private static void same(List<String> problems, String what, int one, String other, int two) {
        if (one != two) {
            problems.add(one + " " + what + ", but " + two + " " + other);
        }
    }
}
