package io.github.camelhh1.wiring;

import io.github.camelhh1.text.OwnerOnlyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.camel.util.FileUtil;
import org.jspecify.annotations.Nullable;

/**
 * A directory for temporary files that only its owner can read. It is made when it is first needed, and again, under
 * another name, when it was removed. Safe for use by several threads.
 */
final class PrivateDirectory {
    private static final String OWNER_ONLY = "rwx------";

    private @Nullable Path path;
    private @Nullable String owner;

    synchronized Path get() {
        try {
            if (path == null || !isOurs(path)) {
                path = Files.createTempDirectory("camel-hh1-");
                owner = OwnerOnlyFile.isPosix(path) ? Files.getOwner(path).getName() : null;
            }
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException("no private directory could be made in java.io.tmpdir", e);
        }
    }

    /** Another program may have replaced it, or may remove it during the check. */
    private boolean isOurs(Path made) {
        if (!OwnerOnlyFile.isPosix(made)) {
            return Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS);
        }
        try {
            var now = Files.readAttributes(made, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return now.isDirectory()
                    && now.owner().getName().equals(owner)
                    && PosixFilePermissions.toString(now.permissions()).equals(OWNER_ONLY);
        } catch (IOException e) {
            return false;
        }
    }

    /** With all that is in it. */
    synchronized void remove() {
        if (path != null && isOurs(path)) {
            FileUtil.removeDir(path.toFile());
        }
    }
}
