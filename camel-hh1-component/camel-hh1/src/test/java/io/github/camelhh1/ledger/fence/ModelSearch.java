package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.fence.ModelDatabase.Weakness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Searches all worlds that can come of one, those that need fewer moves first. */
final class ModelSearch {
    /** {@code trace}: the shortest way to a world in which {@code violation} is so; both null when there is none. */
    record Found(int worlds, int depth, @Nullable String violation, List<String> trace) {}

    private static final class Violated extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final transient int world;

        Violated(int world, String what) {
            super(what, null, false, false);
            this.world = world;
        }
    }

    private final ModelMoves moves;
    private final Weakness weakness;
    private final ModelWorld first;
    private long[] table = new long[1 << 20];
    private int[] parents = new int[1 << 16];
    private short[] ordinals = new short[1 << 16];
    private int worlds;
    private int ordinal;
    private List<ModelWorld> next = new ArrayList<>();

    ModelSearch(ModelWorld first, Weakness weakness) {
        this.first = first;
        this.weakness = weakness;
        this.moves = new ModelMoves(weakness);
    }

    Found search() {
        int depth = 0;
        try {
            found(first, -1);
            int from = 0;
            while (!next.isEmpty()) {
                List<ModelWorld> level = next;
                next = new ArrayList<>();
                for (int at = 0; at < level.size(); at++) {
                    int parent = from + at;
                    ordinal = 0;
                    moves.of(level.set(at, null), (text, world) -> {
                        found(world, parent);
                        ordinal++;
                    });
                }
                from += level.size();
                depth++;
            }
            return new Found(worlds, depth, null, List.of());
        } catch (Violated e) {
            return new Found(worlds, depth, e.getMessage(), trace(e.world));
        }
    }

    private void found(ModelWorld world, int parent) {
        if (!isNew(ModelFingerprint.of(world))) {
            return;
        }
        if (worlds == parents.length) {
            parents = Arrays.copyOf(parents, worlds * 2);
            ordinals = Arrays.copyOf(ordinals, worlds * 2);
        }
        parents[worlds] = parent;
        ordinals[worlds] = (short) ordinal;
        next.add(world);
        worlds++;
        String violation = world.violation(weakness);
        if (violation != null) {
            throw new Violated(worlds - 1, violation);
        }
    }

    private boolean isNew(long fingerprint) {
        if (worlds * 2L > table.length) {
            long[] old = table;
            table = new long[old.length * 2];
            for (long each : old) {
                if (each != 0) {
                    table[place(each)] = each;
                }
            }
        }
        int place = place(fingerprint);
        if (table[place] == fingerprint) {
            return false;
        }
        table[place] = fingerprint;
        return true;
    }

    private int place(long fingerprint) {
        int mask = table.length - 1;
        int place = (int) fingerprint & mask;
        while (table[place] != 0 && table[place] != fingerprint) {
            place = (place + 1) & mask;
        }
        return place;
    }

    /** Makes the moves again that led there. */
    private List<String> trace(int last) {
        List<Integer> path = new ArrayList<>();
        for (int at = last; parents[at] >= 0; at = parents[at]) {
            path.add(0, (int) ordinals[at]);
        }
        List<String> lines = new ArrayList<>();
        ModelWorld world = first;
        for (int move : path) {
            var count = new int[1];
            var reached = new ModelWorld[1];
            moves.of(world, (text, to) -> {
                if (count[0]++ == move) {
                    reached[0] = to;
                    lines.add(text.get() + "  [" + to.database() + "]");
                }
            });
            world = reached[0];
        }
        return lines;
    }
}
