package io.github.camelhh1.simulator.film;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class BestFilmmakerTest {

    @Test
    void usesJCodecWhereItIs() {
        assertThat(BestFilmmaker.best()).isInstanceOf(JCodecFilmmaker.class);
    }

    @Test
    void servesTheBuiltInVideoAndWarnsOnceWhereJCodecIsExcluded(@TempDir Path directory) throws Exception {
        URL[] noJCodec = {
            location(Filmmaker.class),
            location(LoggerFactory.class),
            location(Class.forName("org.slf4j.simple.SimpleServiceProvider"))
        };
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (URLClassLoader without = new URLClassLoader(noJCodec, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = without.loadClass(Filmmaker.class.getName());
            Method best =
                    accessible(without.loadClass(BestFilmmaker.class.getName()).getDeclaredMethod("best"));
            best.invoke(null);
            Path video = directory.resolve("video.mp4");

            accessible(type.getDeclaredMethod("film", without.loadClass(Scene.class.getName()), Path.class))
                    .invoke(best.invoke(null), null, video);

            assertThat(Files.readAllBytes(video)).hasSizeGreaterThan(10_000).contains('f', 't', 'y', 'p');
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("WARN")
                .contains("one short built-in video")
                .contains("org.jcodec:jcodec");
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static Method accessible(Method method) {
        method.setAccessible(true);
        return method;
    }
}
