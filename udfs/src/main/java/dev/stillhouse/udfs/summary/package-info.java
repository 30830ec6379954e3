/** Sentences of a text ranked by how central they are to it: the classic unsupervised baselines of extractive summaries. Imports {@code udfs.text}. */
@NullMarked
package dev.stillhouse.udfs.summary;

import org.jspecify.annotations.NullMarked;
