package dev.stillhouse.udfs.summary;

import java.util.List;

/**
 * What is chosen of a document.
 *
 * @param text the chosen sentences, each on a line of its own, with one space in the place of white space in them; empty where none fits
 * @param sentences the chosen sentences, in the order of the text
 * @param headline the sentence that says the most, whatever the budget; empty where there is none
 * @param keywords words, the most telling first
 * @param words of the chosen sentences, as {@link Budget.Unit#WORDS} counts them
 * @param documentWords of all sentences
 * @param margin how clear the choice is: the mean salience of the chosen sentences less that of as many of the best that were left, 0 where none was chosen or left
 * @param sureness share of the salience of all sentences that may be chosen that the chosen ones have, 0 to 1: how much of what could be said is; 1 where none was chosen, since none fits
 */
public record Summary(
        String text,
        List<Sentence> sentences,
        String headline,
        List<String> keywords,
        int words,
        int documentWords,
        double margin,
        double sureness) {
    public Summary {
        sentences = List.copyOf(sentences);
        keywords = List.copyOf(keywords);
    }

    /**
     * A chosen sentence.
     *
     * @param begin first character, counted from 0 in Unicode code points of the text
     * @param end character after the last, counted in the same way
     * @param score its salience, 0 to 1
     */
    public record Sentence(int begin, int end, float score) {}
}
