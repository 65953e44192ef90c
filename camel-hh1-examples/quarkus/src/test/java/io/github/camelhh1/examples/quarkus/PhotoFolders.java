package io.github.camelhh1.examples.quarkus;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/** Gives each start of the application folders of its own. */
public class PhotoFolders implements QuarkusTestProfile {
    private static final Path SAMPLES = Path.of("../file-drop/src/main/resources/samples");

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "photos");
            return new HashMap<>(Map.of(
                    "photos", folder.resolve("in").toString(),
                    "videos", folder.resolve("out").toString(),
                    "camel.component.hh1.ledger", "jdbc:sqlite:" + folder.resolve("hh1.db"),
                    "quarkus.datasource.db-kind", "h2",
                    "quarkus.datasource.jdbc.url", "jdbc:h2:" + folder.resolve("ledger").toAbsolutePath()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a sample photo into the folder, whole. */
    static void put(String photo, Path folder) throws IOException {
        Path copy = Files.copy(SAMPLES.resolve(photo), folder.resolveSibling(photo), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, folder.resolve(photo));
    }
}
