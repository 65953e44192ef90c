/** Makes the parts of a component and of its endpoints from options. Takes options, never endpoints. */
@NullMarked
package io.github.camelhh1.wiring;

import org.jspecify.annotations.NullMarked;
