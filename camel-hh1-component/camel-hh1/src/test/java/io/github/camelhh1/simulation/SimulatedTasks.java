package io.github.camelhh1.simulation;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.simulation.VirtualWorld.Life;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A service that answers with the name of a task, which goes on whoever asks for it; charged is what succeeds. */
final class SimulatedTasks extends SimulatedService {
    /** Longer than generationTimeout. */
    private static final Duration LONG = Duration.ofMinutes(40);

    private static final Duration POLL = Duration.ofSeconds(15);
    private static final Duration LAST_QUESTION = Duration.ofSeconds(20);
    /** As {@code Pace}: so many questions are asked at the interval, as many at twice the interval. */
    private static final int OF_ONE_INTERVAL = 60;

    private final List<Task> tasks = new ArrayList<>();

    SimulatedTasks(VirtualWorld world, Random random) {
        super(world, random);
    }

    @Override
    boolean hasTasks() {
        return true;
    }

    @Override
    Client client(Life life) {
        return new TaskClient(life);
    }

    /** In the order of their creation. */
    List<Task> tasks() {
        return tasks;
    }

    /** The outcome of a request. */
    final class Task {
        final Generation generation;
        final String id = "task-" + tasks.size();
        final Instant created = world.instant();
        /** Those who were told its name. */
        final Set<Client> named = new HashSet<>();

        private final long begins = world.nanos() + time(5, Duration.ofMinutes(1));
        private final long ends = begins + time(4, Duration.ofMinutes(4));
        private final boolean fails = random.nextInt(6) == 0;
        private boolean cancelled;
        private boolean isHeard;

        Task(Generation generation) {
            this.generation = generation;
            risk(generation);
            world.after(Duration.ofNanos(ends - world.nanos()), null, () -> {
                if (isPaid()) {
                    charge(generation);
                }
            });
        }

        private long time(int one, Duration usual) {
            return world.within(random.nextInt(one) == 0 ? LONG : usual).toNanos();
        }

        String key() {
            return generation.identity().key();
        }

        String link() {
            return videoOf(key()) + id;
        }

        boolean isOver() {
            return cancelled || world.nanos() >= ends;
        }

        boolean isPaid() {
            return isOver() && !fails && !cancelled;
        }

        private boolean isPending() {
            return !cancelled && world.nanos() < begins;
        }

        void cancel() {
            cancelled |= isPending();
        }

        /** The answer to a question; null while the task goes on. */
        private Outcome outcome() {
            if (!isOver()) {
                return null;
            } else if (isPaid()) {
                return Outcome.Completed.of(link(), "Completed", null, Trace.UNANSWERED.task(id));
            }
            if (!isHeard) {
                isHeard = true;
                noRisk(generation);
            }
            return new Outcome.Rejected("its task failed", false, Trace.UNANSWERED.task(id));
        }
    }

    private final class TaskClient extends Client {
        TaskClient(Life life) {
            super(life);
        }

        @Override
        CompletableFuture<Outcome> call(Generation generation) {
            return new TaskCall(this, generation);
        }

        @Override
        void ask(Generation generation, CompletableFuture<Outcome> call) {
            Generation.Task known = generation.task();
            if (known == null) {
                create(generation, (TaskCall) call);
            } else {
                ((TaskCall) call).resume(known);
            }
        }

        @Override
        void end(CompletableFuture<Outcome> call) {
            ((TaskCall) call).close();
        }

        private void create(Generation generation, TaskCall call) {
            int dice = random.nextInt(100);
            if (dice < 6) {
                tell(call, 0, new Outcome.NotSent("refused", dice < 4, null, Trace.NONE));
            } else if (dice < 12) {
                tell(call, 1, new Outcome.Throttled("later", null, Trace.UNANSWERED));
            } else if (dice < 16) {
                tell(call, 1, new Outcome.Rejected("no", random.nextInt(8) == 0, Trace.UNANSWERED));
            } else {
                var task = new Task(generation);
                tasks.add(task);
                if (dice < 23) {
                    tell(call, 3, new Outcome.Unknown("cut", null, Trace.UNANSWERED));
                } else if (dice >= 25) {
                    after(world.within(Duration.ofSeconds(3)), () -> call.named(task));
                }
                // Or no answer comes.
            }
        }

        void after(Duration delay, Runnable action) {
            world.after(delay, life, action);
        }
    }

    /** As {@code TaskCall} of the component, without its connections. */
    private final class TaskCall extends CompletableFuture<Outcome> {
        private final TaskClient client;
        private final Generation generation;
        private Task task;
        private boolean noting;
        private boolean late;
        private boolean closed;
        private boolean asksForTheLastTime;
        private int questions;

        TaskCall(TaskClient client, Generation generation) {
            this.client = client;
            this.generation = generation;
        }

        void resume(Generation.Task known) {
            task = tasks.stream()
                    .filter(each -> each.id.equals(known.id()))
                    .findFirst()
                    .orElseThrow();
            client.after(world.within(Duration.ofSeconds(1)), this::ask);
        }

        void named(Task created) {
            if (!isDone()) {
                task = created;
                task.named.add(client);
                noting = true;
                generation.tasks().apply(task.id).whenComplete((noted, error) -> {
                    noting = false;
                    next();
                });
            }
        }

        private void next() {
            if (isDone() || asksForTheLastTime) {
                return;
            } else if (closed) {
                complete(unknown("the component stopped"));
                return;
            } else if (late) {
                askForTheLastTime();
                return;
            }
            questions++;
            Generation.Task known = generation.task();
            if (known != null && known.overdue() && questions == 1) {
                task.cancel();
            }
            long millis = POLL.toMillis() * (1 + questions / OF_ONE_INTERVAL);
            client.after(Duration.ofMillis((long) (millis * (0.9 + 0.2 * world.chance()))), this::ask);
        }

        private void ask() {
            if (!isDone() && !asksForTheLastTime) {
                read();
                next();
            }
        }

        /** Now and then the answer is lost. */
        private void read() {
            Outcome outcome = random.nextInt(20) == 0 ? null : task.outcome();
            if (outcome != null) {
                complete(outcome);
            }
        }

        private void askForTheLastTime() {
            asksForTheLastTime = true;
            if (random.nextInt(10) > 0) {
                task.cancel();
            }
            client.after(world.within(Duration.ofSeconds(10)), () -> {
                if (!isDone()) {
                    read();
                }
            });
            client.after(LAST_QUESTION, () -> complete(unknown("it goes on")));
        }

        private Outcome unknown(String reason) {
            return new Outcome.Unknown(reason, null, Trace.UNANSWERED.task(task.id));
        }

        /** A write under way ends by itself. */
        void close() {
            closed = true;
            if (task == null) {
                complete(new Outcome.Unknown("closed", null, Trace.UNANSWERED));
            } else if (!noting) {
                complete(unknown("the component stopped"));
            }
        }

        /** The deadline has passed. */
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            late = true;
            if (task == null) {
                return super.cancel(mayInterruptIfRunning);
            } else if (noting) {
                complete(unknown("the ledger has not its name yet"));
            } else if (!isDone() && !asksForTheLastTime) {
                askForTheLastTime();
            }
            return isCancelled();
        }
    }
}
