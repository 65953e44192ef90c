package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.examples.filedrop.folder.DropFolder;
import io.github.camelhh1.examples.filedrop.progress.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that fail: one clear line, an exit status, and no photo touched. */
class StartTest {
    @TempDir
    private Path root;

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    private int start(Map<String, String> environment) {
        Console console = new Console(new PrintStream(terminal, true));
        return FileDrop.run(environment::get, Map.of("drop.dir", root.toString())::get, console, main -> {});
    }

    private String said() {
        return terminal.toString(StandardCharsets.UTF_8);
    }

    @Test
    void missingSettingsAreSaidInOneLine() {
        assertThat(start(Map.of("HH1_BACKEND", "cloudflare"))).isEqualTo(2);

        assertThat(said().lines())
                .singleElement()
                .asString()
                .startsWith("file-drop cannot start: ")
                .contains("S3_BUCKET");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aSecondProgramInTheFolderIsRefused() throws Exception {
        try (Drop first = Drop.inJava(root)) {
            assertThat(first.folder.root()).isEqualTo(root);
            assertThat(start(Map.of())).isEqualTo(2);
        }
        assertThat(said()).contains("another file-drop works in " + root);
    }

    @Test
    void whatTheComponentFindsWrongIsSaidToo() throws Exception {
        DropFolder folder = new DropFolder(root);
        folder.create();
        Files.write(folder.in().resolve("cat.png"), Drop.photo("png", 0x123456));

        int status = start(Map.of(
                "HH1_BACKEND", "cloudflare",
                "CLOUDFLARE_ACCOUNT_ID", "account",
                "CLOUDFLARE_API_TOKEN", "first\nsecret9",
                "S3_BUCKET", "photos",
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "secret"));

        assertThat(status).isEqualTo(1);
        assertThat(said()).contains("file-drop stopped: ").doesNotContain("secret9");
        assertThat(Drop.names(folder.in())).containsExactly("cat.png");
    }
}
