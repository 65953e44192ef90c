package io.github.camelhh1.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of faults and threats names tests, tests name its rows; here both are held together. */
class FaultsPageTest {
    private static final Path PAGE = Path.of("src/main/docs/faults.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+[a-z]?) \\|(.*)\\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");
    /** "row 26c", "Rows 7, 8 and 10", in comments and display names. */
    private static final Pattern IN_WORDS = Pattern.compile("\\b[Rr]ows? (\\d+[a-z]?(?:(?:, | and )\\d+[a-z]?)*)\\b");
    /** {@code row20aConnectionIsUsedAgain}, {@code Row22AStop}, {@code rows7And8}: numbers only. */
    private static final Pattern IN_NAMES = Pattern.compile("\\b[Rr]ows?(\\d+(?:And\\d+)*)");

    private static final Pattern NUMBER = Pattern.compile("\\d+[a-z]?");

    /** The tests that the last cell of each row names. */
    private static Map<String, Set<String>> rows() throws IOException {
        var rows = new LinkedHashMap<String, Set<String>>();
        Matcher row = ROW.matcher(Files.readString(PAGE));
        while (row.find()) {
            String cells = row.group(2);
            String shownBy = cells.substring(cells.lastIndexOf(" | ") + 3);
            assertThat(rows.put(row.group(1), found(TEST, shownBy)))
                    .as("row %s twice", row.group(1))
                    .isNull();
            assertThat(TEST.matcher(shownBy).find() || shownBy.contains("not shown yet"))
                    .as("row %s says what shows it", row.group(1))
                    .isTrue();
        }
        return rows;
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(match.groupCount()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> rowsNamedIn(String source) {
        var named = new TreeSet<String>();
        Stream.of(IN_WORDS, IN_NAMES)
                .flatMap(pattern -> pattern.matcher(source).results())
                .flatMap(match -> NUMBER.matcher(match.group(1)).results())
                .forEach(number -> named.add(number.group()));
        return named;
    }

    @Test
    void hasTheRowsOneTo48() throws IOException {
        assertThat(rows().keySet())
                .containsAll(
                        IntStream.rangeClosed(1, 48).mapToObj(Integer::toString).toList());
    }

    @Test
    void namesOnlyTestsThatExist() throws IOException {
        assertThat(TestSources.names()).containsAll(found(TEST, Files.readString(PAGE)));
    }

    @Test
    void namesEachTestThatNamesARow() throws IOException {
        Map<String, Set<String>> rows = rows();
        var missing = new TreeMap<String, List<String>>();
        for (Path source : TestSources.all()) {
            if (source.endsWith("FaultsPageTest.java")) {
                continue;
            }
            for (String row : rowsNamedIn(Files.readString(source))) {
                if (!isKnown(rows, row, TestSources.name(source))) {
                    missing.computeIfAbsent(row, number -> new ArrayList<>()).add(TestSources.name(source));
                }
            }
        }
        assertThat(missing)
                .as("tests that name a row which %s does not have, or whose last cell does not name them", PAGE)
                .isEmpty();
    }

    /** A class that is no test counts through the test that uses it. A name such as {@code row26bX} may mean row 26. */
    private static boolean isKnown(Map<String, Set<String>> rows, String row, String source) {
        return rows.entrySet().stream()
                .filter(known -> known.getKey().replaceAll("[a-z]", "").equals(row)
                        || known.getKey().equals(row))
                .anyMatch(known -> !source.endsWith("Test") || known.getValue().contains(source));
    }

    @Test
    void readsTheWaysInWhichTestsNameRows() {
        assertThat(rowsNamedIn("/** Rows 7, 8 and 26b: */ \"row 26c: x\" void row20aConnection() class Row22AStop"))
                .containsExactlyInAnyOrder("7", "8", "26b", "26c", "20", "22");
        assertThat(rowsNamedIn("rows7And8WithoutAnEnd, RunRow.read, throw1, at row seven"))
                .containsExactlyInAnyOrder("7", "8");
    }
}
