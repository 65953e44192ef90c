package io.github.camelhh1.ledger.fence;

/** Why a run was sent again: a line an attempt, the latest last. */
public final class Causes {
    /** What its column takes; the eldest lines go first. */
    static final int LONGEST = 10_000;

    private Causes() {}

    /** A claim that was given up before it was sent has said so already. */
    public static String and(String causes, int attempt, String reason) {
        String line = "attempt " + attempt + ": " + reason + "\n";
        if (causes.endsWith(line)) {
            return causes;
        }
        String all = causes + line;
        return all.length() <= LONGEST ? all : all.substring(all.indexOf('\n', all.length() - LONGEST) + 1);
    }
}
