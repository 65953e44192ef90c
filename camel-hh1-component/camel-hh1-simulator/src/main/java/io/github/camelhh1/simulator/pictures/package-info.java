/**
 * Internal: the images that requests bring, inline or by link, kept in files and known by the digest of their content; and
 * the images that tests put up under a link.
 */
@NullMarked
package io.github.camelhh1.simulator.pictures;

import org.jspecify.annotations.NullMarked;
