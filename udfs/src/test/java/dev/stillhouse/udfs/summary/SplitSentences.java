package dev.stillhouse.udfs.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.summary.Sentences.Kind;
import java.util.List;
import java.util.stream.IntStream;

/** Sentences as tests look at them, and what must hold of those of any text. */
final class SplitSentences {
    private static final SentenceSplitter SPLITTER = new SentenceSplitter();

    private SplitSentences() {}

    static void assertSound(String text) {
        Sentences sentences = SPLITTER.split(text);
        int covered = 0;
        int paragraph = 0;
        for (int i = 0; i < sentences.size(); i++) {
            int begin = sentences.begin(i);
            int end = sentences.end(i);
            boolean sound = begin >= covered
                    && end > begin
                    && end - begin <= SentenceSplitter.LONGEST
                    && text.substring(covered, begin).chars().allMatch(SplitSentences::isSpace)
                    && !isSpace(text.charAt(begin))
                    && !isSpace(text.charAt(end - 1))
                    && !isInsidePair(text, begin)
                    && !isInsidePair(text, end)
                    && sentences.paragraph(i) - paragraph <= (i == 0 ? 0 : 1)
                    && sentences.paragraph(i) >= paragraph;
            if (!sound) {
                assertThat(list(text)).as("sentence %d of <%s>", i, text).isEmpty();
            }
            covered = end;
            paragraph = sentences.paragraph(i);
        }
        assertThat(text.substring(covered).chars().allMatch(SplitSentences::isSpace))
                .as("end of <%s>", text)
                .isTrue();
        assertThat(list(text).equals(list(text))).as("<%s> twice", text).isTrue();
    }

    private static boolean isSpace(int unit) {
        return Character.isWhitespace(unit) || Character.isSpaceChar(unit) || unit == 0x85;
    }

    private static boolean isInsidePair(String text, int index) {
        return index > 0
                && index < text.length()
                && Character.isHighSurrogate(text.charAt(index - 1))
                && Character.isLowSurrogate(text.charAt(index));
    }

    static List<String> list(String text) {
        Sentences sentences = SPLITTER.split(text);
        return IntStream.range(0, sentences.size())
                .mapToObj(i -> sentences.paragraph(i) + " " + sentences.kind(i) + " " + sentences.text(i))
                .toList();
    }

    static List<String> kinds(String text) {
        Sentences sentences = SPLITTER.split(text);
        return IntStream.range(0, sentences.size())
                .mapToObj(sentences::kind)
                .map(Kind::name)
                .toList();
    }

    static List<String> texts(String text) {
        Sentences sentences = SPLITTER.split(text);
        return IntStream.range(0, sentences.size()).mapToObj(sentences::text).toList();
    }
}
