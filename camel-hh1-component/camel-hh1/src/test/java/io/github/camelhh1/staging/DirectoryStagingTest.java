package io.github.camelhh1.staging;

import io.github.camelhh1.staging.contract.StagingContract;
import io.github.camelhh1.staging.contract.StagingSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.camel.CamelContext;

class DirectoryStagingTest extends StagingContract {
    @Override
    protected StagingSite open() throws IOException {
        return new Directory(new ServedDirectory());
    }

    private record Directory(ServedDirectory served) implements StagingSite {
        @Override
        public void configure(CamelContext context) {
            // Needs nothing of it.
        }

        @Override
        public String options() {
            return "stagingDirectory=" + served.directory() + "&stagingBaseUrl=" + served.baseUrl();
        }

        @Override
        public Set<String> images() {
            return served.names();
        }

        @Override
        public Object stamp(String name) {
            try {
                return Files.getAttribute(served.directory().resolve(name), "unix:ino");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** No file can take the place of a directory that is not empty. */
        @Override
        public void refusePuts(String name) {
            block(served.directory().resolve(name));
        }

        @Override
        public void refuseRemovals(String name) {
            Path image = served.directory().resolve(name);
            image.toFile().delete();
            block(image);
        }

        private static void block(Path name) {
            try {
                Files.createDirectories(name.resolve("something"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void behave() {
            served.empty();
        }

        @Override
        public void close() throws IOException {
            served.close();
        }
    }
}
