/** What a student is, how it is read from its published file, and the engines that run it. Imports {@code udfs}, {@code udfs.errors}, {@code udfs.onnx}, ONNX protobuf classes and ONNX Runtime. */
@NullMarked
package dev.stillhouse.udfs.student;

import org.jspecify.annotations.NullMarked;
