package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.download.DownloadResult.Failed;
import io.github.camelhh1.download.VideoHost.Way;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Videos that come in pieces are whole in the end, whatever the pieces are. */
class VideoResumeTest extends ResumeSetup {
    private static final int TENTH = FILM.length / 10;

    @Nested
    class ACutDownload {
        @ParameterizedTest
        @ValueSource(ints = {10, 20, 30, 40, 50, 60, 70, 80, 90})
        void goesOnWhereItWasCut(int percent) {
            int cut = FILM.length * percent / 100;
            store.next(call -> call.cutAfter(cut));
            assertIsHere(fetch());
            assertThat(store.begins()).containsExactly(0L, (long) cut);
            assertThat(store.requests)
                    .last()
                    .asString()
                    .contains("Range: bytes=" + cut + "-\r\n")
                    .contains("If-Range: \"one\"\r\n");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1})
        void beginsAgainWhereNothingHadCome(int bytes) {
            store.next(call -> call.cutAfter(bytes));
            assertIsHere(fetch());
            assertThat(store.begins()).containsExactly(0L, (long) bytes);
        }

        @Test
        void goesOnAsOftenAsItBringsSomething() {
            IntStream.range(0, 10).forEach(i -> store.next(call -> call.cutAfter(TENTH)));
            assertIsHere(fetch());
            assertThat(store.requests).hasSizeGreaterThan(3 * MOST_ATTEMPTS);
        }

        @Test
        void isGivenUpWhereItBringsNothing() {
            IntStream.range(0, 20).forEach(i -> store.next(call -> call.cutAfter(0)));
            assertThat(fetch()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                    .contains("broke after 0 of " + FILM.length + " bytes")
                    .endsWith(MOST_ATTEMPTS + " attempts were made"));
            assertThat(store.requests).hasSize(MOST_ATTEMPTS);
            assertNothingIsLeft();
        }

        @Test
        void goesOnWithoutKnowingHowLongItWillBe() {
            store.next(call -> {
                call.head("200 OK", VideoHost.TAG);
                call.body(0, 4 * TENTH);
            });
            assertIsHere(fetch());
            assertThat(store.begins()).containsExactly(0L, 4L * TENTH);
        }

        @Test
        void goesOnAfterAPartOfWhatWasAskedFor() {
            store.next(call -> call.cutAfter(TENTH), call -> {
                call.head(
                        "206 Partial Content",
                        VideoHost.TAG,
                        "Content-Length: 1000",
                        "Content-Range: bytes " + call.from + "-" + (call.from + 999) + "/" + FILM.length);
                call.body(call.from, call.from + 1000);
            });
            assertIsHere(fetch());
            assertThat(store.begins()).containsExactly(0L, (long) TENTH, TENTH + 1000L);
        }
    }

    @Nested
    class WithoutAStrongValidator {
        private void beginsAgain(String validator) {
            store.validator = validator;
            store.next(call -> call.cutAfter(6 * TENTH));
            assertIsHere(fetch());
            assertThat(store.begins()).containsExactly(0L, 0L);
        }

        @Test
        void aDownloadBeginsAgain() {
            beginsAgain("X-None: none");
        }

        @Test
        void aWeakTagCountsForNothing() {
            beginsAgain("ETag: W/\"one\"");
        }

        @Test
        void aDateOfTheSameSecondCountsForNothing() {
            beginsAgain("Last-Modified: " + VideoHost.DATE);
        }

        @Test
        void anEarlierDateServes() {
            store.validator = "Last-Modified: Mon, 31 Dec 2029 23:59:59 GMT";
            store.next(call -> call.cutAfter(6 * TENTH));
            assertIsHere(fetch());
            assertThat(store.begins()).containsExactly(0L, 6L * TENTH);
            assertThat(store.requests).last().asString().contains("If-Range: Mon, 31 Dec 2029 23:59:59 GMT\r\n");
        }
    }

    @Nested
    class AServerThatAnswersSomethingElse {
        /** After a cut, and then as it should. */
        private void then(Way way) {
            store.next(call -> call.cutAfter(5 * TENTH), way);
            assertIsHere(fetch());
        }

        private Way part(String contentRange, String length) {
            return call -> {
                call.head("206 Partial Content", VideoHost.TAG, contentRange, length);
                call.body(call.from, FILM.length);
            };
        }

        private void misfits(String contentRange, String length) {
            then(part(contentRange, length));
            assertThat(store.begins()).containsExactly(0L, 5L * TENTH, 0L);
        }

        @Test
        void mayIgnoreTheRange() {
            then(call -> {
                call.head("200 OK", VideoHost.TAG, "Content-Length: " + FILM.length);
                call.body(0, FILM.length);
            });
            assertThat(store.requests).hasSize(2);
        }

        @Test
        void mayIgnoreTheRangeAndBeCutAgain() {
            then(call -> {
                call.head("200 OK", VideoHost.TAG, "Content-Length: " + FILM.length);
                call.body(0, 3 * TENTH);
            });
            assertThat(store.begins()).containsExactly(0L, 5L * TENTH, 3L * TENTH);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Content-Range: bytes 0-100147/100148",
                    "Content-Range: bytes 50061-100138/100148",
                    "Content-Range: bytes 50079-100147/100148",
                    "Content-Range: bytes */100148",
                    "Content-Range: bytes 50070-50069/100148",
                    "Content-Range: bytes 50070-100147/99999",
                    "Content-Range: bytes 50070-200147/200148",
                    "Content-Range: lines 50070-100147/100148",
                    "X-None: none"
                })
        void doesNotGetItsBytesIntoTheVideo(String contentRange) {
            assertThat(FILM).hasSize(100_148);
            misfits(contentRange, "Content-Length: " + (FILM.length - 5 * TENTH));
        }

        @Test
        void doesNotGetFewerBytesIntoItThanItNames() {
            misfits("Content-Range: bytes " + 5 * TENTH + "-100147/100148", "Content-Length: 7");
        }

        @Test
        void doesNotGetMoreBytesIntoItThanItNames() {
            then(call -> {
                call.head("206 Partial Content", VideoHost.TAG, "Content-Range: bytes " + 5 * TENTH + "-100147/100148");
                call.body(5 * TENTH, FILM.length);
                call.body(0, 50);
            });
            assertThat(store.begins()).containsExactly(0L, 5L * TENTH, 0L);
        }

        @Test
        void mayRefuseTheRange() {
            then(call -> call.status(416));
            assertThat(store.begins()).containsExactly(0L, 5L * TENTH, 0L);
        }

        @Test
        void mayLeaveTheTotalOpen() {
            then(part(
                    "Content-Range: bytes " + 5 * TENTH + "-100147/*", "Content-Length: " + (FILM.length - 5 * TENTH)));
            assertThat(store.requests).hasSize(2);
        }
    }

    @Nested
    class AChangedVideo {
        private static final byte[] OTHER = film(2);

        @Test
        void isFetchedFromItsBeginning() {
            store.next(call -> {
                call.cutAfter(5 * TENTH);
                store.video = OTHER;
                store.validator = "ETag: \"two\"";
            });
            assertIsHere(fetch());
            assertThat(store.begins()).containsExactly(0L, 5L * TENTH);
        }

        @Test
        void isNotMixedWithTheOldOneByAServerThatIgnoresIfRange() {
            store.next(
                    call -> {
                        call.cutAfter(5 * TENTH);
                        store.video = OTHER;
                        store.validator = "ETag: \"two\"";
                    },
                    call -> {
                        int from = 5 * TENTH;
                        call.head(
                                "206 Partial Content",
                                "ETag: \"two\"",
                                "Content-Length: " + (OTHER.length - from),
                                "Content-Range: bytes " + from + "-" + (OTHER.length - 1) + "/" + OTHER.length);
                        call.body(from, OTHER.length);
                    });
            assertIsHere(fetch());
            assertThat(store.begins()).containsExactly(0L, 5L * TENTH, 0L);
        }
    }

    @Nested
    class AWrongLength {
        private void failsAfterAFewAttempts(int announced) {
            for (int i = 0; i < 20; i++) {
                store.next(call -> {
                    call.head("200 OK", VideoHost.TAG, "Content-Length: " + announced);
                    call.body(0, FILM.length);
                });
            }
            assertThat(fetch()).isInstanceOf(Failed.class);
            assertThat(store.requests).hasSizeLessThanOrEqualTo(MOST_ATTEMPTS + 1);
            assertNothingIsLeft();
        }

        @Test
        void thatIsTooShortNeverBecomesAVideo() {
            failsAfterAFewAttempts(FILM.length - 10);
        }

        @Test
        void thatIsTooLongNeverBecomesAVideo() {
            failsAfterAFewAttempts(FILM.length + 10);
        }

        @Test
        void isForgottenWhereTheNextIsRight() {
            store.next(call -> {
                call.head("200 OK", VideoHost.TAG, "Content-Length: " + (FILM.length + 10));
                call.body(0, FILM.length);
            });
            assertIsHere(fetch());
        }

        @Test
        void thatIsTooLongForThisSideEndsIt() throws IOException {
            store.next(call -> call.cutAfter(5 * TENTH));
            var limits = new DownloadLimits(FILM.length - 1, MOST_ATTEMPTS, AT_ONCE.delay(), AT_ONCE.maxDelay());
            assertThat(fetch(store.link(), limits))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).contains("maxVideoSize"));
            assertThat(store.requests).hasSize(1);
            assertNothingIsLeft();
        }

        @Test
        void thatShowsOnlyInTheRestEndsItToo() {
            store.next(
                    call -> {
                        call.head("200 OK", VideoHost.TAG);
                        call.body(0, TENTH);
                    },
                    call -> {
                        call.head(
                                "206 Partial Content",
                                VideoHost.TAG,
                                "Content-Range: bytes " + TENTH + "-1999999/2000000",
                                "Content-Length: " + (2_000_000 - TENTH));
                        call.body(TENTH, FILM.length);
                    });
            assertThat(fetch()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                    .contains("maxVideoSize"));
            assertThat(store.requests).hasSize(2);
            assertNothingIsLeft();
        }
    }
}
