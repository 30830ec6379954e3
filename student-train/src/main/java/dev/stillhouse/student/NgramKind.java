package dev.stillhouse.student;

import dev.stillhouse.udfs.student.NgramTable;

/** What an n-gram is, which the last two bits of its hash tell. */
enum NgramKind {
    /** A single word. */
    WORD(0, 3),
    /** Several words. */
    WORDS(2, 3),
    /** One word or several. */
    ANY_WORDS(0, 1),
    /** Characters of a word. */
    CHARACTERS(1, 1);

    private final int bits;
    private final int mask;

    NgramKind(int bits, int mask) {
        this.bits = bits;
        this.mask = mask;
    }

    /** The bits of a hash that tell its kind have these values. */
    int bits() {
        return bits;
    }

    /** The bits of a hash that tell its kind. */
    int mask() {
        return mask;
    }

    /** Whether the n-gram of a hash is of this kind. */
    boolean has(long hash) {
        return (hash & mask) == bits;
    }

    /** The hash of an n-gram by that of its bytes; never 0. */
    long hash(long ofBytes) {
        long hash = NgramTable.mix(ofBytes) << 2 | bits;
        return hash == 0 ? 4 : hash;
    }

    /** The kind of that many words. */
    static NgramKind ofWords(int words) {
        return words == 1 ? WORD : WORDS;
    }
}
