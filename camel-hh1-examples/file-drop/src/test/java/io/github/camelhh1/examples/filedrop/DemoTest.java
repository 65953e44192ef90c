package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.progress.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing that people run. */
class DemoTest {
    @TempDir
    private Path root;

    @AfterEach
    void forget() {
        System.clearProperty("drop.dir");
    }

    private static final Map<String, String> REAL = Map.of(
            "HH1_BACKEND", "cloudflare",
            "CLOUDFLARE_ACCOUNT_ID", "account",
            "CLOUDFLARE_API_TOKEN", "token",
            "S3_BUCKET", "bucket",
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "secret",
            "AWS_REGION", "us-east-1");

    @Test
    void aSecondStartWithARealServiceKeepsWhatWasPaidAndSendsNothingAgain() throws Exception {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(terminal, true));
        Settings settings = Settings.read(
                REAL::get, Map.of("drop.demo.dir", root.resolve("demo").toString())::get);
        DropFolder folder = new DropFolder(root.resolve("demo-cloudflare"));
        DropApplication.prepare(settings, console, Clock.systemUTC()).close();
        assertThat(Drop.names(folder.in())).hasSize(5);
        Files.delete(folder.in().resolve("tea.webp"));
        Files.writeString(folder.out().resolve("tea.mp4"), "paid");
        Files.writeString(folder.root().resolve(".hh1.db"), "the ledger");

        DropApplication.prepare(settings, console, Clock.systemUTC()).close();

        assertThat(folder.out().resolve("tea.mp4")).hasContent("paid");
        assertThat(folder.root().resolve(".hh1.db")).hasContent("the ledger");
        assertThat(Drop.names(folder.in())).hasSize(4);
        assertThat(terminal.toString(StandardCharsets.UTF_8))
                .contains("nothing is paid again", folder.root().toString());
    }

    @Test
    void makesThreeVideosAndEnds() throws Exception {
        Path demo = root.resolve("demo");
        DropFolder folder = new DropFolder(demo);
        folder.create();
        Files.writeString(folder.out().resolve("horse.mp4"), "of an earlier run");
        Files.writeString(demo.resolve(".hh1.db"), "it would not even open with this");
        System.setProperty("drop.dir", ""); // as Maven passes it when nobody names a folder
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        Settings settings = Settings.read(name -> null, Map.of("drop.demo.dir", demo.toString())::get);
        Console console = new Console(new PrintStream(terminal, true));

        try (DropApplication application = DropApplication.prepare(settings, console, Clock.systemUTC())) {
            application.main().addOverrideProperty("drop.duration", "3");
            assertThat(application.run()).isZero();
        }

        assertThat(Drop.names(folder.out()))
                .containsExactly("horse.json", "horse.mp4", "lighthouse.json", "lighthouse.mp4", "tea.json", "tea.mp4");
        assertThat(Drop.names(folder.done()))
                .containsExactly("horse.jpg", "horse.json", "lighthouse.png", "lighthouse.txt", "tea.webp");
        assertThat(Drop.names(folder.in())).isEmpty();
        assertThat(folder.out().resolve("horse.mp4"))
                .content(StandardCharsets.ISO_8859_1)
                .contains("ftyp");
        assertThat(terminal.toString(StandardCharsets.UTF_8))
                .contains(folder.out().resolve("tea.mp4").toString(), "3 done");
    }
}
