package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Two nodes that are started again and killed at random moments. A photo is dropped to one of them or to both. */
final class RandomLives implements AutoCloseable {
    static final List<String> NODES = List.of("a", "b");

    private static final int PHOTOS_PER_KILL = 4;

    private final TwoNodes nodes;
    private final Random random;
    private final Function<String, DriverSettings> orders;
    private final Map<String, Driver> alive = new HashMap<>();
    private final Map<String, Set<String>> photos = new TreeMap<>();
    private int longestLifeMillis;
    private int dropped;

    /** @param orders of the node of that name */
    RandomLives(TwoNodes nodes, Random random, Function<String, DriverSettings> orders) {
        this.nodes = nodes;
        this.random = random;
        this.orders = orders;
        forget();
    }

    /** Empties the folders, and begins to count photos anew. */
    void forget() {
        NODES.forEach(node -> {
            nodes.folder(node).clear();
            photos.put(node, new HashSet<>());
        });
    }

    /** @param before gets each photo's name before it is dropped */
    void drop(Consumer<String> before) {
        for (int i = 0; i < PHOTOS_PER_KILL; i++) {
            String photo = "photo" + dropped++;
            before.accept(photo);
            int to = random.nextInt(3);
            for (String node : to == 2 ? NODES : List.of(NODES.get(to))) {
                nodes.folder(node).drop(photo);
                photos.get(node).add(photo);
            }
        }
    }

    /** Finds out how long nodes need on this machine for what lies there: they are killed within this time. */
    void measure(Consumer<String> before) {
        drop(before);
        live();
        long begun = System.nanoTime();
        awaitNothingLeft();
        longestLifeMillis = (int) Duration.ofNanos(System.nanoTime() - begun).toMillis() + 1;
    }

    /** Starts dead nodes. Mostly they have begun to work; at times one still starts, and looks after what dead ones left. */
    void live() {
        for (String node : NODES) {
            if (!alive.containsKey(node)) {
                Driver driver = Driver.start(orders.apply(node));
                alive.put(node, driver);
                if (random.nextInt(5) == 0) {
                    driver.awaitStarting();
                } else {
                    driver.awaitRunning();
                }
            }
        }
    }

    /**
     * Kills one node, or at times both at once.
     *
     * @param most kills
     * @return the number of kills
     */
    int kill(int most) {
        List<String> victims = most > 1 && random.nextInt(6) == 0 ? NODES : List.of(NODES.get(random.nextInt(2)));
        Duration life = Duration.ofMillis(random.nextInt(longestLifeMillis));
        Driver first = alive.get(victims.get(0));
        assertThat(first.jvm().endsWithin(life)).as("ended by itself").isFalse();
        victims.forEach(node -> alive.remove(node).jvm().kill());
        return victims.size();
    }

    void awaitNothingLeft() {
        alive.values().forEach(Driver::awaitNothingLeft);
    }

    void stop() {
        NODES.forEach(node -> alive.remove(node).jvm().stop());
    }

    /** How many photos there were, those that were forgotten included. */
    int dropped() {
        return dropped;
    }

    Set<String> photos(String node) {
        return photos.get(node);
    }

    Set<String> photos() {
        return photos.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
    }

    /** Those that lie in a folder for photos that come in. */
    Set<String> waiting() {
        return NODES.stream()
                .flatMap(node -> PhotoFolder.names(nodes.folder(node).in(), PhotoFolder.PHOTO).stream())
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        alive.values().forEach(Driver::close);
    }
}
