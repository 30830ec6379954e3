/** Writes a student as the one file that is published. Imports {@code udfs.student}, ONNX protobuf classes and Jackson. */
@NullMarked
package dev.stillhouse.student.export;

import org.jspecify.annotations.NullMarked;
