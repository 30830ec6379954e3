package dev.stillhouse.udfs.onnx;

/** What is read of a model's outputs as the vector of a text. */
public enum Reading {
    /** {@code sentence_embedding}, or the mean of {@code last_hidden_state} over a text's tokens; as a unit vector. */
    MEAN,

    /** {@code sentence_embedding}, or the {@code last_hidden_state} of a text's first token; as a unit vector. */
    CLS,

    /** {@code logits [batch, values]} as they are: what a model that was exported for sequence classification or regression gives. */
    LOGITS,

    /** {@code probabilities [batch, labels]} as they are: what a student that was cut from an encoder gives. */
    PROBABILITIES,

    /** {@code logits [batch, classes]} of a text and each hypothesis: the logarithm of the odds of entailment, {@code l_e - log(sum of the other exp(l))}, a value for each hypothesis. */
    ENTAILMENT
}
