@NullMarked
package io.github.camelhh1;

import org.jspecify.annotations.NullMarked;
