package io.github.camelhh1.image.fix;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageFormat;
import io.github.camelhh1.image.ImageHeader;
import io.github.camelhh1.image.Snapshots;
import io.github.camelhh1.image.fix.FixRules.NotFixableException;
import io.github.camelhh1.image.preflight.ImageLimits;
import io.github.camelhh1.image.preflight.Preflight.Verdict;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;

/** The fixing of one image, to which {@code FixRules} has no objection. */
final class Fix {
    private static final float[] QUALITIES = {0.92f, 0.8f, 0.6f, 0.4f};

    private final ImageContent content;
    private final ImageHeader header;
    private final FixRules rules;
    private final Path directory;

    Fix(ImageContent content, FixRules rules, Path directory) {
        this.content = content;
        this.header = Objects.requireNonNull(content.look().header(), "an image without a header is objected to");
        this.rules = rules;
        this.directory = directory;
    }

    Verdict.Fixed run() throws IOException, NotFixableException {
        BufferedImage stored = new Decoder(rules).decode(content);
        Layout layout = Layout.of(stored, header.orientation());
        Path file = Files.createTempFile(directory, "fixed-", ".image");
        try {
            ImageFormat format = encode(layout.draw(stored, header.orientation()), file);
            ImageContent fixed = ImageContent.ofOwn(file);
            if (!ImageLimits.keeps(fixed.look())) {
                throw new NotFixableException("the fixed image is not within the limits either");
            }
            return new Verdict.Fixed(fixed, done(stored, layout, format), () -> Snapshots.delete(file));
        } catch (IOException | NotFixableException | RuntimeException | Error e) {
            Snapshots.delete(file);
            throw e;
        }
    }

    /** Drawings stay PNG, unless that is too long; photos become JPEG. */
    private ImageFormat encode(BufferedImage picture, Path file) throws IOException {
        if (header.format() == ImageFormat.PNG || header.format() == ImageFormat.GIF) {
            write(picture, ImageFormat.PNG, 1, file);
            if (isShort(file)) {
                return ImageFormat.PNG;
            }
        }
        for (float quality : QUALITIES) {
            write(picture, ImageFormat.JPEG, quality, file);
            if (isShort(file)) {
                break;
            }
        }
        return ImageFormat.JPEG;
    }

    private static boolean isShort(Path file) throws IOException {
        return Files.size(file) <= ImageLimits.SAFE_BYTES;
    }

    private static void write(BufferedImage picture, ImageFormat format, float quality, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format.title().toLowerCase(Locale.ROOT))
                .next();
        try (var target = new RandomAccessFile(file.toFile(), "rw");
                var out = new FileImageOutputStream(target)) {
            target.setLength(0);
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (format == ImageFormat.JPEG) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(quality);
            }
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
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
        String picture = size(layout.pictureWidth(), layout.pictureHeight());
        if (layout.pictureWidth() != header.width() || layout.pictureHeight() != header.height()) {
            done.add("scaled " + size(header.width(), header.height()) + " to " + picture);
        }
        if (layout.isPadded()) {
            done.add("padded " + picture + " to " + size(layout.width(), layout.height()));
        }
        done.add("re-encoded "
                + (format == header.format() ? "as " : header.format().title() + " as ") + format.title());
        return String.join("; ", done);
    }

    private static String size(int width, int height) {
        return width + "x" + height;
    }
}
