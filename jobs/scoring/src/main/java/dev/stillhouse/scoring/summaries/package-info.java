/** Bulk summaries: a published student over documents, and digests of groups of them. Imports {@code udfs} and {@code datasets}. */
@NullMarked
package dev.stillhouse.scoring.summaries;

import org.jspecify.annotations.NullMarked;
