package io.github.camelhh1.image;

import io.github.camelhh1.image.fix.ImageIoFixer;
import io.github.camelhh1.image.preflight.Preflight.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Fixes images in a process that has no more memory than it should need. Says what lacked memory, and ends with a count. */
final class DecoderMemoryMain {
    private static final int MUTANTS_A_FIX = 50;

    private final ImageIoFixer fixer;
    private int accepted;
    private int fixed;

    private DecoderMemoryMain(long maxPixels, Path directory) {
        fixer = new ImageIoFixer(maxPixels, () -> directory, Runnable::run, Runnable::run);
    }

    /** Arguments: a directory, megabytes of address space beside what is taken already, mutants (0: bombs), first seed. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        int mutants = Integer.parseInt(arguments[2]);
        List<byte[]> good = Mutants.good();
        Map<String, byte[]> bombs = ImageBombs.all();
        var main = new DecoderMemoryMain(mutants == 0 ? 40_000_000 : 1_000_000, directory);
        // Classes, libraries and threads are there before memory is counted.
        good.forEach(main::fix);
        limit(Long.parseLong(arguments[1]) << 20);
        if (main.lacksMemory(
                DecoderBombs.progressive(4_000, 4_000),
                new ImageIoFixer(40_000_000, () -> directory, Runnable::run, Runnable::run))) {
            System.out.println("the limit is felt");
        }
        if (mutants == 0) {
            bombs.forEach((name, bomb) -> main.tell(name, bomb));
        } else {
            main.mutants(good, mutants, Long.parseLong(arguments[3]));
        }
        System.out.println(main.accepted + " accepted, " + main.fixed + " fixed");
    }

    private void mutants(List<byte[]> good, int mutants, long first) {
        long seed = first;
        fixed = 0;
        for (accepted = 0; accepted < mutants && seed < first + (long) mutants * MUTANTS_A_FIX; seed++) {
            tell("seed " + seed, Mutants.of(good, new Random(seed * 0x9E3779B97F4A7C15L)));
        }
        System.out.println((seed - first) + " made");
    }

    private void tell(String name, byte[] image) {
        if (lacksMemory(image, fixer)) {
            System.out.println(
                    "lacks memory: " + name + " " + ImageContent.of(image).look());
        }
    }

    private void fix(byte[] image) {
        lacksMemory(image, fixer);
    }

    private boolean lacksMemory(byte[] image, ImageIoFixer by) {
        ImageContent content = ImageContent.of(image);
        if (by.objection(content.look()) != null) {
            return false;
        }
        accepted++;
        Verdict verdict = by.fix(content).toCompletableFuture().join();
        if (verdict instanceof Verdict.Fixed done) {
            fixed++;
            done.discard().run();
        }
        return verdict instanceof Verdict.Refused refused
                && refused.violations().toString().contains("memory");
    }

    private static void limit(long more) throws IOException, InterruptedException {
        long taken = 0;
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmSize:")) {
                taken = Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        String pid = String.valueOf(ProcessHandle.current().pid());
        int status = new ProcessBuilder("prlimit", "--pid", pid, "--as=" + (taken + more))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("prlimit ended with " + status);
        }
    }
}
