package io.github.camelhh1.key;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The keys that places were given. A place that is come to again without a failure in between gets a further key: the
 * route wants another video. After a failure it gets its keys again, in their order. Safe for use by many threads.
 */
final class KeySlots {
    private static final class Keys {
        private final List<String> given = new ArrayList<>(1);
        private Slot.Round round;
        private int next;

        Keys(Slot.Round round) {
            this.round = round;
        }
    }

    private final Map<String, Keys> places;

    /** @param most places that are remembered; the oldest goes first */
    KeySlots(int most) {
        this.places = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Keys> eldest) {
                return size() > most;
            }
        };
    }

    synchronized String key(Slot slot, Supplier<String> another) {
        Keys keys = places.computeIfAbsent(slot.id(), first -> new Keys(slot.round()));
        if (slot.round().isAnotherTry(keys.round)) {
            keys.round = slot.round();
            keys.next = 0;
        }
        if (keys.next == keys.given.size()) {
            keys.given.add(another.get());
        }
        return keys.given.get(keys.next++);
    }

    synchronized int size() {
        return places.size();
    }
}
