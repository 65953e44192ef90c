package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.fence.ModelDatabase.Statement;
import io.github.camelhh1.ledger.fence.ModelNode.Delivery;
import io.github.camelhh1.ledger.fence.ModelNode.Lane;
import io.github.camelhh1.ledger.fence.ModelSession.Known;
import io.github.camelhh1.ledger.fence.ModelSession.Memory;
import io.github.camelhh1.ledger.fence.ModelWork.Writing;
import io.github.camelhh1.ledger.fence.RunRow.Expected;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * 64 bits that stand for a world. Nodes that have exchanged their parts, and claims that are numbered otherwise, give the
 * same ones.
 */
final class ModelFingerprint {
    private static final int MOST_OWNERS = 6;
    private static final int MOST_CLAIMS = 64;

    /** In the order of their first use, from 1. */
    private final byte[] owners = new byte[MOST_OWNERS];

    private final byte[] claims = new byte[MOST_OWNERS * MOST_CLAIMS];
    private final @Nullable RunRow now;
    private final ModelWorld world;
    private byte ownersUsed;
    private byte claimsUsed;
    private long hash = 0x9E3779B97F4A7C15L;

    private ModelFingerprint(ModelWorld world) {
        this.world = world;
        this.now = world.database().row();
    }

    static long of(ModelWorld world) {
        List<ModelNode> nodes = world.nodes();
        long[][] order = new long[nodes.size()][];
        for (int at = 0; at < order.length; at++) {
            order[at] = new long[] {alone(world, nodes.get(at)), at};
        }
        Arrays.sort(order, (one, other) -> Long.compare(one[0], other[0]));
        var all = new ModelFingerprint(world);
        for (long[] place : order) {
            ModelNode node = nodes.get((int) place[1]);
            all.owner(node.name());
            all.owner(node.name() + ".1");
        }
        all.world();
        for (long[] place : order) {
            all.node(nodes.get((int) place[1]));
        }
        for (long[] place : order) {
            all.inDoubt(nodes.get((int) place[1]));
        }
        return all.hash;
    }

    /** By what the order of nodes is decided. */
    private static long alone(ModelWorld world, ModelNode node) {
        var one = new ModelFingerprint(world);
        one.node(node);
        RunRow row = world.database().row();
        one.add(row != null && Claim.sessionOf(row.run().owner()).equals(node.name()));
        return one.hash;
    }

    private void add(long value) {
        long mixed = (hash ^ value) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 29)) * 0x94D049BB133111EBL;
        hash = mixed ^ (mixed >>> 32);
    }

    private void add(boolean value) {
        add(value ? 1 : 2);
    }

    private void add(@Nullable Enum<?> value) {
        add(value == null ? -1 : value.ordinal());
    }

    private static int place(String owner) {
        return (owner.charAt(0) - 'a') * 2 + (owner.length() > 1 ? 1 : 0);
    }

    private static int place(Claim claim) {
        return place(claim.owner()) * MOST_CLAIMS + (int) claim.number();
    }

    private void owner(String owner) {
        int place = place(owner);
        if (owners[place] == 0) {
            owners[place] = ++ownersUsed;
        }
        add(owners[place]);
    }

    private void claim(@Nullable Claim claim) {
        if (claim == null) {
            add(-2);
            return;
        }
        owner(claim.owner());
        int place = place(claim);
        if (claims[place] == 0) {
            claims[place] = ++claimsUsed;
        }
        add(claims[place]);
    }

    private void world() {
        add(world.left().deliveries());
        add(world.left().late());
        add(world.left().crashes());
        add(world.left().pauses());
        add(world.left().byHand());
        add(world.left().resumes());
        add(world.paid());
        add(world.links());
        // Sums, since the order of what is in a set says nothing.
        add(world.owed().stream().mapToInt(String::hashCode).sum());
        add(world.database().kept().stream().mapToInt(String::hashCode).sum());
        add(world.database().counted() - world.paid() - world.paidBefore());
        add(world.database().forgotten().size());
        world.database().forgotten().forEach(this::claim);
        row(world.database().row());
        for (ModelTasks.Task task : world.tasks().all()) {
            claim(task.attempt().claim());
            add(task.attempt().number());
            add(task.round() - world.database().forgotten().size());
            add(task.link() == null ? 0 : task.link().hashCode());
            add(task.failed());
            add(task.noted());
        }
        add(world.sentBeside());
        add(world.pending().size());
        world.pending().forEach(this::statement);
    }

    /**
     * Of a row of the claim. Only whether it is that of the row now matters, for versions grow; a claim whose insert may
     * take effect once more begins anew.
     */
    private void version(Claim claim, long version) {
        boolean again = false;
        for (Statement late : world.pending()) {
            again |= late instanceof ModelDatabase.Insert insert
                    && insert.claim().equals(claim);
        }
        if (again) {
            add(100 + version);
        } else if (now == null || !now.isOf(claim)) {
            add(-11);
        } else {
            add(Long.compare(version, now.version()));
        }
    }

    private void row(@Nullable RunRow row) {
        if (row == null) {
            add(-3);
            return;
        }
        Run run = row.run();
        add(run.state());
        claim(row.claim());
        version(row.claim(), row.version());
        add(run.attempt());
        add(run.paidAttempts());
        add(row.before() == null ? null : row.before().state());
        add(row.reserved() != null);
        add(row.marks().handedAt() != null);
        add(text(run.taskId()));
        add(run.completion() == null ? 0 : run.completion().videoUrl().hashCode());
    }

    private void node(ModelNode node) {
        add(node.alive());
        add(world.database().buried().contains(node.name()));
        add(world.database().buried().contains(node.name() + ".1"));
        memory(node.memory());
        Delivery delivery = node.delivery();
        if (delivery != null) {
            add(delivery.step());
            add(delivery.askedAgain());
            add(delivery.turn());
            claim(delivery.claim());
            add(delivery.attempt() == null ? 0 : delivery.attempt().number());
            writing(delivery.settlement());
            add(text(delivery.task()));
            add(delivery.round() - world.database().forgotten().size());
        }
        for (Lane lane : Lane.values()) {
            work(node.work(lane));
        }
        add(node.unwritten().size());
        node.unwritten().forEach(this::writing);
    }

    private void writing(@Nullable Writing writing) {
        if (writing == null) {
            add(-4);
            return;
        }
        add(writing.ended());
        claim(writing.claim());
        add(writing.attempt() == null ? 0 : writing.attempt().number());
        add(text(writing.link()));
        add(writing.handedOn());
    }

    private static int text(@Nullable String text) {
        return text == null ? 0 : text.hashCode();
    }

    private void memory(Memory memory) {
        owner(memory.owner());
        add(memory.live().size());
        for (Known known : memory.live()) {
            claim(known.claim());
            version(known.claim(), known.version());
            add(known.version() == 0);
            add(known.allotted());
            add(known.acknowledged());
            add(known.doubtful());
        }
    }

    private void work(@Nullable ModelWork work) {
        if (work == null) {
            add(-5);
            return;
        }
        add(work.call().step());
        claim(work.call().claim());
        add(text(work.call().task()));
        add(work.call().writings().size());
        work.call().writings().forEach(this::writing);
        // This part of the answers decides how the call goes on.
        statement(work.last());
        answer(work.lastAnswer());
        statement(work.next());
        answer(work.waiting());
    }

    private void answer(@Nullable Object answer) {
        if (answer instanceof Boolean done) {
            add(done);
        } else if (answer instanceof Optional<?> found) {
            row((RunRow) found.orElse(null));
        } else if (answer instanceof RunRow row) {
            row(row);
        } else if (answer instanceof Claim claim) {
            claim(claim);
        } else if (answer instanceof List<?> many) {
            add(many.size());
            many.forEach(this::answer);
        } else if (answer instanceof Reserving) {
            add(answer instanceof Reserving.Gone ? -6 : -7);
        } else {
            add(answer == null ? -8 : -9);
        }
    }

    private void statement(@Nullable Statement statement) {
        if (statement == null) {
            add(-10);
            return;
        }
        add(statement.getClass().getSimpleName().hashCode());
        if (statement instanceof ModelDatabase.Insert insert) {
            claim(insert.claim());
        } else if (statement instanceof ModelDatabase.Change change) {
            expected(change.expected());
            command(change.command());
        } else if (statement instanceof ModelDatabase.Reserve reserve) {
            expected(reserve.expected());
        } else if (statement instanceof ModelDatabase.FreeOfTheDead free) {
            answer(free.seen());
        } else if (statement instanceof ModelDatabase.KeepLate late) {
            claim(late.claim());
            add(late.settlement().attempt());
            add(late.settlement().state());
            Completion completion = late.settlement().completion();
            add(completion == null ? 0 : completion.videoUrl().hashCode());
        }
    }

    private void expected(Expected expected) {
        claim(expected.claim());
        version(expected.claim(), expected.version());
    }

    private void command(Command command) {
        add(ModelDatabase.name(command).hashCode());
        add(ModelDatabase.attempt(command));
        if (command instanceof Command.ClaimAgain again) {
            claim(again.claim());
        } else if (command instanceof Command.Resume resume) {
            claim(resume.claim());
        } else if (command instanceof Command.Task task) {
            add(text(task.taskId()));
        } else if (command instanceof Command.Settle settle) {
            add(settle.fromClaimed());
            Completion completion = settle.completion();
            if (completion != null) {
                add(completion.videoUrl().hashCode());
            }
        }
    }

    /** Matters only of claims that something else names. */
    private void inDoubt(ModelNode node) {
        if (!node.memory().inDoubt().isEmpty()) {
            node.memory().inDoubt().entrySet().stream()
                    .mapToLong(doubt -> claims[place(doubt.getKey())] * 10L + doubt.getValue())
                    .filter(doubt -> doubt >= 10)
                    .sorted()
                    .forEach(this::add);
        }
    }
}
