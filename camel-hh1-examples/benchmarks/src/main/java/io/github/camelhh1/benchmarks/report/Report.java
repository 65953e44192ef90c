package io.github.camelhh1.benchmarks.report;

import java.util.List;
import java.util.StringJoiner;

/**
 * The result of one benchmark.
 *
 * @param method how it was measured
 */
public record Report(String title, String method, List<String> columns, List<List<String>> rows, List<Goal> goals) {

    /** Plain text that is Markdown too. */
    public String text() {
        var text = new StringJoiner("\n");
        text.add("## " + title).add("").add(method).add("").add(row(columns));
        text.add("|" + " --- |".repeat(columns.size()));
        rows.forEach(cells -> text.add(row(cells)));
        text.add("");
        goals.forEach(goal -> text.add("- " + goal));
        return text.add("").toString();
    }

    public boolean met() {
        return goals.stream().allMatch(Goal::met);
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
