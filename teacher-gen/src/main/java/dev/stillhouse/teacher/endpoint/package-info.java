/** Teachers behind an endpoint that speaks OpenAI's protocol: what is asked, what is read of the answers, and what it may cost. Imports {@code teacher.outputs}, {@code udfs}, {@code datasets}, Spark SQL and Failsafe. */
@NullMarked
package dev.stillhouse.teacher.endpoint;

import org.jspecify.annotations.NullMarked;
