package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LifeLockTest {
    private static final int OFTEN = 200;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("owner.lock");
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    @Test
    void isHeldUntilItIsClosed() {
        LifeLock lock = LifeLock.take(file);
        assertThat(LifeLock.isFree(file)).isFalse();

        lock.close();
        assertThat(LifeLock.isFree(file)).isTrue();
        assertThat(file).doesNotExist();
    }

    @Test
    void isFreeWhenNobodyHoldsTheFileAnyMore() throws IOException {
        Files.createFile(file);

        assertThat(LifeLock.isFree(file)).isTrue();
        assertThat(LifeLock.isFree(file)).isTrue();
    }

    /** A component of another class loader in this JVM looks like this from here. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isLookedAtAsOftenAsItMayBeWithoutOpeningMoreAndMoreFiles() throws IOException {
        Files.createFile(file);
        try (FileChannel holder = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(holder.tryLock()).isNotNull();
            long before = openFiles();

            for (int i = 0; i < OFTEN; i++) {
                assertThat(LifeLock.isFree(file)).isFalse();
            }

            assertThat(openFiles() - before).isLessThan(OFTEN / 4);
        }
        assertThat(LifeLock.isFree(file)).as("once its holder has gone").isTrue();
        assertThat(LifeLock.isFree(file)).isTrue();
    }
}
