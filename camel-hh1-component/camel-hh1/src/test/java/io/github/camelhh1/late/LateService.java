package io.github.camelhh1.late;

import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.ReceivedRequest;
import io.github.camelhh1.simulator.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/** A simulator that knows beforehand what it will answer to the first, second, … request of each key. */
final class LateService implements AutoCloseable {
    static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    /** More than a key can have in one test. */
    private static final int MOST = 40;

    private final Hh1Simulator simulator =
            Hh1Simulator.builder().account(ACCOUNT).rendering(false).start();
    private final Map<String, List<String>> served = new ConcurrentHashMap<>();

    /** @param name for people */
    record Planned(String name, Reply reply, boolean givesVideo) {}

    Hh1Simulator simulator() {
        return simulator;
    }

    void plan(String key, IntFunction<Planned> replies) {
        List<String> log = new CopyOnWriteArrayList<>();
        served.put(key, log);
        for (int number = 0; number < MOST; number++) {
            Planned planned = replies.apply(number);
            String note = (planned.givesVideo() ? link(key, number) + " " : "") + planned.name();
            int before = number;
            simulator.when(request -> isNext(request, key, log, before, note)).reply(planned.reply());
        }
    }

    private static boolean isNext(ReceivedRequest request, String key, List<String> log, int before, String note) {
        return key.equals(request.prompt()) && log.size() == before && log.add(note);
    }

    /** Of the video that request {@code number} of a key gets. */
    static String link(String key, int number) {
        return "https://videos.example/" + key + "-" + number + ".mp4";
    }

    List<String> keys() {
        return served.keySet().stream().sorted().toList();
    }

    /** What the requests of a key were answered with, or will be once their time has come. */
    List<String> served(String key) {
        return served.get(key);
    }

    /** The links that a key's requests got. */
    List<String> links(String key) {
        return served(key).stream()
                .filter(note -> note.startsWith("https:"))
                .map(note -> note.substring(0, note.indexOf(' ')))
                .toList();
    }

    int charges(String key) {
        return simulator.charges(key);
    }

    int charges() {
        return simulator.charges();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
