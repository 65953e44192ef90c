package io.github.camelhh1.image.fix;

import io.github.camelhh1.async.Offload;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageLook;
import io.github.camelhh1.image.fix.FixRules.NotFixableException;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.image.preflight.Preflight.Verdict;
import io.github.camelhh1.text.CleanText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fixes images that ImageIO reads: JPEG, PNG, GIF, BMP and TIFF with Java alone, WEBP with TwelveMonkeys. Scales
 * up to the least side, pads to the ratio, turns as EXIF says, flattens transparency, encodes anew.
 */
public final class ImageIoFixer implements Preflight.Fixer {
    private final FixRules rules;
    private final Supplier<Path> directory;
    private final Executor worker;
    private final Executor rooms;

    /**
     * @param maxPixels an image that declares more is not decoded
     * @param directory of fixed images; asked for at the first one
     * @param worker runs the fixes; the number of its threads bounds memory
     * @param rooms completes the stages
     */
    public ImageIoFixer(long maxPixels, Supplier<Path> directory, Executor worker, Executor rooms) {
        this.rules = new FixRules(maxPixels);
        this.directory = directory;
        this.worker = worker;
        this.rooms = rooms;
    }

    @Override
    public @Nullable String objection(ImageLook look) {
        return rules.objection(look);
    }

    @Override
    public CompletionStage<Verdict> fix(ImageContent content) {
        return Offload.run(worker, rooms, () -> fixed(content));
    }

    private Verdict fixed(ImageContent content) {
        try {
            return new Fix(content, rules, directory.get()).run();
        } catch (NotFixableException e) {
            return refused(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            // Decoders throw exceptions of any kind at pixels that do not fit their header.
            return refused("it could not be decoded (" + CleanText.of(e.toString()) + "); save it anew");
        } catch (OutOfMemoryError e) {
            return refused("there is not enough memory to decode it; scale it down, or lower preflightMaxPixels");
        }
    }

    private static Verdict refused(String reason) {
        return new Verdict.Refused(List.of("image: preflight=fix: " + reason));
    }
}
