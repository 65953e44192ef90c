package io.github.camelhh1.image.preflight;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageLook;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.image.preflight.ImageLimits.Finding;
import io.github.camelhh1.image.preflight.ImageLimits.Weight;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares an image's header with the model's limits before the request is sent.
 *
 * @param links looks at images behind links; null where links are not looked at
 * @param fixer null unless the mode is {@link Mode#FIX}
 * @param warning writes a line into the log for an image that breaks a limit and is sent
 */
public record Preflight(
        Mode mode, @Nullable Links links, @Nullable Fixer fixer, Consumer<String> warning) {

    /** The treatment of an image outside the model's limits. Content that is no image fails in each mode but {@code OFF}. */
    public enum Mode {
        OFF,
        /** A warning in the log; the image is sent as it is. */
        WARN,
        /** Refused. */
        FAIL,
        /** Made fit; refused where that cannot be done. */
        FIX
    }

    /** Looks at images where their links point, within bounds of bytes and time. Safe for use by many threads. */
    @FunctionalInterface
    public interface Links {
        /** Holds no thread while it waits; the stage always completes normally. */
        CompletionStage<Found> look(URI link);
    }

    /** One of the two is null; {@code unreachable} is the reason why the image could not be looked at. */
    public record Found(@Nullable ImageLook look, @Nullable String unreachable) {}

    /** Makes images fit for the model. Safe for use by many threads. */
    public interface Fixer {
        /** Why an image with such a header is not fixed; null when it is. */
        @Nullable
        String objection(ImageLook look);

        /** Of content without objection: {@code Fixed} or {@code Refused}. The stage always completes normally. */
        CompletionStage<Verdict> fix(ImageContent content);
    }

    /** The result of a check. */
    public sealed interface Verdict {
        /** The image goes on as it is. */
        record Passed() implements Verdict {}

        /** Nothing is sent. */
        record Refused(List<String> violations) implements Verdict {}

        /**
         * Other content takes the image's place.
         *
         * @param done the changes, for people
         * @param discard deletes the content; to be run once the outcome is known
         */
        record Fixed(ImageContent content, String done, Runnable discard) implements Verdict {}
    }

    /** Judges the image of a request. The stage fails only with a defect. A warning begins with {@code name}. */
    public CompletionStage<Verdict> check(RequestImage image, Supplier<String> name) {
        ImageLook look = look(image);
        if (look != null) {
            List<Finding> findings = withObjection(look);
            return findings == null && fixer != null
                    ? fixer.fix(image instanceof ImageContent content ? content : new DataUri(image.title()).content())
                    : CompletableFuture.completedStage(judged(name, findings == null ? List.of() : findings));
        } else if (links == null || !(image instanceof RequestImage.Link)) {
            return CompletableFuture.completedStage(new Verdict.Passed());
        }
        return links.look(URI.create(image.title())).thenApply(found -> judged(name, findings(found)));
    }

    /**
     * The violations that can be told at once and within the JVM: links are not looked at, and fixes are not made. Warns
     * of other findings.
     */
    public List<String> violations(RequestImage image, Supplier<String> name) {
        ImageLook look = mode == Mode.OFF ? null : look(image);
        List<Finding> findings = look == null ? null : withObjection(look);
        return findings != null && judged(name, findings) instanceof Verdict.Refused refused
                ? refused.violations()
                : List.of();
    }

    /** Of content and of data URIs; null for an image elsewhere. */
    private static @Nullable ImageLook look(RequestImage image) {
        if (image instanceof ImageContent content) {
            return content.look();
        }
        return image instanceof RequestImage.Link link && DataUri.is(link.url())
                ? new DataUri(link.url()).look()
                : null;
    }

    private static List<Finding> findings(Found found) {
        return found.look() == null
                ? List.of(new Finding(Weight.BROKEN, "its link could not be looked at: " + found.unreachable()))
                : ImageLimits.findings(found.look());
    }

    /** The findings, with the reason why a broken image is not fixed, where it should be; null when it is to be fixed. */
    private @Nullable List<Finding> withObjection(ImageLook look) {
        List<Finding> findings = ImageLimits.findings(look);
        if (fixer == null || findings.stream().noneMatch(finding -> finding.weight() == Weight.BROKEN)) {
            return findings;
        }
        String objection = fixer.objection(look);
        return objection == null
                ? null
                : Stream.concat(findings.stream(), Stream.of(new Finding(Weight.BROKEN, objection)))
                        .toList();
    }

    private Verdict judged(Supplier<String> name, List<Finding> findings) {
        boolean strict = mode != Mode.WARN;
        List<String> refused = findings.stream()
                .filter(finding -> finding.weight() == Weight.NO_IMAGE || (strict && finding.weight() == Weight.BROKEN))
                .map(finding -> "image: " + finding.text())
                .toList();
        if (!refused.isEmpty()) {
            return new Verdict.Refused(refused);
        }
        if (!findings.isEmpty()) {
            warning.accept(
                    name.get() + ": " + findings.stream().map(Finding::text).collect(Collectors.joining("; ")));
        }
        return new Verdict.Passed();
    }
}
