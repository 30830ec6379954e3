/** What kernels of all kinds have in common. Imports nothing of the project. */
@NullMarked
package dev.stillhouse.udfs;

import org.jspecify.annotations.NullMarked;
