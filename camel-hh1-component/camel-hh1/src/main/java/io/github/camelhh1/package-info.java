/**
 * A message becomes a <em>generation</em>; a generation passes through a short stack of rooms, each adding one promise;
 * the innermost room speaks to the service; every ending is one of a few <em>outcomes</em>; the outcome becomes a message
 * again.
 *
 * <p>This package is the shell, the only part that knows Camel's messages: {@code Hh1Component} owns what endpoints
 * share ({@code Hh1Runtime}), {@code Hh1Endpoint} picks a producer, {@code MessageReader} and {@code MessageWriter} are
 * the only readers and writers of messages, {@code Failures} turns outcomes into the exceptions of {@code failure}.
 *
 * <pre>
 * shell -> generation -> { image, ledger, staging }  the heart: Generator, its rooms, Generators.stack
 * shell -> cloudflare -> { generation, http }    the innermost room: one POST, one outcome
 * shell -> download   -> { link, http }          fetching a video: streamed, checked, guarded
 * shell -> link       -> http                    links of strangers: where they may point
 * shell -> ledger                                every run, written before it is sent
 * shell -> staging                               content gets a link, and loses it when the outcome is known
 * shell -> observe                               health; nobody else looks there
 * shell -> simulator                             the service on loopback, an optional artifact of its own
 * all   -> text                                  small functions of texts
 * </pre>
 */
@NullMarked
package io.github.camelhh1;

import org.jspecify.annotations.NullMarked;
