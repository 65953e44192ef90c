package io.github.camelhh1.examples.quarkus;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The ledger's tables are in a database that Quarkus connects to, as PostgreSQL in production. */
@QuarkusTest
@TestProfile(LedgerInDataSourceTest.InDataSource.class)
class LedgerInDataSourceTest {
    public static class InDataSource extends PhotoFolders {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = super.getConfigOverrides();
            overrides.put("camel.component.hh1.ledger", "#type:javax.sql.DataSource");
            return overrides;
        }
    }

    @Inject
    DataSource ledger;

    @ConfigProperty(name = "photos")
    Path photos;

    @ConfigProperty(name = "videos")
    Path videos;

    @Test
    void aPhotoIsARowOfTheLedger() throws Exception {
        PhotoFolders.put("horse.jpg", photos);

        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(videos.resolve("horse.mp4")));
        try (var connection = ledger.getConnection();
                var query = connection.prepareStatement("select state from hh1_run");
                var rows = query.executeQuery()) {
            assertTrue(rows.next());
            assertEquals("COMPLETED", rows.getString(1));
        }
    }
}
