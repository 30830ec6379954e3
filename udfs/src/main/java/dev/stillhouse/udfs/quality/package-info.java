/** Quality of a text as numbers and rules over them: signals measured in one pass over UTF-8 bytes, and the published rule sets. Imports {@code udfs.text}. */
@NullMarked
package dev.stillhouse.udfs.quality;

import org.jspecify.annotations.NullMarked;
