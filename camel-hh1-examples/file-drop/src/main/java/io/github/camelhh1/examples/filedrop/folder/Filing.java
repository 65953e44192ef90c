package io.github.camelhh1.examples.filedrop.folder;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives files their names and places. No file is overwritten: a second {@code cat} becomes {@code cat-2}, and all files
 * of one photo get the same number. Safe for use by many threads; one program per folder, see {@link FolderLock}.
 */
public final class Filing {
    private static final String NOTE = "error.txt";

    private final DropFolder folder;
    private final Set<String> promised = new HashSet<>();
    private final Set<Path> stuck = new HashSet<>();

    public Filing(DropFolder folder) {
        this.folder = folder;
    }

    /** A base name for which {@code out} has no video and no record. No other caller gets it. */
    public synchronized String promise(Path photo) {
        String base = DropFolder.baseName(photo);
        String name = base;
        for (int n = 2; isTaken(name); n++) {
            name = base + "-" + n;
        }
        promised.add(name);
        return name;
    }

    public synchronized boolean isPromised(String name) {
        return promised.contains(name);
    }

    public synchronized void release(String name) {
        promised.remove(name);
    }

    /** Finishes a move that a killed program had begun. */
    public synchronized void finishMove() throws IOException {
        Relocation.finish(folder);
    }

    /**
     * Moves the photo and its sidecars to {@code done}.
     *
     * @return false if they were replaced or deleted since they were read: then no file is moved
     */
    public synchronized boolean toDone(Source source) throws IOException {
        return move(source, folder.done(), freeName(source, folder.done(), List.of()), Map.of());
    }

    /**
     * Moves the photo and its sidecars to {@code failed}, and writes the reason beside them.
     *
     * @return false if they were replaced or deleted since they were read: then only the reason is written
     */
    public synchronized boolean toFailed(Source source, String reason) throws IOException {
        String name = freeName(source, folder.failed(), List.of(NOTE));
        String note = relative(folder.failed().resolve(name + "." + NOTE));
        return move(source, folder.failed(), name, Map.of(note, reason));
    }

    /** Whether a note in {@code failed} names the run. */
    public synchronized boolean isNoted(String runId) throws IOException {
        return !notes(runId).isEmpty();
    }

    /** Writes the reason into the notes that name the run; where there is none, into one of the run's own. */
    public synchronized void note(Path photo, String runId, String reason) throws IOException {
        List<Path> notes = new ArrayList<>(notes(runId));
        if (notes.isEmpty()) {
            notes.add(folder.failed().resolve(DropFolder.baseName(photo) + "-" + runId + "." + NOTE));
        }
        Map<String, String> texts = new HashMap<>();
        notes.forEach(note -> texts.put(relative(note), reason));
        new Relocation(List.of(), texts).carryOut(folder);
    }

    /** Moves the photos that failed with the run from {@code failed} to {@code done}, and deletes its notes. */
    public synchronized void settle(String runId) throws IOException {
        for (Path note : notes(runId)) {
            String name = note.getFileName().toString().replace("." + NOTE, "");
            for (Path photo : DropFolder.photos(folder.failed())) {
                if (DropFolder.baseName(photo).equals(name)) {
                    toDone(Source.of(photo));
                }
            }
            Files.delete(note);
        }
    }

    private List<Path> notes(String runId) throws IOException {
        List<Path> notes = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.failed(), "*." + NOTE)) {
            for (Path file : files) {
                if (Files.readString(file).contains(runId)) {
                    notes.add(file);
                }
            }
        }
        return notes;
    }

    /** A photo that cannot be moved must not be sent again and again. It stays where it is, and is ignored. */
    public synchronized void letAlone(Path photo) {
        stuck.add(photo);
    }

    public synchronized boolean isLetAlone(Path photo) {
        return stuck.contains(photo);
    }

    private boolean isTaken(String name) {
        return promised.contains(name) || Files.exists(folder.video(name)) || Files.exists(folder.record(name));
    }

    private boolean move(Source source, Path room, String name, Map<String, String> notes) throws IOException {
        boolean shared = isShared(source.photo().file());
        List<Relocation.Move> moves = new ArrayList<>();
        moves.add(planned(source.photo(), room, name, false));
        source.presentSidecars().forEach(sidecar -> moves.add(planned(sidecar, room, name, shared)));
        Relocation relocation = new Relocation(moves, notes);
        boolean inPlace = source.isInPlace();
        (inPlace ? relocation : relocation.withoutMoves()).carryOut(folder);
        return inPlace;
    }

    private Relocation.Move planned(Original original, Path room, String name, boolean copied) {
        Path file = original.file();
        return new Relocation.Move(
                relative(file), relative(room.resolve(renamed(file, name))), copied, original.sha256());
    }

    private String relative(Path file) {
        return folder.root().relativize(file.toAbsolutePath()).toString();
    }

    private static String freeName(Source source, Path target, List<String> companions) {
        String base = DropFolder.baseName(source.photo().file());
        String name = base;
        for (int n = 2; !isFree(name, source, target, companions); n++) {
            name = base + "-" + n;
        }
        return name;
    }

    private static boolean isFree(String name, Source source, Path target, List<String> companions) {
        List<String> names = new ArrayList<>();
        names.add(renamed(source.photo().file(), name));
        source.presentSidecars().forEach(sidecar -> names.add(renamed(sidecar.file(), name)));
        companions.forEach(companion -> names.add(name + "." + companion));
        return names.stream().map(target::resolve).noneMatch(Files::exists);
    }

    private static String renamed(Path file, String base) {
        return base + "." + DropFolder.extension(file.getFileName().toString());
    }

    /** Whether another photo of the same base name still waits for the sidecar. */
    private boolean isShared(Path photo) {
        String base = DropFolder.baseName(photo);
        return photo.toAbsolutePath().startsWith(folder.in())
                && folder.photos().stream()
                        .anyMatch(other -> !other.equals(photo.toAbsolutePath())
                                && DropFolder.baseName(other).equals(base));
    }
}
