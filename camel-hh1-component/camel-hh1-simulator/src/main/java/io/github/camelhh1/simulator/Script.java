package io.github.camelhh1.simulator;

import io.github.camelhh1.simulator.task.TaskKind;
import io.github.camelhh1.simulator.wire.Moment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The replies that tests have planned: a queue for the next requests, and rules for requests that meet a condition. */
final class Script {
    private record Rule(Predicate<ReceivedRequest> condition, Reply reply) {}

    private final Deque<Reply> queue = new ArrayDeque<>();
    private final Map<TaskKind, Deque<Reply>> taskQueues = new EnumMap<>(TaskKind.class);
    private final List<Rule> rules = new ArrayList<>();
    private final Deque<VideoReply> videoQueue = new ArrayDeque<>();

    synchronized void add(List<Reply> replies) {
        queue.addAll(replies);
    }

    /** For the next calls of this kind; creations take from the replies for run requests. */
    synchronized void add(TaskKind kind, List<Reply> replies) {
        for (Reply reply : replies) {
            if (reply.moment().stage() != Moment.Stage.REQUEST_READ) {
                throw new IllegalArgumentException("This fault strikes before it is known what a request is for."
                        + " Script it for the next request instead.");
            }
        }
        taskQueues.computeIfAbsent(kind, any -> new ArrayDeque<>()).addAll(replies);
    }

    synchronized void addForVideos(List<VideoReply> replies) {
        videoQueue.addAll(replies);
    }

    /** The newest rule that fits wins. */
    synchronized void addRule(Predicate<ReceivedRequest> condition, Reply reply) {
        if (reply.moment().stage() != Moment.Stage.REQUEST_READ) {
            throw new IllegalArgumentException(
                    "A rule looks at the whole request: this fault strikes before it is read."
                            + " Script it for the next request instead.");
        }
        rules.add(0, new Rule(condition, reply));
    }

    /** The next reply, if it applies at this stage. */
    synchronized @Nullable Reply take(Moment.Stage stage) {
        Reply next = queue.peek();
        return next != null && next.moment().stage() == stage ? queue.remove() : null;
    }

    /** The reply to a request that was read and is valid; {@code null} when it simply completes. */
    synchronized @Nullable Reply takeFor(TrackedRequest tracked) {
        Reply next = take(Moment.Stage.REQUEST_READ);
        return next == null ? takeFromRules(tracked) : next;
    }

    /** The same for a call of this kind. */
    synchronized @Nullable Reply takeFor(TaskKind kind, TrackedRequest tracked) {
        if (kind == TaskKind.CREATE) {
            return takeFor(tracked);
        }
        Deque<Reply> queued = taskQueues.get(kind);
        Reply next = queued == null ? null : queued.poll();
        return next == null ? takeFromRules(tracked) : next;
    }

    private @Nullable Reply takeFromRules(TrackedRequest tracked) {
        if (rules.isEmpty()) {
            return null;
        }
        ReceivedRequest request = tracked.received();
        return rules.stream()
                .filter(rule -> rule.condition().test(request))
                .map(Rule::reply)
                .findFirst()
                .orElse(null);
    }

    synchronized VideoReply takeForVideo() {
        VideoReply next = videoQueue.poll();
        return next == null ? VideoReply.whole() : next;
    }

    synchronized void clear() {
        queue.clear();
        taskQueues.clear();
        rules.clear();
        videoQueue.clear();
    }
}
