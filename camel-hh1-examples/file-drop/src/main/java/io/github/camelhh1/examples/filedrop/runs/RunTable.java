package io.github.camelhh1.examples.filedrop.runs;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs as {@code hh1:runs} gives them, as a table for the terminal. Long values stand in a line below. */
final class RunTable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private record Column(String title, Function<Map<String, Object>, String> cell) {

        List<String> cells(List<Map<String, Object>> runs) {
            return Stream.concat(Stream.of(title), runs.stream().map(cell)).toList();
        }
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("sent", RunTable::time),
            new Column("state", run -> text(run, "state")),
            new Column("photo", run -> text(run, "videoFileName").replaceFirst("[.]mp4$", "")),
            new Column("seconds", run -> text(run, "seconds")),
            new Column("cost", run -> text(run, "cost")),
            new Column("run", run -> text(run, "runId")));

    private final List<Map<String, Object>> runs;
    private final boolean wholeLinks;

    RunTable(List<Map<String, Object>> runs, boolean wholeLinks) {
        this.runs = runs;
        this.wholeLinks = wholeLinks;
    }

    List<String> lines() {
        List<List<String>> columns = COLUMNS.stream()
                .map(column -> column.cells(runs))
                .filter(RunTable::saysSomething)
                .map(RunTable::padded)
                .toList();
        List<String> lines = new ArrayList<>();
        for (int row = 0; row <= runs.size(); row++) {
            int place = row;
            lines.add(columns.stream()
                    .map(cells -> cells.get(place))
                    .collect(Collectors.joining("  "))
                    .stripTrailing());
            if (row > 0) {
                details(runs.get(row - 1)).map(detail -> "    " + detail).forEach(lines::add);
            }
        }
        return lines;
    }

    private static boolean saysSomething(List<String> cells) {
        return cells.stream().skip(1).anyMatch(cell -> !cell.isEmpty());
    }

    private static List<String> padded(List<String> cells) {
        int width = cells.stream().mapToInt(String::length).max().orElse(0);
        return cells.stream()
                .map(cell -> cell + " ".repeat(width - cell.length()))
                .toList();
    }

    private Stream<String> details(Map<String, Object> run) {
        return Stream.of(text(run, "causes").lines(), Stream.of(text(run, "reason")), Stream.of(link(run)))
                .flatMap(Function.identity())
                .filter(detail -> !detail.isBlank());
    }

    private String link(Map<String, Object> run) {
        String link = text(run, "videoUrl");
        return wholeLinks ? link : link.replaceFirst("[?#].*", "?...");
    }

    private static String time(Map<String, Object> run) {
        Object sent = run.getOrDefault("sentAt", run.get("createdAt"));
        return sent instanceof Instant instant ? TIME.format(instant.atZone(ZoneId.systemDefault())) : "";
    }

    private static String text(Map<String, Object> run, String field) {
        return String.valueOf(run.getOrDefault(field, ""));
    }
}
