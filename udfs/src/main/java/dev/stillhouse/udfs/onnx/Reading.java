package dev.stillhouse.udfs.onnx;

/** What is read of a model's outputs as the vector of a text. */
public enum Reading {
    /** {@code sentence_embedding}, or {@code last_hidden_state} pooled over a text's tokens; as a unit vector. */
    EMBEDDING,

    /** {@code logits [batch, values]} as they are: what a model that was exported for sequence classification or regression gives. */
    LOGITS
}
