/**
 * The component as Camel sees it: {@code Hh1Component} owns the parts that its endpoints share, {@code Hh1Endpoint} picks
 * an operation, {@code Hh1Producer} runs it for each message. The document {@code architecture.md} shows the packages.
 */
@NullMarked
package io.github.camelhh1;

import org.jspecify.annotations.NullMarked;
