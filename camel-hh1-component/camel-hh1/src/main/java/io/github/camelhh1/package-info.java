/**
 * Camel's face of the component: {@code Hh1Component} owns what its endpoints share, {@code Hh1Endpoint} picks a
 * producer, a producer makes a message an operation. All else is in the packages below; {@code architecture.md} among the
 * documents shows how they depend on each other and where to change what.
 */
@NullMarked
package io.github.camelhh1;

import org.jspecify.annotations.NullMarked;
