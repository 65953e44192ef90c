package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All bytes of a video have come, and its end has not: the answer that nothing follows makes it whole. */
class VideoEndTest extends ResumeSetup {
    @BeforeEach
    void endIsLost() {
        store.next(VideoHost.Call::withoutAnEnd);
    }

    private DownloadResult stalled() {
        var begun = beginImpatiently();
        awaitPart(FILM.length);
        timers.tick(IMPATIENT.idleTimeout());
        return endAfterPauses(begun);
    }

    @Test
    void isWholeWhereTheServerSaysThatNothingFollows() {
        store.next(call -> call.nothingAfter(FILM.length));
        assertIsHere(stalled());
        assertThat(store.begins()).containsExactly(0L, (long) FILM.length);
    }

    @Test
    void isFetchedAgainWhereTheServerNamesAnotherEnd() {
        store.next(call -> call.nothingAfter(FILM.length - 1));
        assertIsHere(stalled());
        assertThat(store.begins()).containsExactly(0L, (long) FILM.length, 0L);
    }

    @Test
    void isFetchedAgainWhereItIsNoVideo() {
        byte[] video = store.video;
        store.video = new byte[FILM.length];
        store.next(call -> {
            call.nothingAfter(FILM.length);
            store.video = video;
        });
        assertIsHere(stalled());
        assertThat(store.begins()).containsExactly(0L, (long) FILM.length, 0L);
    }
}
