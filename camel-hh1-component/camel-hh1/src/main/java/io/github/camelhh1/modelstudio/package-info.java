/** The innermost room of Alibaba Model Studio: one task, one outcome. */
@NullMarked
package io.github.camelhh1.modelstudio;

import org.jspecify.annotations.NullMarked;
