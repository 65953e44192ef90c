/** The parts that the innermost rooms share: bodies with an image in them, and answers whatever the service. */
@NullMarked
package io.github.camelhh1.service;

import org.jspecify.annotations.NullMarked;
