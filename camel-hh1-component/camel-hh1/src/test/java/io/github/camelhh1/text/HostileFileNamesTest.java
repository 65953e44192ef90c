package io.github.camelhh1.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.AllocationCost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that strangers chose to write where they must not: each gives one ordinary file inside its directory. */
class HostileFileNamesTest {
    @TempDir
    Path directory;

    static Stream<String> names() {
        return Stream.of(LogPayloads.ALL.stream(), traversals(), specials(), lengths())
                .flatMap(names -> names);
    }

    private static Stream<String> traversals() {
        return Stream.of(
                "../../../../etc/passwd",
                "..\\..\\..\\windows\\win.ini",
                "....//....//etc/passwd",
                "..%2f..%2fetc%2fpasswd",
                "%2e%2e/%2e%2e/etc/passwd",
                "..%c0%af..%c0%afetc",
                "..%252f..%252fetc",
                "/etc/shadow",
                "//host/share/x.mp4",
                "\\\\host\\share\\x.mp4",
                "C:\\Windows\\System32\\x",
                "C:x",
                "\\\\?\\C:\\x",
                "\\\\.\\PhysicalDrive0",
                "file:///etc/passwd",
                "a/../../b",
                "a/./../b",
                "./.ssh/authorized_keys",
                "~/.bashrc",
                "~root",
                "\uff0e\uff0e\uff0fetc",
                "\u2024\u2024/etc",
                "..\u2215..\u2215etc",
                "..\u29f8etc",
                "x.mp4/..",
                "..",
                ".",
                "/",
                "");
    }

    private static Stream<String> specials() {
        return Stream.of(
                "CON",
                "con.mp4",
                "PRN.txt",
                "aux",
                "NUL.tar.gz",
                "COM1",
                "lpt9.mp4",
                "CONIN$",
                "x.mp4::$DATA",
                "x:stream",
                "x.mp4.",
                "x.mp4 ",
                " x",
                ".hidden",
                "...",
                "-rf",
                "--help",
                "$(reboot).mp4",
                "`id`.mp4",
                "x;rm -rf ~",
                "x|y",
                "x>y",
                "x*?",
                "\"x\"",
                "x\u0000.mp4",
                "x.part",
                "\ud800",
                "x\udfff.mp4",
                "e\u0301e\u0301",
                "\ufeffx",
                "x\u200b",
                "\u202egpj.mp4");
    }

    private static Stream<String> lengths() {
        return Stream.of(
                "x".repeat(5_000),
                "\u5199".repeat(5_000),
                "\ud83d\ude00".repeat(5_000),
                "x".repeat(2_000_000),
                "../".repeat(500_000),
                ".".repeat(2_000_000),
                " .".repeat(1_000_000),
                "\u0301".repeat(2_000_000),
                "e" + "\u0301\u0323".repeat(500_000),
                "\ufdfa".repeat(500_000),
                "a.".repeat(1_000_000));
    }

    @Test
    void areAHundredAndMore() {
        assertThat(names().distinct()).hasSizeGreaterThanOrEqualTo(100);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("names")
    void giveAnOrdinaryFileInsideTheDirectory(String name) throws IOException {
        AllocationCost.isSmall(() -> SafeFileName.baseName(name, "video"));

        String base = SafeFileName.baseName(name, "video");
        Path file = Files.createFile(directory.resolve(base + ".mp4"));
        assertThat(file.toRealPath().getParent()).isEqualTo(directory.toRealPath());
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()).toList())
                    .isEqualTo(List.of(base + ".mp4"));
        }
        assertThat(base.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(200);
        assertThat(base)
                .matches(LogPayloads::harmless, "harmless")
                .doesNotStartWith(".")
                .doesNotStartWith("-");
    }
}
