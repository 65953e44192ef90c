package io.github.camelhh1.simulator.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread for all sockets and all waiting: a thousand held calls are a thousand entries in a list. Tasks, timers and
 * channels all run on that thread, so that nothing behind it needs a lock.
 */
public final class EventLoop implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    /** Registered with a channel: called when the channel is ready for the operation that it waits for. */
    interface Ready {
        void ready() throws IOException;
    }

    private record Timer(long due, Runnable task) {}

    private final Selector selector;
    private final ExecutorService thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(timer -> timer.due() - START));
    private volatile boolean open = true;

    // Differences of nanoTime can be compared, its values cannot.
    private static final long START = System.nanoTime();

    private EventLoop(String name) throws IOException {
        selector = Selector.open();
        thread = Executors.newSingleThreadExecutor(new DaemonThreads(name));
    }

    public static EventLoop start(String name) {
        try {
            EventLoop loop = new EventLoop(name);
            loop.thread.execute(loop::run);
            return loop;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the task on the loop's thread, after what is under way there. */
    @Override
    public void execute(Runnable task) {
        if (!open) {
            throw new RejectedExecutionException("the simulator is closed");
        }
        tasks.add(task);
        selector.wakeup();
    }

    /** Runs the task on the loop's thread once this much time has passed. */
    public void schedule(Duration delay, Runnable task) {
        Timer timer = new Timer(System.nanoTime() + delay.toNanos(), task);
        execute(() -> timers.add(timer));
    }

    SelectionKey register(SelectableChannel channel, int interest, Ready ready) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, interest, ready);
    }

    @Override
    public void close() {
        open = false;
        selector.wakeup();
        DaemonThreads.end(thread);
    }

    private void run() {
        while (open) {
            try {
                selector.select(this::ready, untilNextTimer());
                runTasks();
                runTimers();
            } catch (IOException | ClosedSelectorException e) {
                LOG.warn("The simulator's sockets stopped working", e);
                open = false;
            }
        }
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            LOG.debug("A socket of the simulator could not be closed", e);
        }
    }

    private void ready(SelectionKey key) {
        guarded(() -> {
            if (key.isValid()) {
                ((Ready) key.attachment()).ready();
            }
        });
    }

    /** Only what was there when the turn began: a task may ask for something to happen after the next select. */
    private void runTasks() {
        Queue<Runnable> turn = new ArrayDeque<>();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            turn.add(task);
        }
        turn.forEach(task -> guarded(task::run));
    }

    private void runTimers() {
        long now = System.nanoTime();
        for (Timer next = timers.peek(); next != null && next.due() - now <= 0; next = timers.peek()) {
            timers.remove(next);
            guarded(next.task()::run);
        }
    }

    /** In milliseconds, as a selector wants it: 0 means for ever. */
    private long untilNextTimer() {
        Timer next = timers.peek();
        if (next == null) {
            return 0;
        }
        return Math.max(1, (next.due() - System.nanoTime() + 999_999) / 1_000_000);
    }

    /** One connection's trouble must not become everybody's. */
    private static void guarded(Ready step) {
        try {
            step.ready();
        } catch (IOException | RuntimeException e) {
            LOG.debug("A step of the simulator failed", e);
        }
    }
}
