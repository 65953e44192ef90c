package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.RunState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/** Compares what was paid, what the ledger says and what lies in the folder, once every photo has left its place. */
final class Referee {
    static final byte[] WHOLE = builtInVideo();
    private static final Set<RunState> MAY_BE_PAID = Set.of(RunState.SENT, RunState.COMPLETED, RunState.UNKNOWN);

    private final PhotoFolder folder;
    private final Set<String> sentWhenKilled = new HashSet<>();
    private final Set<String> completedWhenKilled = new HashSet<>();

    Referee(PhotoFolder folder) {
        this.folder = folder;
    }

    /**
     * Right after a kill: nothing is paid that the ledger does not know, and only whole videos look like videos.
     *
     * @param charges as the meter showed them before the ledger was read
     */
    LedgerSnapshot afterKill(Collection<String> charges, LedgerSnapshot books) {
        sentWhenKilled.addAll(books.sentWithoutTask());
        completedWhenKilled.addAll(books.in(RunState.COMPLETED));
        var verdict = new SoftAssertions();
        charges(verdict, charges, books);
        wholeVideos(verdict);
        verdict.assertAll();
        return books;
    }

    /** @param photos all that there were since the folder was empty */
    void atTheEnd(Collection<String> photos, List<String> charges, LedgerSnapshot books) {
        var verdict = new SoftAssertions();
        List<String> done = PhotoFolder.names(folder.done(), PhotoFolder.PHOTO);
        List<String> failed = PhotoFolder.names(folder.failed(), PhotoFolder.PHOTO);
        verdict.assertThat(PhotoFolder.files(folder.in())).as("left behind").isEmpty();
        verdict.assertThat(Stream.concat(done.stream(), failed.stream()))
                .as("each photo is in one place")
                .containsExactlyInAnyOrderElementsOf(photos);
        charges(verdict, charges, books);
        verdict.assertThat(photos).as("the meter shows no other photos").containsAll(charges);
        wholeVideos(verdict);
        done.forEach(photo -> done(verdict, photo, charges, books));
        failed.forEach(photo -> held(verdict, photo, books));
        verdict.assertThat(failed).as("paid and settled, and lost").noneMatch(completedWhenKilled::contains);
        verdict.assertAll();
    }

    private void charges(SoftAssertions verdict, Collection<String> charges, LedgerSnapshot books) {
        verdict.assertThat(charges).as("paid once at most").doesNotHaveDuplicates();
        for (String photo : charges) {
            verdict.assertThat(books.state(photo))
                    .as("what the ledger says of %s, which was paid", photo)
                    .isIn(MAY_BE_PAID);
        }
    }

    private void wholeVideos(SoftAssertions verdict) {
        for (String name : PhotoFolder.files(folder.out())) {
            if (!name.endsWith(PhotoFolder.PART)) {
                verdict.assertThat(name).endsWith(PhotoFolder.VIDEO);
                verdict.assertThat(isWhole(folder.out().resolve(name)))
                        .as("%s is whole", name)
                        .isTrue();
            }
        }
    }

    private void done(SoftAssertions verdict, String photo, List<String> charges, LedgerSnapshot books) {
        verdict.assertThat(Collections.frequency(charges, photo))
                .as("charges of %s, which is done", photo)
                .isEqualTo(1);
        verdict.assertThat(books.state(photo))
                .as("run of %s, which is done", photo)
                .isEqualTo(RunState.COMPLETED);
        verdict.assertThat(PhotoFolder.names(folder.out(), PhotoFolder.VIDEO))
                .as("the video of %s", photo)
                .anyMatch(name -> name.equals(photo) || name.startsWith(photo + "-"));
    }

    /** A photo may be held only if it was on its way when its process was killed, and no task of it was known. */
    private void held(SoftAssertions verdict, String photo, LedgerSnapshot books) {
        verdict.assertThat(sentWhenKilled)
                .as("had been sent when killed, without the id of a task")
                .contains(photo);
        verdict.assertThat(books.task(photo))
                .as("task of %s, which failed", photo)
                .isNull();
        verdict.assertThat(books.state(photo))
                .as("run of %s, which failed", photo)
                .isEqualTo(RunState.UNKNOWN);
        verdict.assertThat(folder.failed().resolve(photo + PhotoFolder.REASON))
                .content()
                .contains("OutcomeUnknownException")
                .contains("an earlier try of this request ended unknown");
    }

    static boolean isWhole(Path video) {
        try {
            return Arrays.equals(Files.readAllBytes(video), WHOLE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] builtInVideo() {
        try (InputStream video = Referee.class.getResourceAsStream("/io/github/camelhh1/simulator/built-in.mp4")) {
            byte[] bytes = video.readAllBytes();
            assertThat(new String(bytes, 4, 4, StandardCharsets.ISO_8859_1)).isEqualTo("ftyp");
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
