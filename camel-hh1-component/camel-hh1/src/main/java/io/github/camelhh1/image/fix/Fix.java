package io.github.camelhh1.image.fix;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageContents;
import io.github.camelhh1.image.ImageFormat;
import io.github.camelhh1.image.ImageHeader;
import io.github.camelhh1.image.preflight.ImageLimits;
import io.github.camelhh1.image.preflight.Verdict;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The fixing of one image. */
final class Fix {
    private final ImageContent content;
    private final ImageHeader header;
    private final Decoder decoder;
    private final Path directory;

    /** Of content that {@code rules} have no objection to. */
    Fix(ImageContent content, FixRules rules, Path directory) {
        this.content = content;
        this.header = Objects.requireNonNull(content.look().header(), "an image without a header is objected to");
        this.decoder = new Decoder(rules);
        this.directory = directory;
    }

    Verdict.Fixed run() throws IOException, NotFixableException {
        BufferedImage stored = decoder.decode(content);
        boolean turns = Upright.turns(header.orientation());
        Layout layout = Layout.of(
                turns ? stored.getHeight() : stored.getWidth(), turns ? stored.getWidth() : stored.getHeight());
        Path file = Files.createTempFile(directory, "fixed-", ".image");
        try {
            ImageFormat format =
                    Encoder.encode(Canvas.draw(stored, header.orientation(), layout), header.format(), file);
            ImageContent fixed = ImageContents.ofOwn(file);
            if (!ImageLimits.keeps(fixed.look())) {
                throw new NotFixableException("what became of it is not within the limits either");
            }
            return new Verdict.Fixed(fixed, done(stored, layout, format), () -> delete(file));
        } catch (IOException | NotFixableException | RuntimeException | Error e) {
            delete(file);
            throw e;
        }
    }

    private String done(BufferedImage stored, Layout layout, ImageFormat format) {
        List<String> done = new ArrayList<>();
        if (header.orientation() != 1) {
            done.add("turned upright (orientation " + header.orientation() + ")");
        }
        if (stored.getColorModel().hasAlpha()) {
            done.add("transparency flattened onto white");
        }
        if (layout.pictureWidth() != header.width() || layout.pictureHeight() != header.height()) {
            done.add("scaled " + size(header.width(), header.height()) + " to "
                    + size(layout.pictureWidth(), layout.pictureHeight()));
        }
        if (layout.isPadded()) {
            done.add("padded " + size(layout.pictureWidth(), layout.pictureHeight()) + " to "
                    + size(layout.width(), layout.height()));
        }
        done.add("re-encoded "
                + (format == header.format() ? "as " : header.format().title() + " as ") + format.title());
        return String.join("; ", done);
    }

    private static String size(int width, int height) {
        return width + "x" + height;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It goes with the private directory, when the component stops.
            file.toFile().deleteOnExit();
        }
    }
}
