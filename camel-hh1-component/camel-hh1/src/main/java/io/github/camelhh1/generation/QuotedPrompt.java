package io.github.camelhh1.generation;

import io.github.camelhh1.text.CleanText;
import java.util.BitSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Removes quotations of the request from a reason: services repeat prompts and images, which no ledger may store. */
public final class QuotedPrompt {
    /** Characters in a row that make a quotation, also of a prompt that is cut at either end. */
    private static final int WINDOW = 12;
    /** A shorter prompt reveals nothing, and removing it would tear words apart. */
    private static final int LEAST = 4;

    /** Longer than any digest or id: content of an image. */
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{100,}={0,2}");

    private QuotedPrompt() {}

    public static String of(String reason, GenerationRequest request) {
        String text = BASE64.matcher(CleanText.of(reason)).replaceAll("***");
        var quoted = new BitSet();
        Stream.of(request.prompt(), request.negativePrompt()).forEach(prompt -> mark(text, prompt, quoted));
        var unquoted = new StringBuilder();
        int from = 0;
        for (int start = quoted.nextSetBit(0); start >= 0; start = quoted.nextSetBit(from)) {
            unquoted.append(text, from, start).append("***");
            from = quoted.nextClearBit(start);
        }
        return unquoted.append(text, from, text.length()).toString();
    }

    private static void mark(String text, @Nullable String prompt, BitSet quoted) {
        String sought = prompt == null ? "" : prompt.strip();
        // As sent, and as a reason shows it: without line ends.
        String all = sought + "\n" + sought.replaceAll("\\s+", " ");
        int window = Math.min(WINDOW, sought.length());
        for (int i = 0; window >= LEAST && i + window <= text.length(); i++) {
            if (all.contains(text.substring(i, i + window))) {
                quoted.set(i, i + window);
            }
        }
    }
}
