package io.github.camelhh1.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SuppliedCredentialsTest {
    private final Deque<Runnable> pool = new ArrayDeque<>();
    private final Deque<Runnable> rooms = new ArrayDeque<>();
    private int asked;
    private Supplier<String> supplier = () -> "key";
    private final Credentials credentials = Credentials.supplied(
            () -> {
                asked++;
                return supplier.get();
            },
            pool::add,
            rooms::add);

    private static void run(Deque<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Nested
    class AnAnswer {
        @Test
        void isAskedForOnThePoolAndGoesOnOnTheRooms() {
            var key = credentials.ask();
            assertThat(asked).isZero();
            run(pool);
            assertThat(asked).isEqualTo(1);
            assertThat(key).isNotDone();
            run(rooms);

            assertThat(key).isCompletedWithValue("key");
        }

        @Test
        void isStripped() {
            supplier = () -> " key\n";
            var key = credentials.ask();
            run(pool);
            run(rooms);

            assertThat(key).isCompletedWithValue("key");
        }

        @Test
        void ofNothingIsEmpty() {
            supplier = () -> null;
            var key = credentials.ask();
            run(pool);
            run(rooms);

            assertThat(key).isCompletedWithValue("");
        }

        @Test
        void mayBeAnErrorToo() {
            supplier = () -> {
                throw new NoClassDefFoundError("vault");
            };
            var key = credentials.ask();
            run(pool);
            run(rooms);

            assertThatThrownBy(key::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(Error.class);
        }
    }

    @Nested
    class WhenManyAsk {
        @Test
        void fourAreAskedAtOnceAndTheOthersAfterThem() {
            var keys = IntStream.range(0, 50).mapToObj(i -> credentials.ask()).toList();
            assertThat(pool).hasSize(Credentials.Supplied.AT_ONCE);
            run(pool);
            run(rooms);

            assertThat(asked).isEqualTo(50);
            assertThat(keys).allMatch(CompletableFuture::isDone);
            // And all over again.
            credentials.ask();
            assertThat(pool).hasSize(1);
        }

        @Test
        void nobodyIsAskedForWhoHasGivenUp() {
            var keys = IntStream.range(0, 50).mapToObj(i -> credentials.ask()).toList();
            keys.stream().skip(2).forEach(key -> key.cancel(false));
            run(pool);

            assertThat(asked).isEqualTo(2);
        }

        @Test
        void oneThatFailsDoesNotEndTheOthers() {
            supplier = () -> {
                throw new IllegalStateException("sealed");
            };
            IntStream.range(0, 10).forEach(i -> credentials.ask());
            run(pool);

            assertThat(asked).isEqualTo(10);
        }
    }

    @Nested
    class WhenThePoolIsGone {
        @Test
        void nobodyIsAskedOnTheCallersThread() {
            var stopped = Credentials.supplied(
                    () -> {
                        throw new AssertionError("asked");
                    },
                    task -> {
                        throw new RejectedExecutionException("gone");
                    },
                    Runnable::run);
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(stopped.ask()::join).hasCauseInstanceOf(RejectedExecutionException.class);
            }
        }
    }
}
