package dev.stillhouse.reports.record;

/**
 * How much text.
 *
 * @param documents documents
 * @param bytes UTF-8 bytes
 * @param words words, by the tokeniser of the rules
 */
public record Volume(long documents, long bytes, long words) {
    public static final Volume NONE = new Volume(0, 0, 0);

    public Volume plus(Volume other) {
        return new Volume(documents + other.documents, bytes + other.bytes, words + other.words);
    }
}
