package dev.stillhouse.teacher.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import org.apache.spark.sql.types.StructType;

/** What is asked about every text. Serialisable. */
public sealed interface Question extends Serializable permits LabelQuestion, SummaryQuestion {

    /** The model, as the server calls it. */
    String model();

    /** Characters of a text that are sent, in UTF-16 units. */
    int maxCharacters();

    /** The whole prompt for a text; what the text itself says of braces is left alone. */
    String about(String text);

    /** Tokens that the answer for a text may have. */
    int maxTokens(String text);

    /** All that an answer depends on: equal for equal questions alone. */
    String essence();

    /** Of what answers become: {@link dev.stillhouse.datasets.schema.ModelOutputs}, with numbers or with text. */
    StructType outputs();

    /** What the server must know besides the protocol, as keys of {@code teacher.endpoint}; empty for nothing. */
    String asksFor();

    /** Adds to a request what it asks for. */
    void shape(ObjectNode request);
}
