/** Encoders run by ONNX Runtime: one shared session per JVM, batches by token budget, texts in and unit vectors out. Imports ONNX Runtime, the tokenizer binding, ONNX protobuf classes, Spark's environment and {@code udfs.errors}. */
@NullMarked
package dev.stillhouse.udfs.onnx;

import org.jspecify.annotations.NullMarked;
