/** Gives image content a URL through the user's own storage. */
@NullMarked
package io.github.camelhh1.staging;

import org.jspecify.annotations.NullMarked;
