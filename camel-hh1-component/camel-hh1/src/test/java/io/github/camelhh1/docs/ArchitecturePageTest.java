package io.github.camelhh1.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.camelhh1.Hh1Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about the architecture says what the code is. */
class ArchitecturePageTest {
    private static final Path PAGE = Path.of("src/main/docs/architecture.md");
    private static final Path THREADS = Path.of("src/main/java/io/github/camelhh1/wiring/Threads.java");
    private static final Pattern PICTURE = Pattern.compile("(?s)```mermaid\n.*?```\n");
    private static final String ROOT = "io.github.camelhh1";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(Hh1Component.class.getProtectionDomain().getCodeSource().getLocation());

    private final String page;

    ArchitecturePageTest() throws IOException {
        page = Files.readString(PAGE);
    }

    /** With {@code -Dhh1.picture=write} the picture is drawn anew. */
    @Test
    void showsTheArrowsOfTheCode() throws IOException {
        String picture = picture();
        if ("write".equals(System.getProperty("hh1.picture"))) {
            Files.writeString(PAGE, PICTURE.matcher(page).replaceFirst(old -> picture));
        } else {
            assertThat(page).contains(picture);
        }
    }

    @Test
    void namesTypesThatThereAre() {
        Set<String> types = MAIN.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());
        assertThat(matches("`((?!\\w+Test`)[A-Z][a-z]\\w+)(?:\\.\\w+)?`", page))
                .isNotEmpty()
                .isSubsetOf(types);
    }

    @Test
    void namesEveryThread() throws IOException {
        Set<String> threads = matches("\"(hh1-[a-z-]+)\"", Files.readString(THREADS));
        assertThat(matches("`(hh1-[a-z-]+)`", page)).containsExactlyInAnyOrderElementsOf(threads);
    }

    @Test
    void theWalksNameFilesThatThereAreAndCountThem() {
        Path sources = Path.of("src/main/java/io/github/camelhh1");
        var walks = Pattern.compile("(?s)\n### [^\n]+: (\\d+) files\n(.*?)(?=\n##)")
                .matcher(page)
                .results()
                .toList();
        assertThat(walks).hasSize(3).allSatisfy(walk -> {
            Set<String> files = matches("`([a-z0-9/]*[A-Z]\\w+[.]java)`", walk.group(2));
            assertThat(files).hasSize(Integer.parseInt(walk.group(1)));
            assertThat(files)
                    .allSatisfy(file -> assertThat(sources.resolve(file)).exists());
        });
    }

    private static Set<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Each package points at those that it uses, but not at those that it reaches by way of another. */
    private static String picture() {
        Map<String, Set<String>> arrows = arrows();
        var picture = new StringBuilder("```mermaid\nflowchart TD\n");
        arrows.forEach((from, all) -> all.stream()
                .filter(to -> all.stream().noneMatch(by -> !by.equals(to) && reaches(by, to, arrows)))
                .forEach(to -> picture.append("    ")
                        .append(node(from))
                        .append(" --> ")
                        .append(node(to))
                        .append('\n')));
        return picture.append("```\n").toString();
    }

    private static String node(String name) {
        return name.replace('.', '-') + "[" + name + "]";
    }

    private static boolean reaches(String from, String to, Map<String, Set<String>> arrows) {
        Set<String> next = arrows.getOrDefault(from, Set.of());
        return next.contains(to) || next.stream().anyMatch(by -> reaches(by, to, arrows));
    }

    private static Map<String, Set<String>> arrows() {
        var arrows = new TreeMap<String, Set<String>>();
        for (JavaClass type : MAIN) {
            String from = name(type);
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .map(ArchitecturePageTest::name)
                    .filter(to -> !to.equals(from) && isDrawn(from, to))
                    .forEach(to -> arrows.computeIfAbsent(from, first -> new TreeSet<>())
                            .add(to));
        }
        return arrows;
    }

    private static String name(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "root" : name.substring(ROOT.length() + 1);
    }

    /**
     * Everything may use texts and time. Headers and options are read everywhere in Camel's part. Ledgers makes the
     * ledgers whose interface stands beside it.
     */
    private static boolean isDrawn(String from, String to) {
        return !Set.of("text", "async", "root", "simulator").contains(to)
                && !(from.equals("ledger") && to.startsWith("ledger."));
    }
}
