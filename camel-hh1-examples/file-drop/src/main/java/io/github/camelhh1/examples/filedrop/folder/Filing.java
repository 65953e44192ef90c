package io.github.camelhh1.examples.filedrop.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives files their names and places. Nothing is ever overwritten: a second {@code cat} becomes {@code cat-2}, and what
 * belongs to one photo gets the same number. Safe for use by many threads; one program per folder, see {@link FolderLock}.
 */
public final class Filing {
    private final DropFolder folder;
    private final Set<String> promised = new HashSet<>();
    private final Set<Path> stuck = new HashSet<>();

    public Filing(DropFolder folder) {
        this.folder = folder;
    }

    /** A base name under which {@code out} holds no video and no record, and that nobody else gets meanwhile. */
    public synchronized String promise(Path photo) {
        String base = DropFolder.baseName(photo);
        String name = base;
        for (int n = 2; isTaken(name); n++) {
            name = base + "-" + n;
        }
        promised.add(name);
        return name;
    }

    public synchronized void release(String name) {
        promised.remove(name);
    }

    /** Moves the photo and its sidecars to {@code done}. Returns where the photo is now. */
    public synchronized Path toDone(Path photo, List<Path> sidecars) throws IOException {
        return move(photo, sidecars, folder.done(), List.of());
    }

    /** Moves the photo and its sidecars to {@code failed}, and writes the reason beside them. */
    public synchronized Path toFailed(Path photo, List<Path> sidecars, String reason) throws IOException {
        Path moved = move(photo, sidecars, folder.failed(), List.of("error.txt"));
        Path note = folder.failed().resolve(DropFolder.baseName(moved) + ".error.txt");
        Files.writeString(note, reason, StandardOpenOption.CREATE_NEW);
        return moved;
    }

    /** A photo that cannot be moved must not be sent again and again: it stays where it is, and is let alone. */
    public synchronized void letAlone(Path photo) {
        stuck.add(photo);
    }

    public synchronized boolean isLetAlone(Path photo) {
        return stuck.contains(photo);
    }

    private boolean isTaken(String name) {
        return promised.contains(name)
                || Files.exists(folder.out().resolve(name + ".mp4"))
                || Files.exists(folder.out().resolve(name + ".json"));
    }

    private Path move(Path photo, List<Path> sidecars, Path target, List<String> companions) throws IOException {
        List<Path> present = sidecars.stream().filter(Files::exists).toList();
        String name = freeName(photo, present, target, companions);
        // The photo first: once it is out of the way, it cannot be sent a second time.
        Path moved = Files.move(photo, target.resolve(renamed(photo, name)));
        boolean shared = isShared(photo);
        for (Path sidecar : present) {
            Path place = target.resolve(renamed(sidecar, name));
            if (shared) {
                Files.copy(sidecar, place);
            } else {
                Files.move(sidecar, place);
            }
        }
        return moved;
    }

    private static String freeName(Path photo, List<Path> sidecars, Path target, List<String> companions) {
        String base = DropFolder.baseName(photo);
        String name = base;
        for (int n = 2; !isFree(name, photo, sidecars, target, companions); n++) {
            name = base + "-" + n;
        }
        return name;
    }

    private static boolean isFree(String name, Path photo, List<Path> sidecars, Path target, List<String> companions) {
        List<String> names = new ArrayList<>();
        names.add(renamed(photo, name));
        sidecars.forEach(sidecar -> names.add(renamed(sidecar, name)));
        companions.forEach(companion -> names.add(name + "." + companion));
        return names.stream().map(target::resolve).noneMatch(Files::exists);
    }

    private static String renamed(Path file, String base) {
        return base + "." + DropFolder.extension(file.getFileName().toString());
    }

    /** Whether another photo of the same base name still waits for the sidecar. */
    private boolean isShared(Path photo) {
        String base = DropFolder.baseName(photo);
        return folder.photos().stream()
                .anyMatch(other -> DropFolder.baseName(other).equals(base));
    }
}
