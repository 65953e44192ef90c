/** What a message says and what it becomes: the only readers and writers of Camel's messages. */
@NullMarked
package io.github.camelhh1.message;

import org.jspecify.annotations.NullMarked;
