/** How configuration records describe themselves. Imports the JDK only. */
@NullMarked
package dev.stillhouse.datasets.config;

import org.jspecify.annotations.NullMarked;
