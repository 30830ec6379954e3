/** Teachers that say which sentences of a document matter. Imports {@code udfs} and {@code datasets}, and the sources of outputs beside it. */
@NullMarked
package dev.stillhouse.teacher.sentences;

import org.jspecify.annotations.NullMarked;
