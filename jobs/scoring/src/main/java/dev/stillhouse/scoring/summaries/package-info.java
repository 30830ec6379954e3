/** Bulk summaries: a published student over documents, and digests of groups of them. Imports {@code udfs} and {@code datasets}, and the cascade beside it. */
@NullMarked
package dev.stillhouse.scoring.summaries;

import org.jspecify.annotations.NullMarked;
