package io.github.camelhh1;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a copy of the exchange gets to, the video must be readable there, and gone afterwards. */
class VideoStreamBranchesTest extends VideoRoutes {
    @Nested
    class InBranches {
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isReadByAWireTap(boolean caching) throws Exception {
            start(caching, new Route() {
                @Override
                void routes() {
                    from(IN).process(VideoStreamBranchesTest.this::download).wireTap("direct:tapped");
                    // Well after the tapped exchange is complete.
                    from("direct:tapped").delay(200).process(VideoStreamBranchesTest.this::readWhole);
                }
            });
            send(1);
            allWereReadAndAreGone(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"IfReplyExpected", "Never", "Always"})
        void isReadBehindAQueue(String wait) throws Exception {
            start(true, new Route() {
                @Override
                void routes() {
                    from(IN).process(VideoStreamBranchesTest.this::download)
                            .to("seda:next?waitForTaskToComplete=" + wait);
                    from("seda:next?pollTimeout=20").delay(100).process(VideoStreamBranchesTest.this::readWhole);
                }
            });
            send(1);
            allWereReadAndAreGone(1);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isReadByEveryPartOfAMulticast(boolean parallel) throws Exception {
            start(true, new Route() {
                @Override
                void routes() {
                    var multicast = from(IN).process(VideoStreamBranchesTest.this::download)
                            .multicast();
                    if (parallel) {
                        multicast.parallelProcessing();
                    }
                    multicast.to("direct:a", "direct:b", "direct:c");
                    from("direct:a").process(VideoStreamBranchesTest.this::readWhole);
                    from("direct:b").delay(50).process(VideoStreamBranchesTest.this::readWhole);
                    from("direct:c").process(VideoStreamBranchesTest.this::readWhole);
                }
            });
            send(1);
            allWereReadAndAreGone(3);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isReadByEveryRecipient(boolean caching) throws Exception {
            start(caching, new Route() {
                @Override
                void routes() {
                    from(IN).process(VideoStreamBranchesTest.this::download)
                            .recipientList(constant("direct:a,seda:b"))
                            .end();
                    from("direct:a").process(VideoStreamBranchesTest.this::readWhole);
                    from("seda:b?pollTimeout=20").process(VideoStreamBranchesTest.this::readWhole);
                }
            });
            send(1);
            allWereReadAndAreGone(2);
        }
    }

    @Nested
    class GatheredAgain {
        /** The bodies as a list, read in the exchange that holds the list. */
        private void readAll(Exchange exchange) {
            for (Object body : exchange.getMessage().getBody(List.class)) {
                read.add(context.getTypeConverter().convertTo(String.class, exchange, body));
            }
        }

        private static boolean isEmpty(Path directory) throws IOException {
            try (Stream<Path> files = Files.list(directory)) {
                return files.findAny().isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isReadAfterTheSplitItWasFetchedIn(boolean parallel) throws Exception {
            start(true, new Route() {
                @Override
                void routes() {
                    var split = from(IN).setBody(constant("1,2,3")).split(body(), AggregationStrategies.groupedBody());
                    if (parallel) {
                        split.parallelProcessing();
                    }
                    split.process(VideoStreamBranchesTest.this::download).end().process(GatheredAgain.this::readAll);
                }
            });
            send(1);
            allWereReadAndAreGone(3);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isReadInTheGroupAnAggregatorMadeOfCompletedExchanges(boolean caching) throws Exception {
            start(caching, new Route() {
                @Override
                void routes() {
                    from(IN).process(VideoStreamBranchesTest.this::download)
                            .aggregate(constant(true), AggregationStrategies.groupedBody())
                            .completionSize(3)
                            // Camel resets the third body on another thread, until its exchange is complete as well.
                            .process(exchange -> await().atMost(LIMIT).until(() -> isEmpty(directory)))
                            .process(GatheredAgain.this::readAll);
                }
            });
            send(2);
            // Both are complete, and wait for the third.
            await().atMost(LIMIT)
                    .until(() ->
                            videos.get() == 2 && context.getInflightRepository().size() == 0);
            send(1);
            allWereReadAndAreGone(3);
        }

        @Test
        void isReadWhenTheAggregatorKeepsTheLatest() throws Exception {
            start(true, new Route() {
                @Override
                void routes() {
                    from(IN).process(VideoStreamBranchesTest.this::download)
                            .aggregate(constant(true), AggregationStrategies.useLatest())
                            .completionTimeout(200)
                            .completionTimeoutCheckerInterval(50)
                            .to("seda:next");
                    from("seda:next?pollTimeout=20").process(VideoStreamBranchesTest.this::readWhole);
                }
            });
            send(1);
            allWereReadAndAreGone(1);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isReadByWhoEnrichesWithIt(boolean caching) throws Exception {
            AggregationStrategy takeTheVideo = (mine, enriched) -> {
                mine.getMessage().setBody(enriched.getMessage().getBody());
                return mine;
            };
            start(caching, new Route() {
                @Override
                void routes() {
                    from(IN).enrich("direct:download", takeTheVideo).process(VideoStreamBranchesTest.this::readWhole);
                    from("direct:download").process(VideoStreamBranchesTest.this::download);
                }
            });
            send(1);
            allWereReadAndAreGone(1);
        }
    }
}
