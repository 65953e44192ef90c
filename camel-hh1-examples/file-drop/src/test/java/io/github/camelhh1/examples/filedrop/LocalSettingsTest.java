package io.github.camelhh1.examples.filedrop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Figures in application.properties that must agree with one another. */
class LocalSettingsTest {

    private static Properties properties() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = LocalSettingsTest.class.getResourceAsStream("/application.properties")) {
            properties.load(in);
        }
        return properties;
    }

    @Test
    void shutdownOutlivesAGeneration() throws IOException {
        String generation = properties().getProperty("camel.component.hh1.generationTimeout");
        assertThat(generation).endsWith("m");
        long minutes = Long.parseLong(generation.substring(0, generation.length() - 1));

        long shutdown = Long.parseLong(properties().getProperty("camel.main.shutdownTimeout")) / 60;

        assertThat(shutdown).isGreaterThan(minutes);
    }
}
