package io.github.camelhh1.examples.filedrop.runs;

import io.github.camelhh1.ledger.RunState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A command that shows or settles runs of the ledger, instead of watching the folder. */
public sealed interface RunCommand {

    /**
     * The runs, newest first.
     *
     * @param state only those of this state; empty for all
     * @param wholeLinks with their signatures, which are keys to the videos
     */
    record Show(Optional<RunState> state, boolean wholeLinks) implements RunCommand {}

    /** The video of a run has been found. */
    record Adopt(String runId, String url) implements RunCommand {}

    /** A run may be sent, and paid, again. */
    record Forget(String runId) implements RunCommand {}

    /**
     * Empty if none is given, or if the given one is wrong: the error is then added to the problems.
     *
     * @param setting gives the value of {@code drop.runs}, {@code drop.adopt} and so on; null when it is not set
     */
    static Optional<RunCommand> read(UnaryOperator<String> setting, List<String> problems) {
        String show = setting.apply("drop.runs");
        String adopt = setting.apply("drop.adopt");
        String forget = setting.apply("drop.forget");
        String url = setting.apply("drop.url");
        if (Stream.of(show, adopt, forget).filter(Objects::nonNull).count() > 1) {
            problems.add("drop.runs, drop.adopt and drop.forget are three commands: give one of them");
        } else if (adopt != null && url == null) {
            problems.add("drop.adopt needs the video's link: add drop.url=https://...");
        } else if (adopt == null && url != null) {
            problems.add("drop.url belongs to drop.adopt: add drop.adopt with the run's id; drop.runs=all shows it");
        } else if (show != null) {
            return show(show, "whole".equals(setting.apply("drop.links")), problems);
        } else if (adopt != null) {
            return Optional.of(new Adopt(adopt, url));
        } else if (forget != null) {
            return Optional.of(new Forget(forget));
        }
        return Optional.empty();
    }

    private static Optional<RunCommand> show(String which, boolean wholeLinks, List<String> problems) {
        String name = which.toUpperCase(Locale.ROOT);
        // Maven makes "true" of a property without a value.
        if (List.of("ALL", "TRUE").contains(name)) {
            return Optional.of(new Show(Optional.empty(), wholeLinks));
        }
        Optional<RunCommand> show = Stream.of(RunState.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .map(state -> new Show(Optional.of(state), wholeLinks));
        if (show.isEmpty()) {
            problems.add("drop.runs=" + which + " is unknown: use all, or a state of "
                    + Arrays.toString(RunState.values()).toLowerCase(Locale.ROOT));
        }
        return show;
    }
}
