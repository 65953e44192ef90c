package io.github.camelhh1.examples.filedrop.folder;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files of one photo that are moved together. The list is written to the disk before the first move. If the program is
 * killed in between, the next one finishes the moves, so that photo, sidecar and note stay together.
 *
 * @param moves names relative to the folder; the photo first: once it is out of the way, it is not taken a second time
 * @param notes texts by name, written last
 */
record Relocation(List<Move> moves, Map<String, String> notes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String REPLACED =
            "Replaced:      the photo or its sidecar has changed in the folder in since it was read. The files that lie"
                    + " there now are a request of their own. For the steps above, use your own copy of the first ones.\n";

    /**
     * @param copied whether the file stays where it is, too: another photo shares it
     * @param sha256 of the file that is to be moved; absent in lists of an earlier version
     */
    record Move(String from, String to, boolean copied, String sha256) {

        private void carryOut(DropFolder folder) throws IOException {
            Path source = folder.root().resolve(from);
            Path target = folder.root().resolve(to);
            if (copied) {
                Files.copy(source, target);
            } else {
                Files.move(source, target);
            }
        }

        private boolean isOpen(DropFolder folder) throws IOException {
            return Files.exists(folder.root().resolve(from)) && !isTaken(folder) && !isReplaced(folder);
        }

        private boolean isReplaced(DropFolder folder) throws IOException {
            return new Original(folder.root().resolve(from), sha256).isReplaced();
        }

        /** While the file still waits, too: then another file was put there since. */
        private boolean isInTheWay(DropFolder folder) {
            return Files.exists(folder.root().resolve(from)) && isTaken(folder);
        }

        private boolean isTaken(DropFolder folder) {
            return Files.exists(folder.root().resolve(to));
        }
    }

    /** The notes alone: the files were replaced before they could be moved. */
    Relocation withoutMoves() {
        Map<String, String> texts = new HashMap<>();
        notes.forEach((note, text) -> texts.put(note, text + REPLACED));
        return new Relocation(List.of(), texts);
    }

    void carryOut(DropFolder folder) throws IOException {
        writeDown(folder);
        try {
            for (Move move : moves) {
                move.carryOut(folder);
            }
            writeNotes(folder);
        } finally {
            Files.deleteIfExists(plan(folder));
        }
    }

    void writeDown(DropFolder folder) throws IOException {
        Files.write(draft(folder), JSON.writeValueAsBytes(this));
        Files.move(draft(folder), plan(folder), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Finishes what a killed program had begun. */
    static void finish(DropFolder folder) throws IOException {
        Optional<Relocation> begun = begun(folder);
        if (begun.isPresent()) {
            begun.get().goOn(folder);
        }
        Files.deleteIfExists(plan(folder));
        Files.deleteIfExists(draft(folder));
    }

    private void goOn(DropFolder folder) throws IOException {
        if (!moves.isEmpty() && moves.get(0).isReplaced(folder)) {
            // A sidecar that is left belongs to the new photo.
            (moves.get(0).isTaken(folder) ? this : withoutMoves()).writeNotes(folder);
        } else if (moves.isEmpty() || !moves.get(0).isInTheWay(folder)) {
            for (Move move : moves) {
                if (move.isOpen(folder)) {
                    move.carryOut(folder);
                }
            }
            writeNotes(folder);
        }
    }

    private static Optional<Relocation> begun(DropFolder folder) {
        try {
            return Optional.of(JSON.readValue(plan(folder).toFile(), Relocation.class));
        } catch (IOException e) {
            // There is no list, or a power cut emptied it: then no move had begun.
            return Optional.empty();
        }
    }

    /** Each note appears whole: people and programs watch the folder. */
    private void writeNotes(DropFolder folder) throws IOException {
        for (Map.Entry<String, String> note : notes.entrySet()) {
            Path file = folder.root().resolve(note.getKey());
            Path part = file.resolveSibling("." + file.getFileName() + ".part");
            Files.writeString(part, note.getValue());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static Path plan(DropFolder folder) {
        return folder.root().resolve(".moving.json");
    }

    private static Path draft(DropFolder folder) {
        return folder.root().resolve(".moving.json.part");
    }
}
