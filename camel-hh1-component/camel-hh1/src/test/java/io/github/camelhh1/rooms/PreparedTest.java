package io.github.camelhh1.rooms;

import static io.github.camelhh1.rooms.ScriptedGenerator.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Preparation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.ServiceHost;
import io.github.camelhh1.simulation.VirtualTimers;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rooms between which and the service nothing has to be waited for: a key, a host, and what is left of the time. */
class PreparedTest {
    private static final Duration TIMEOUT = ScriptedGenerator.LIMITS.generationTimeout();

    private final VirtualTimers time = new VirtualTimers();
    private final ScriptedGenerator backend = new ScriptedGenerator();
    private final List<Generation> sent = new ArrayList<>();
    private final CompletableFuture<String> key = new CompletableFuture<>();
    private final CompletableFuture<Void> address = new CompletableFuture<>();
    private CompletableFuture<Outcome> ending;

    private void generate(Credentials credentials, ServiceHost host) {
        Generator rooms = WithDeadline.around(
                generation -> {
                    sent.add(generation);
                    return backend.generate(generation);
                },
                time);
        rooms = Located.around(rooms, host, time);
        ending = Authorized.around(rooms, credentials, time)
                .generate(ScriptedGenerator.generation())
                .toCompletableFuture();
    }

    private void generate() {
        generate(() -> key, new ServiceHost("api.example", () -> address));
    }

    private Outcome.NotSent notSent() {
        assertThat(sent).isEmpty();
        assertThat(time.pending()).isZero();
        assertThat(ending.join()).isInstanceOf(Outcome.NotSent.class);
        return (Outcome.NotSent) ending.join();
    }

    @Nested
    class WhenNothingHasToBeWaitedFor {
        @Test
        void theRequestLeavesAtOnceAndTheOnlyTimerIsTheDeadline() {
            generate(Credentials.fixed("key"), ServiceHost.KNOWN);

            assertThat(sent).singleElement().satisfies(generation -> assertThat(generation.credentials())
                    .isEqualTo("key"));
            assertThat(time.asked()).containsExactly(TIMEOUT);
        }

        @Test
        void theKeyIsNotShown() {
            generate(Credentials.fixed("secret"), ServiceHost.KNOWN);

            assertThat(sent.get(0).toString()).doesNotContain("secret");
        }
    }

    @Nested
    class WhenKeyAndAddressTakeTheirTime {
        @Test
        void theCallHasWhatIsLeft() {
            generate();
            time.pass(Duration.ofMinutes(4));
            key.complete("key");
            time.pass(Duration.ofMinutes(5));
            assertThat(sent).isEmpty();
            address.complete(null);
            assertThat(sent).hasSize(1);

            time.pass(TIMEOUT.minusMinutes(9).minusNanos(1));
            assertThat(ending).isNotDone();
            time.pass(Duration.ofNanos(1));

            assertThat(ending.join())
                    .isInstanceOfSatisfying(Outcome.Unknown.class, unknown -> assertThat(unknown.reason())
                            .contains("generationTimeout (PT15M)"));
        }

        @Test
        void anAnswerInTimeCounts() {
            generate();
            key.complete("key");
            address.complete(null);
            backend.lastCall().complete(COMPLETED);

            assertThat(ending).isCompletedWithValue(COMPLETED);
            assertThat(time.pending()).isZero();
        }
    }

    @Nested
    class WhenTheKeyDoesNotCome {
        @Test
        void nothingIsSentAndWhatComesLaterIsDropped() {
            generate();
            time.pass(TIMEOUT);

            assertThat(notSent().reason()).isEqualTo("apiKeySupplier gave no key within generationTimeout (PT15M)");
            assertThat(notSent().passing()).as("worth another wait").isFalse();
            assertThat(key).as("given up").isCancelled();
            assertThat(key.complete("key")).isFalse();
            assertThat(sent).isEmpty();
        }

        @Test
        void nothingIsSentWhenTheComponentStops() {
            generate();
            time.stop();

            assertThat(notSent().reason()).contains("stopping");
        }

        @Test
        void nothingIsSentWhenNobodyIsAskedAnyMore() {
            generate();
            key.completeExceptionally(new RejectedExecutionException("gone"));

            assertThat(notSent().reason()).contains("stopping");
            assertThat(notSent().passing()).isFalse();
        }

        @Test
        void aSupplierThatFailsMayDoBetterLater() {
            generate();
            key.completeExceptionally(new IllegalStateException("the vault is sealed"));

            assertThat(notSent().reason()).contains("apiKeySupplier failed").contains("the vault is sealed");
            assertThat(notSent().passing()).isTrue();
        }

        @Test
        void oneThatCannotTravelIsInvalid() {
            generate();
            key.complete("no key");

            assertThat(ending.join()).isInstanceOf(Outcome.Invalid.class);
            assertThat(sent).isEmpty();
        }
    }

    @Nested
    class WhenTheAddressDoesNotCome {
        @Test
        void nothingIsSentAndTheTimeForTheKeyCounts() {
            generate();
            time.pass(TIMEOUT.minusSeconds(1));
            key.complete("key");
            time.pass(Duration.ofSeconds(1));

            assertThat(notSent().reason())
                    .isEqualTo("no address of host api.example was found within generationTimeout (PT15M)");
            assertThat(notSent().passing()).isFalse();
            address.complete(null);
            assertThat(sent).isEmpty();
        }

        @Test
        void aHostThatDoesNotExistMayDoSoon() {
            generate();
            key.complete("key");
            address.completeExceptionally(new UnknownHostException("api.example"));

            assertThat(notSent().reason()).isEqualTo("no such host: api.example");
            assertThat(notSent().passing()).isTrue();
        }

        @Test
        void aNameServerThatIsSilentMayAnswerSoon() {
            generate();
            key.complete("key");
            address.completeExceptionally(new SocketTimeoutException("no address of host api.example was found"));

            assertThat(notSent().reason()).isEqualTo("no address of host api.example was found");
            assertThat(notSent().passing()).isTrue();
        }
    }

    @Nested
    class WhenTheLedgerTakesTheRestOfTheTime {
        @Test
        void nothingIsSent() {
            Generation late = ScriptedGenerator.generation()
                    .prepared(new Preparation("key", new TimeLimit(TIMEOUT, time.nanoTime())));
            time.pass(TIMEOUT);
            ending = WithDeadline.around(backend, time).generate(late).toCompletableFuture();

            assertThat(notSent().reason()).contains("generationTimeout (PT15M)");
            assertThat(backend.calls()).isEmpty();
        }
    }
}
