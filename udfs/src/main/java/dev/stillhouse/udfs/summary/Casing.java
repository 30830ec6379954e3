package dev.stillhouse.udfs.summary;

/** How a text uses upper and lower case, and so what the case of a letter after a full stop says. */
enum Casing {
    /** Sentences begin with capital letters, or the script has none: a lower-case letter does not begin one. */
    MIXED,
    /** No capital letters to speak of: a lower-case letter may begin a sentence. */
    LOWER,
    /** Capital letters only. */
    CAPITALS;

    /** Words to one of them with a capital before a lower-case letter, from which on a text is lower-cased. */
    private static final int WORDS_A_TITLE = 250;

    /**
     * The casing of a text.
     *
     * @param words how many there are
     * @param titles how many of them have a capital before a lower-case letter
     * @param capitals upper-case letters
     * @param smalls lower-case letters
     */
    static Casing of(int words, int titles, int capitals, int smalls) {
        if (capitals > 10L * smalls) {
            return CAPITALS;
        }
        return smalls > 0 && (long) titles * WORDS_A_TITLE < words ? LOWER : MIXED;
    }
}
