package io.github.camelhh1.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();

    private final Deque<Runnable> pool = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private long now;
    private final HostNames names = names(pool::add, Duration.ofMinutes(10));

    private HostNames names(Executor blocking, Duration longest) {
        return new HostNames(
                host -> {
                    asked.add(host);
                    if (host.endsWith(".invalid")) {
                        throw new UnknownHostException(host);
                    }
                    return new InetAddress[] {ADDRESS};
                },
                blocking,
                longest,
                () -> now);
    }

    private void lookUp() {
        while (!pool.isEmpty()) {
            pool.remove().run();
        }
    }

    private static Throwable failure(CompletableFuture<?> search) {
        return search.handle((addresses, failure) -> failure).join().getCause();
    }

    @Nested
    class AName {
        @Test
        void isLookedUpOnTheThreadsThatMayWait() {
            var search = names.find("api.example");
            assertThat(search).isNotDone();
            assertThat(asked).isEmpty();

            lookUp();
            assertThat(search).isCompletedWithValue(List.of(ADDRESS));
        }

        @Test
        void isLookedUpOnceForAllWhoAskMeanwhile() {
            var searches = List.of(names.find("api.example"), names.find("API.example"), names.find("api.example"));
            lookUp();

            assertThat(asked).containsExactly("api.example");
            assertThat(searches).allSatisfy(search -> assertThat(search).isCompletedWithValue(List.of(ADDRESS)));
        }

        @Test
        void isKnownForSomeSecondsAfterwards() {
            names.find("api.example");
            lookUp();
            now += Duration.ofSeconds(5).toNanos() - 1;
            assertThat(names.find("api.example")).isCompletedWithValue(List.of(ADDRESS));

            now += 1;
            assertThat(names.find("api.example")).isNotDone();
            lookUp();
            assertThat(asked).hasSize(2);
        }

        @Test
        void isFoundByWhoConnectsHoweverLongThatTook() throws UnknownHostException {
            names.find("api.example");
            lookUp();
            now += Duration.ofHours(1).toNanos();

            assertThat(names.found("Api.Example")).containsExactly(ADDRESS);
            assertThat(pool).isEmpty();
        }

        @Test
        void thatWasNotLookedUpIsAnErrorForWhoConnectsAndNoWait() {
            assertThatThrownBy(() -> names.found("api.example"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("api.example");
            assertThat(pool).isEmpty();
        }

        @Test
        void thatDoesNotExistIsLookedUpAgain() {
            var search = names.find("api.invalid");
            lookUp();
            assertThat(failure(search)).isInstanceOf(UnknownHostException.class).hasMessage("api.invalid");

            names.find("api.invalid");
            lookUp();
            assertThat(asked).hasSize(2);
        }

        @Test
        void isForgottenForTheThousandthOther() throws UnknownHostException {
            names.find("first.example");
            lookUp();
            for (int i = 0; i < 1_000; i++) {
                names.find(i + ".example");
                lookUp();
            }
            assertThatThrownBy(() -> names.found("first.example")).isInstanceOf(UnknownHostException.class);
            assertThat(names.found("999.example")).containsExactly(ADDRESS);
        }
    }

    @Nested
    class ALookUpThatHangs {
        @Test
        void endsForWhoAskedAndTakesNoSecondThread() {
            HostNames impatient = names(pool::add, Duration.ofMillis(1));

            assertThat(failure(impatient.find("api.example")))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("api.example");
            var again = impatient.find("api.example");
            assertThat(pool).hasSize(1);
            again.cancel(false);

            lookUp();
            assertThat(impatient.find("api.example")).isCompletedWithValue(List.of(ADDRESS));
        }

        @Test
        void goesOnForOthersWhenOneGivesUp() {
            var one = names.find("api.example");
            var other = names.find("api.example");
            one.cancel(false);
            lookUp();

            assertThat(other).isCompletedWithValue(List.of(ADDRESS));
        }
    }

    @Nested
    class WhenThePoolIsGone {
        @Test
        void nothingIsLookedUpOnTheCallersThread() {
            HostNames stopped = names(
                    task -> {
                        throw new RejectedExecutionException("gone");
                    },
                    Duration.ofMinutes(10));

            assertThat(failure(stopped.find("api.example")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("api.example")
                    .hasMessageContaining("stopping");
            assertThat(asked).isEmpty();
        }
    }

    @Nested
    class AResolverWithADefect {
        @Test
        void isAFailureThatNamesTheHost() {
            var broken = new HostNames(
                    host -> {
                        throw new IllegalStateException("broken");
                    },
                    Runnable::run);
            var search = broken.find("api.example");

            assertThat(search).isCompletedExceptionally();
            assertThatThrownBy(search::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("api.example")
                    .hasMessageContaining("broken");
        }
    }

    @Nested
    class NoNameAtAll {
        @Test
        void isNotLookedUp() {
            assertThat(failure(names.find(""))).isInstanceOf(IOException.class).hasMessageContaining("no host");
            assertThat(pool).isEmpty();
        }
    }

    @Nested
    class AnAddress {
        @ParameterizedTest
        @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "255.255.255.255", "::1", "[::1]", "[::ffff:10.0.0.1]"})
        void needsNoLookUp(String host) throws IOException {
            assertThat(names.find(host)).isCompleted();
            assertThat(names.found(host)).containsExactly(InetAddress.getByName(host));
            assertThat(pool).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"256.1.1.1", "1.2.3", "01.2.3.4", "1.2.3.4.5", "zz::1", "[zz::1]", "", "a.example"})
        void isNotWhatOnlyLooksLikeOne(String host) {
            assertThat(IpLiteral.of(host)).isNull();
        }
    }
}
