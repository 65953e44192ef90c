/** The parts that the innermost rooms share: bodies with an image in them, and the rules for all answers. */
@NullMarked
package io.github.camelhh1.service;

import org.jspecify.annotations.NullMarked;
