/** Shingles, MinHash signatures and bands: what proposes near-duplicates, and what verifies them. Imports {@code udfs.text}. */
@NullMarked
package dev.stillhouse.udfs.minhash;

import org.jspecify.annotations.NullMarked;
