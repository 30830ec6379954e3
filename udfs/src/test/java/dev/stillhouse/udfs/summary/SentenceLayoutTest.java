package dev.stillhouse.udfs.summary;

import static dev.stillhouse.udfs.summary.SplitSentences.kinds;
import static dev.stillhouse.udfs.summary.SplitSentences.list;
import static dev.stillhouse.udfs.summary.SplitSentences.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines: wrapped text, headings, lists, tables and code. */
class SentenceLayoutTest {
    @Test
    void hardWrappedLinesAreOneText() {
        String text = """
                Dear all,

                I am writing to tell you that the meeting which we had planned for
                next week has been moved to the week after. Please let me know if you
                cannot come. It will take place in room 5.

                The agenda is as follows:

                - a report of the treasurer, which will be longer than
                  usual this year
                - elections

                Regards,
                Ada Hall
                Secretary
                """;

        assertThat(list(text))
                .containsExactly(
                        "0 SENTENCE Dear all,",
                        "1 SENTENCE I am writing to tell you that the meeting which we had planned for\nnext week has been moved to the week after.",
                        "1 SENTENCE Please let me know if you\ncannot come.",
                        "1 SENTENCE It will take place in room 5.",
                        "2 SENTENCE The agenda is as follows:",
                        "3 LIST_ITEM - a report of the treasurer, which will be longer than\n  usual this year",
                        "3 LIST_ITEM - elections",
                        "4 SENTENCE Regards,",
                        "4 SENTENCE Ada Hall",
                        "4 SENTENCE Secretary");
    }

    @Test
    void wrappedTextWithoutCaseIsOneText() {
        String text = "これは長い文章であり、途中で改行によって折り返されているが、\n文はここまで続いている。次の文もまた長くて、改行がどこかに\n入っているはずである。終わり。";

        assertThat(list(text))
                .containsExactly(
                        "0 SENTENCE これは長い文章であり、途中で改行によって折り返されているが、\n文はここまで続いている。",
                        "0 SENTENCE 次の文もまた長くて、改行がどこかに\n入っているはずである。",
                        "0 SENTENCE 終わり。");
    }

    @Test
    void aLineIsASentenceWhereLinesAre() {
        String text =
                "BACKGROUND\nthe first line is a sentence and a long one at that\nthe second is short.\n\nMETHODS\nwe did it . and again .";

        assertThat(list(text))
                .containsExactly(
                        "0 HEADING BACKGROUND",
                        "1 SENTENCE the first line is a sentence and a long one at that",
                        "1 SENTENCE the second is short.",
                        "2 HEADING METHODS",
                        "3 SENTENCE we did it .",
                        "3 SENTENCE and again .");
    }

    @Test
    void headingsStandBeforeText() {
        String text = """
                # Title

                An introduction stands here. It has two sentences.

                2.1 Methods
                We measured everything many times over with care.

                Results and Discussion

                The result was good. It was.

                3. Outlook

                There is more to be done here.

                The End
                =======
                We stop.
                """;

        assertThat(list(text))
                .containsExactly(
                        "0 HEADING # Title",
                        "1 SENTENCE An introduction stands here.",
                        "1 SENTENCE It has two sentences.",
                        "2 HEADING 2.1 Methods",
                        "3 SENTENCE We measured everything many times over with care.",
                        "4 HEADING Results and Discussion",
                        "5 SENTENCE The result was good.",
                        "5 SENTENCE It was.",
                        "6 HEADING 3. Outlook",
                        "7 SENTENCE There is more to be done here.",
                        "8 HEADING The End",
                        "9 OTHER =======",
                        "10 SENTENCE We stop.");
    }

    @Test
    void itemsOfListsAreTold() {
        String text =
                "(a) the first;\n(b) the second (see annex);\n(iv) the fourth\n1) one\n2. Two. With more.\na) three\n* four\n• five\nNot an item. 7 is none.";

        assertThat(kinds(text))
                .containsExactly(
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "SENTENCE",
                        "SENTENCE");
        assertThat(texts(text).get(5)).isEqualTo("With more.");
    }

    @Test
    void theOnlyLineAndSpeechAreNoLists() {
        assertThat(kinds("23. april vil vi stemme. Det er godt.")).containsExactly("SENTENCE", "SENTENCE");
        assertThat(kinds("- Madam President, I agree. It is so.")).containsExactly("SENTENCE", "SENTENCE");
        assertThat(kinds("– Madam President.\nIt is so.")).containsExactly("SENTENCE", "SENTENCE");
    }

    @Test
    void tablesCodeAndSeparatorsAreOther() {
        String text = """
                | a | b |
                |---|---|
                Name\tAge\tCity
                12 13 14 15 total
                * * *
                -----
                12.5
                ```java
                plain words in a block
                ```
                for (int i = 0; i < n; i++) {
                  x += f(i);
                  call(x);
                }
                The end is near; we know.
                """;
        List<String> kinds = kinds(text);

        assertThat(kinds.subList(0, 14)).containsOnly("OTHER");
        assertThat(kinds).hasSize(15).last().isEqualTo("SENTENCE");
    }

    @Test
    void anOpenBlockOfCodeHidesNothing() {
        assertThat(kinds("```\nThis is a text.\nIt goes on.")).containsExactly("OTHER", "SENTENCE", "SENTENCE");
    }

    @Test
    void breaksOfEveryKindEndLines() {
        assertThat(list("One.\rTwo.\r\nThree.\u0085Four.\u2028Five.\u000cSix.\r\n\r\nSeven.\u2029Eight."))
                .containsExactly(
                        "0 SENTENCE One.",
                        "0 SENTENCE Two.",
                        "0 SENTENCE Three.",
                        "0 SENTENCE Four.",
                        "0 SENTENCE Five.",
                        "0 SENTENCE Six.",
                        "1 SENTENCE Seven.",
                        "2 SENTENCE Eight.");
    }
}
