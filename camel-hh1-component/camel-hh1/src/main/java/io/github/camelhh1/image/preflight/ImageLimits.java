package io.github.camelhh1.image.preflight;

import io.github.camelhh1.image.ImageHeader;
import io.github.camelhh1.image.ImageLook;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The limits that the model's provider documents; an image is judged by its header. */
public final class ImageLimits {
    /** Pixels, of either side. */
    public static final int LEAST_SIDE = 300;
    /** Of the longer side to the shorter. */
    public static final double GREATEST_RATIO = 2.5;
    /** Bytes that every source of the limits allows. */
    public static final long SAFE_BYTES = 10L << 20;
    /** Bytes that some of them allow. */
    public static final long MOST_BYTES = 20L << 20;

    private static final String FORMATS = "the model takes JPEG, PNG and WEBP";

    enum Weight {
        /** The service may take the image. */
        ADVICE,
        /** Breaks a limit of the model. */
        BROKEN,
        /** No image at all. */
        NO_IMAGE
    }

    /** A doubt about an image: the measured value, the limit and the remedy. */
    record Finding(Weight weight, String text) {}

    private ImageLimits() {}

    /** Whether an image breaks no limit. */
    public static boolean keeps(ImageLook look) {
        return findings(look).stream().allMatch(finding -> finding.weight() == Weight.ADVICE);
    }

    static List<Finding> findings(ImageLook look) {
        var findings = new ArrayList<Finding>();
        if (!look.format().isImage()) {
            String found =
                    look.length() == 0 ? "nothing (0 bytes)" : look.format().title();
            findings.add(new Finding(Weight.NO_IMAGE, "it is no image but " + found + "; " + FORMATS + ": send one"));
            return findings;
        }
        if (!look.format().accepted()) {
            broken(findings, "it is " + look.format().title() + ", and " + FORMATS + ": convert it");
        }
        ImageHeader header = look.header();
        if (header != null) {
            size(findings, header);
        } else if (look.format().accepted() && look.problem() == null) {
            findings.add(new Finding(
                    Weight.ADVICE, "its width and height do not stand in the part of it that was looked at"));
        } else if (look.format().accepted()) {
            broken(
                    findings,
                    "its " + look.format().title() + " header cannot be read (" + look.problem()
                            + "); save the image anew");
        }
        bytes(findings, look.length());
        return findings;
    }

    private static void size(List<Finding> findings, ImageHeader header) {
        side(findings, "width", header.width());
        side(findings, "height", header.height());
        double ratio = (double) header.width() / header.height();
        if (ratio > GREATEST_RATIO || ratio < 1 / GREATEST_RATIO) {
            broken(
                    findings,
                    "its ratio is " + (ratio > 1 ? decimal(ratio) + ":1" : "1:" + decimal(1 / ratio)) + " ("
                            + header.width() + " x " + header.height()
                            + " pixels), and must be from 1:2.5 to 2.5:1; crop or pad it");
        }
    }

    private static void side(List<Finding> findings, String name, int pixels) {
        if (pixels < LEAST_SIDE) {
            broken(
                    findings,
                    "its " + name + " is " + pixels + " pixels, and must be at least " + LEAST_SIDE
                            + "; send a larger image");
        }
    }

    private static void bytes(List<Finding> findings, long length) {
        if (length > MOST_BYTES) {
            broken(findings, "it has " + megabytes(length) + ", and may have at most 20 MB; compress or scale it");
        } else if (length > SAFE_BYTES) {
            findings.add(new Finding(
                    Weight.ADVICE,
                    "it has " + megabytes(length) + ", and some sources say that at most 10 MB are taken"));
        }
    }

    private static void broken(List<Finding> findings, String text) {
        findings.add(new Finding(Weight.BROKEN, text));
    }

    static String megabytes(long length) {
        return decimal(length / (double) (1 << 20)) + " MB (" + length + " bytes)";
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
