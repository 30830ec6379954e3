/** What summaries of documents are made of: sentences, how much each says, and which are chosen. Imports {@code udfs}, {@code udfs.errors}, {@code udfs.student}, {@code udfs.text}, ONNX protobuf classes and ICU4J's character properties. */
@NullMarked
package dev.stillhouse.udfs.summary;

import org.jspecify.annotations.NullMarked;
