package dev.stillhouse.udfs.summary;

import java.util.Locale;

/** What a model knows of a sentence besides its n-grams, in the order of its columns. A section is what stands under a heading; counts are cut off at {@value #MOST}. */
public enum SalienceFeature {
    POSITION("sentences before it, over the document's sentences"),
    FIRST("sentences before it"),
    LAST("sentences after it"),
    SECTION_POSITION("sentences before it in its section, over the section's sentences"),
    SECTION_FIRST("sentences before it in its section"),
    SECTION_LAST("sentences after it in its section"),
    SECTION_SHARE("sentences of its section, over the document's"),
    PARAGRAPH_FIRST("sentences before it in its paragraph"),
    PARAGRAPH_LAST("sentences after it in its paragraph"),
    SENTENCES("sentences of the document"),
    KIND("0 for a sentence, 1 for an item of a list, 2 for a heading, 3 for anything else"),
    WORDS("its words"),
    DISTINCT("its distinct words, over its words"),
    ONCE("its words that stand in the document once, over its words"),
    FREQUENCY("how often its words stand in the document on average, over the document's words"),
    RARITY("logarithm of sentences over sentences with the word, the mean over its words"),
    DIGITS("digits, over its UTF-16 units"),
    CENTROID("cosine of its words' tf-idf with the document's; idf over the document's sentences"),
    CENTROID_BEFORE("the same of the sentence before it, 0 for the first"),
    CENTROID_AFTER("the same of the sentence after it, 0 for the last"),
    HEADING("its distinct words that stand in its section's heading"),
    LEAD("its words that stand in the first three sentences, over its words"),
    LINKS(
            "for each of its distinct words the other sentences that have it, the sum over those sentences' number and the logarithm of 2 more than its words"),
    WORDS_RANK("sentences of fewer words, over the document's other sentences"),
    CENTROID_RANK("sentences of a smaller centroid, over the document's other sentences"),
    LINKS_RANK("sentences of fewer links, over the document's other sentences"),
    VECTOR_CENTROID("cosine of its vector with the document's, the sum of its sentences'; 0 without vectors of words"),
    VECTOR_CENTROID_RANK("sentences of a smaller vector centroid, over the document's other sentences");

    /** Counts of sentences go no further, but for {@link #SENTENCES}. */
    static final int MOST = 50;

    private final String meaning;

    SalienceFeature(String meaning) {
        this.meaning = meaning;
    }

    /** How many there are. */
    public static int size() {
        return values().length;
    }

    /** Its column, from 0. */
    @SuppressWarnings("EnumOrdinal") // the order is that of the columns, and files name them in it
    public int column() {
        return ordinal();
    }

    /** The name in files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is, in words. */
    public String meaning() {
        return meaning;
    }
}
