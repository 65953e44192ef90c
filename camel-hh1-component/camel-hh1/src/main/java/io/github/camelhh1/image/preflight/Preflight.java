package io.github.camelhh1.image.preflight;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageLook;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.image.preflight.Finding.Weight;
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
 * @param links looks at images behind links; null where they are taken on trust
 * @param fixer null unless the mode is {@link PreflightMode#FIX}
 * @param warning writes a line into the log for an image that breaks a limit and is sent
 */
public record Preflight(
        PreflightMode mode,
        @Nullable LinkedImages links,
        @Nullable ImageFixer fixer,
        Consumer<String> warning) {
    private static final CompletionStage<Verdict> PASSED = CompletableFuture.completedStage(new Verdict.Passed());

    /**
     * Judges the image of a request. The stage fails only with a defect. A warning begins with {@code name}.
     */
    public CompletionStage<Verdict> check(RequestImage image, Supplier<String> name) {
        if (image instanceof ImageContent content) {
            return judged(name, content.look(), () -> content);
        } else if (!(image instanceof RequestImage.Link)) {
            return PASSED;
        }
        String link = image.title();
        if (DataUri.is(link)) {
            DataUri data = DataUri.of(link);
            return judged(name, data.look(), data::content);
        } else if (links == null) {
            return PASSED;
        }
        return links.look(URI.create(link)).thenApply(found -> {
            ImageLook look = found.look();
            return judged(
                    name,
                    look == null
                            ? List.of(new Finding(
                                    Weight.BROKEN, "its link could not be looked at: " + found.unreachable()))
                            : ImageLimits.findings(look));
        });
    }

    /**
     * What would be refused, as far as that can be told at once and within the JVM: links are taken on trust, and fixes
     * are not made. Warns of the rest.
     */
    public List<String> violations(RequestImage image, Supplier<String> name) {
        ImageLook look = image instanceof ImageContent content
                ? content.look()
                : image instanceof RequestImage.Link link && DataUri.is(link.url())
                        ? DataUri.of(link.url()).look()
                        : null;
        if (look == null || mode == PreflightMode.OFF) {
            return List.of();
        }
        List<Finding> findings = ImageLimits.findings(look);
        if (isToBeFixed(findings, look)) {
            return List.of();
        }
        return judged(name, objected(findings, look)) instanceof Verdict.Refused refused
                ? refused.violations()
                : List.of();
    }

    /** Made only when it is needed: a data URI is decoded for it. */
    private interface Source {
        ImageContent content();
    }

    private CompletionStage<Verdict> judged(Supplier<String> name, ImageLook look, Source source) {
        List<Finding> findings = ImageLimits.findings(look);
        return fixer != null && isToBeFixed(findings, look)
                ? fixer.fix(source.content())
                : CompletableFuture.completedStage(judged(name, objected(findings, look)));
    }

    private boolean isToBeFixed(List<Finding> findings, ImageLook look) {
        return fixer != null && has(findings, Weight.BROKEN) && fixer.objection(look) == null;
    }

    /** With the reason why it is not fixed, where it should have been. */
    private List<Finding> objected(List<Finding> findings, ImageLook look) {
        String objection = fixer != null && has(findings, Weight.BROKEN) ? fixer.objection(look) : null;
        return objection == null
                ? findings
                : Stream.concat(findings.stream(), Stream.of(new Finding(Weight.BROKEN, objection)))
                        .toList();
    }

    private Verdict judged(Supplier<String> name, List<Finding> findings) {
        boolean strict = mode != PreflightMode.WARN;
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

    private static boolean has(List<Finding> findings, Weight weight) {
        return findings.stream().anyMatch(finding -> finding.weight() == weight);
    }
}
