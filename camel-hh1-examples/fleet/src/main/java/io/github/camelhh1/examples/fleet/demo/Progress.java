package io.github.camelhh1.examples.fleet.demo;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The states of the photos, read from outside the workers. Used by one thread. */
interface Progress {

    /** A photo that ended without a video. */
    record Told(String photo, boolean held, String run, String reason) {}

    /** Looks again. */
    void look();

    /** The photo of each video, by the run's name. */
    Map<String, String> videos();

    Collection<Told> told();

    /** Photos that no worker has. */
    int queued();

    /** Photos that are waiting or in work. */
    int left();

    /** Photos that were given up without a reason. */
    int dead();

    /** Photos that are held and have no video yet. A photo may be reported twice. */
    default List<Told> held() {
        Map<String, Told> held = new TreeMap<>();
        told().stream()
                .filter(told -> told.held() && !videos().containsValue(told.photo()))
                .forEach(told -> held.put(told.photo(), told));
        return List.copyOf(held.values());
    }

    default List<Told> failed() {
        return told().stream().filter(told -> !told.held()).toList();
    }

    /** How many photos need nothing more than a person. */
    default int through() {
        Set<String> photos = new TreeSet<>(videos().values());
        told().forEach(told -> photos.add(told.photo()));
        return photos.size();
    }
}
