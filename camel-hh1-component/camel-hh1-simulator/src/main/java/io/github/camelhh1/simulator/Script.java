package io.github.camelhh1.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What tests want to happen: a queue of replies for the next requests, and rules for those that look a certain way. */
final class Script {
    private record Rule(Predicate<ReceivedRequest> condition, Reply reply) {}

    private final Deque<Reply> queue = new ArrayDeque<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Deque<VideoReply> videoQueue = new ArrayDeque<>();

    synchronized void add(List<Reply> replies) {
        queue.addAll(replies);
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

    /** The next reply, if it is one that strikes at this stage. */
    synchronized @Nullable Reply take(Moment.Stage stage) {
        Reply next = queue.peek();
        return next != null && next.moment().stage() == stage ? queue.remove() : null;
    }

    /** The reply to a request that was read and is valid; {@code null} when it simply completes. */
    synchronized @Nullable Reply takeFor(TrackedRequest tracked) {
        Reply next = take(Moment.Stage.REQUEST_READ);
        if (next != null || rules.isEmpty()) {
            return next;
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
        rules.clear();
        videoQueue.clear();
    }
}
