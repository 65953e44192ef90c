package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a class path as a production has it: the component, Camel's core, camel-http and camel-jackson. */
class WithoutTheSimulatorTest {
    private static final Pattern NEEDED = Pattern.compile(
            "(camel|httpclient5|httpcore5|commons-codec|jackson|jakarta|angus|slf4j-api|sqlite|h2)[.-].*\\.jar");
    private static final Pattern ONLY_TESTED_WITH =
            Pattern.compile("camel-(hh1|test|ftp|management|platform-http|vertx|spring|resilience4j).*");

    @TempDir
    Path directory;

    @BeforeEach
    void putTheMainClassAlone() throws Exception {
        String name = WithoutTheSimulatorMain.class.getName().replace('.', '/');
        for (String file : List.of(name + ".class", name + "$1.class")) {
            Path copy = directory.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(location(WithoutTheSimulatorMain.class).resolve(file), copy);
        }
    }

    @Test
    void aRouteToTheServiceStarts() throws Exception {
        assertThat(start("hh1:generate?backend=cloudflare&accountId=an-account&apiKey=a-key"))
                .endsWith("started");
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "download"})
    void aRouteToTheSimulatorFailsAndNamesTheDependency(String operation) throws Exception {
        assertThat(start("hh1:" + operation + "?backend=simulator"))
                .contains("IllegalArgumentException: backend=simulator needs the simulator")
                .contains("io.github.camelhh1:camel-hh1-simulator")
                .doesNotContain("NoClassDefFoundError");
    }

    @Test
    void aRouteStartsWithoutCamelHealthToo() throws Exception {
        assertThat(start(
                        "(?!camel-health).*",
                        "hh1:generate?backend=cloudflare&accountId=an-account&apiKey=a-key",
                        "jdbc:sqlite:" + directory.resolve("hh1.db")))
                .endsWith("started");
    }

    @ParameterizedTest
    @CsvSource({
        "(?!sqlite).*, jdbc:sqlite:hh1.db, org.xerial:sqlite-jdbc",
        ".*, jdbc:postgresql://127.0.0.1:1/hh1, org.postgresql:postgresql",
        "(?!h2).*, jdbc:h2:./hh1, com.h2database:h2",
        ".*, jdbc:h2:./hh1, com.zaxxer:HikariCP"
    })
    void aLedgerThatLacksADependencyNamesIt(String jars, String ledger, String dependency) throws Exception {
        assertThat(start(jars, "hh1:generate?backend=cloudflare&accountId=an-account&apiKey=a-key", ledger))
                .contains("LedgerException", "add the dependency " + dependency)
                .doesNotContain("NoClassDefFoundError");
    }

    private String start(String uri) throws Exception {
        return start(".*", uri);
    }

    /** All that the process says, its error stream included. */
    private String start(String jars, String... arguments) throws Exception {
        Path said = directory.resolve("said.txt");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                classPath(jars),
                WithoutTheSimulatorMain.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        int status = process.waitFor();
        String text = Files.readString(said, StandardCharsets.UTF_8).strip();
        assertThat(status).as(text).isZero();
        return text;
    }

    private String classPath(String jars) throws Exception {
        List<String> entries = new ArrayList<>(
                List.of(directory.toString(), location(Hh1Component.class).toString()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String jar = Path.of(entry).getFileName().toString();
            if (NEEDED.matcher(jar).matches()
                    && jar.matches(jars)
                    && !ONLY_TESTED_WITH.matcher(jar).matches()) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static Path location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
