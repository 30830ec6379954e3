/** Teachers that say which sentences of a document matter. Imports {@code udfs} and {@code datasets}, the sources of outputs beside it, and what labelling costs by the package above. */
@NullMarked
package dev.stillhouse.teacher.sentences;

import org.jspecify.annotations.NullMarked;
