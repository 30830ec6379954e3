/** Plain functions over text: normalising, hashing, tokens and n-grams. Imports the JDK only. */
@NullMarked
package dev.stillhouse.udfs.text;

import org.jspecify.annotations.NullMarked;
