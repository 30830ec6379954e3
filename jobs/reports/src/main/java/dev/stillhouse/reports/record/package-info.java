/** What stages measured, as they write it to {@code stage.json} and as reports render it. Imports Jackson and the JDK. */
@NullMarked
package dev.stillhouse.reports.record;

import org.jspecify.annotations.NullMarked;
