package io.github.camelhh1.simulator.film;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmmakerTest {

    @Test
    void usesJCodecWhereItIs() {
        assertThat(Filmmaker.best()).isInstanceOf(JCodecFilmmaker.class);
    }

    @Test
    void needsNoJCodec(@TempDir Path directory) throws Exception {
        URL ourClassesOnly =
                Filmmaker.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader without =
                new URLClassLoader(new URL[] {ourClassesOnly}, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = without.loadClass(Filmmaker.class.getName());
            Object best = accessible(type.getDeclaredMethod("best")).invoke(null);
            Path video = directory.resolve("video.mp4");

            accessible(type.getDeclaredMethod("film", without.loadClass(Scene.class.getName()), Path.class))
                    .invoke(best, null, video);

            assertThat(Files.readAllBytes(video)).hasSizeGreaterThan(10_000).contains('f', 't', 'y', 'p');
        }
    }

    private static Method accessible(Method method) {
        method.setAccessible(true);
        return method;
    }
}
