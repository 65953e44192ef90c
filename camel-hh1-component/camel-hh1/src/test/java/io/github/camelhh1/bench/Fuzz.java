package io.github.camelhh1.bench;

import java.util.Random;

/**
 * Feeds a reader with inputs that no program would write, always the same ones: {@code src/main/docs/fuzzing.md} says
 * how to have more, and how to have one of them again.
 */
public final class Fuzz {
    private static final long SEED = Long.getLong("hh1.fuzz.seed", 1);

    /** Reads one input that it makes of the random numbers. */
    public interface Reading {
        void of(Random random) throws Exception;
    }

    private Fuzz() {}

    /**
     * How many inputs.
     *
     * @param inEveryBuild as many as take a second or two
     */
    public static int inputs(int inEveryBuild) {
        return Integer.getInteger("hh1.fuzz.inputs", inEveryBuild);
    }

    public static long firstSeed() {
        return SEED;
    }

    /** The seeds are consecutive; as they are, their first numbers would hardly differ. */
    public static void every(int inputs, Reading reading) {
        for (long seed = SEED; seed < SEED + inputs; seed++) {
            try {
                reading.of(new Random(seed * 0x9E3779B97F4A7C15L));
            } catch (Throwable e) {
                throw new AssertionError("Fails with -Dhh1.fuzz.seed=" + seed + " -Dhh1.fuzz.inputs=1", e);
            }
        }
    }

    /** Text with characters replaced, pieces cut out, doubled, or put in from a list of those that hurt. */
    public static String mutated(String text, Random random, String... hurting) {
        var result = new StringBuilder(text);
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(result.length() + 1);
            int end = Math.min(result.length(), at + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> result.replace(at, end, character(random));
                case 1 -> result.delete(at, end);
                case 2 -> result.insert(at, result.substring(at, end));
                case 3 -> result.setLength(at);
                default -> result.insert(at, hurting[random.nextInt(hurting.length)]);
            }
        }
        return result.toString();
    }

    private static String character(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> String.valueOf((char) random.nextInt(32));
            case 1 -> String.valueOf((char) (32 + random.nextInt(95)));
            case 2 -> String.valueOf((char) random.nextInt(65_536));
            default -> Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1));
        };
    }
}
