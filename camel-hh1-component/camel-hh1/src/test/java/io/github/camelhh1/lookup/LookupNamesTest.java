package io.github.camelhh1.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.LookupPlace;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No two attempts have one name: neither of one process, nor of two that began as copies of one. */
class LookupNamesTest {
    private static final LookupPlace PLACE = LookupPlace.of("a", "gateway");
    private static final int MANY = 200_000;

    private static LookupNames copy(long time) {
        return new LookupNames(PLACE, 1, 2, () -> time);
    }

    @Test
    void areUuidsOfTheirOwnVersionThatEndWithTheGateway() {
        LookupNames names = new LookupNames(PLACE);

        assertThat(Stream.generate(() -> names.next("run")).limit(100))
                .allMatch(name -> name.matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"))
                .allMatch(name -> name.endsWith(PLACE.end()));
    }

    @Test
    void differWhereManyThreadsAskForTheSameRun() {
        LookupNames names = new LookupNames(PLACE);
        Set<String> given = ConcurrentHashMap.newKeySet();

        IntStream.range(0, MANY).parallel().forEach(i -> given.add(names.next("run")));

        assertThat(given).hasSize(MANY);
    }

    @Test
    void differWhereTheClockStandsStill() {
        LookupNames names = copy(0);

        assertThat(Stream.generate(() -> names.next("run")).limit(MANY)).doesNotHaveDuplicates();
    }

    @Test
    void differInTwoProcesses() {
        assertThat(new LookupNames(PLACE).next("run")).isNotEqualTo(new LookupNames(PLACE).next("run"));
    }

    @Test
    void differInTwoCopiesOfAProcessAtTheSameTimeForTwoRuns() {
        assertThat(List.of(copy(7).next("run-1"), copy(7).next("run-2"))).doesNotHaveDuplicates();
    }

    @Test
    void differInTwoCopiesOfAProcessForTheSameRunAtAnotherTime() {
        AtomicLong time = new AtomicLong();

        assertThat(Stream.generate(() -> copy(time.getAndIncrement()).next("run"))
                        .limit(MANY))
                .doesNotHaveDuplicates();
    }
}
