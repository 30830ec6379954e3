package dev.stillhouse.udfs.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.testing.MiniLmTokens;
import dev.stillhouse.udfs.text.SpacedText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryKernelTest {
    private static final SummaryKernel KERNEL =
            new SummaryKernel(SalienceModels.ofCues(Map.of("important", 4f, "we found", 3f, "boring", -3f, "重", 4f)));

    private static final String TEXT =
            "The weather was mild that day. We found a wreck on the bottom of the lake. It was boring to wait for it. The important news came from the harbour on Monday.";

    @Test
    void theSentencesOfTheGreatestSalienceAreChosenInTheOrderOfTheText() {
        Summary summary = KERNEL.summarize(TEXT, sentences(2));
        assertThat(summary.text())
                .isEqualTo(
                        "We found a wreck on the bottom of the lake.\nThe important news came from the harbour on Monday.");
        assertThat(summary.margin()).isPositive();
        assertThat(summary.words()).isEqualTo(19);
        assertThat(summary.documentWords()).isEqualTo(32);
    }

    @Test
    void placesAreCodePointsOfTheText() {
        String text =
                "😀😀 is how it began on the first day. An important thing 😀 happened to us. And no more was said.";
        Summary summary = KERNEL.summarize(text, sentences(1));
        Summary.Sentence sentence = summary.sentences().get(0);
        int[] codePoints = text.codePoints().toArray();
        assertThat(new String(codePoints, sentence.begin(), sentence.end() - sentence.begin()))
                .isEqualTo("An important thing 😀 happened to us.")
                .isEqualTo(summary.text());
        assertThat(sentence.score()).isBetween(0.5f, 1f);
    }

    @Test
    void whiteSpaceInsideASentenceBecomesASpace() {
        String text =
                "This is the story of a long day in the\nharbour of an old town by the sea, and it\nwas an important one for\u2028all of us who lived in the houses there.";
        assertThat(KERNEL.summarize(text, sentences(1)).text())
                .doesNotContain("\n")
                .contains("harbour of an old");
    }

    @ParameterizedTest
    @EnumSource(Budget.Unit.class)
    void aSummaryIsNeverLongerThanItsBudget(Budget.Unit unit) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            String text = text(random);
            double amount = unit == Budget.Unit.SHARE ? random.nextDouble() + 1e-9 : 1 + random.nextInt(60);
            Summary summary = KERNEL.summarize(text, new SummaryRequest(budget(unit, amount), false, 0));
            double used =
                    switch (unit) {
                        case SENTENCES -> summary.sentences().size();
                        case WORDS ->
                            SpacedText.words(summary.text(), 0, summary.text().length());
                        case CHARACTERS ->
                            summary.text().codePointCount(0, summary.text().length());
                        case TOKENS -> MiniLmTokens.count(summary.text());
                        case SHARE ->
                            (double) SpacedText.words(
                                            summary.text(), 0, summary.text().length())
                                    / Math.max(1, SpacedText.words(text, 0, text.length()));
                    };
            assertThat(summary.words())
                    .as("seed " + seed + ", text " + text)
                    .isEqualTo(
                            SpacedText.words(summary.text(), 0, summary.text().length()));
            assertThat(used).as("seed " + seed + ", text " + text).isLessThanOrEqualTo(amount + 1e-9);
        }
    }

    @Test
    void aBudgetBelowTheShortestSentenceGivesAnEmptySummary() {
        Summary summary = KERNEL.summarize(TEXT, new SummaryRequest(new Budget(Budget.Unit.WORDS, 3), true, 0));
        assertThat(summary.text()).isEmpty();
        assertThat(summary.sentences()).isEmpty();
        assertThat(summary.headline()).isEqualTo("The important news came from the harbour on Monday.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t ", "\u0000", "...", "\ud800"})
    void aTextWithoutWordsHasAnEmptySummary(String text) {
        Summary summary = KERNEL.summarize(text, new SummaryRequest(new Budget(Budget.Unit.WORDS, 9), true, 3));
        assertThat(summary.text()).isEmpty();
        assertThat(summary.headline()).isEmpty();
        assertThat(summary.keywords()).isEmpty();
        assertThat(summary.margin()).isZero();
    }

    @Test
    void aTextOfOneSentenceIsItsSummary() {
        assertThat(KERNEL.summarize("Nothing much to say here.", sentences(3)).text())
                .isEqualTo("Nothing much to say here.");
    }

    @Test
    void whatIsNoSentenceIsChosenOnlyWhereThereAreNone() {
        String headings = "# Important heading\n\n## Another heading\n";
        assertThat(KERNEL.summarize(headings, sentences(1)).text()).contains("Important heading");
        String mixed = headings + "\nThe one sentence here is long enough to be taken.\n";
        assertThat(KERNEL.summarize(mixed, sentences(5)).text())
                .isEqualTo("The one sentence here is long enough to be taken.");
    }

    @Test
    void lettersOfScriptsWithoutSpacesAreWords() {
        String text = "今天天气很好。这是重要的消息。我们走了很远的路。";
        Summary summary = KERNEL.summarize(text, sentences(1));
        assertThat(summary.text()).isEqualTo("这是重要的消息。");
        assertThat(KERNEL.summarize(text, new SummaryRequest(new Budget(Budget.Unit.WORDS, 4), false, 0))
                        .text())
                .isEmpty();
    }

    @Test
    void whatIsSaidAlreadyIsNotSaidAgain() {
        String text =
                "The important ship left the harbour at noon. The important ship left the harbour at dusk. The important crew stayed in town. Nothing else is known of them.";
        SummaryKernel minding = new SummaryKernel(KERNEL.model().withRedundancy(3));
        assertThat(KERNEL.summarize(text, sentences(2)).text()).contains("noon").contains("dusk");
        assertThat(minding.summarize(text, sentences(2)).text())
                .contains("crew")
                .doesNotContain("dusk");
    }

    @Test
    void keywordsAreTheFrequentWordsThatAreNoNumbersOrLetters() {
        String text =
                "The turbine turned. The turbine and the rotor stopped at 1999. A turbine b c. The rotor was repaired. 1999 was 1999.";
        List<String> keywords = KERNEL.summarize(
                        text, new SummaryRequest(new Budget(Budget.Unit.SENTENCES, 1), false, 3))
                .keywords();
        assertThat(keywords).contains("turbine", "rotor").doesNotContain("1999", "b");
        assertThat(keywords).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aHundredThousandSentencesAndASentenceOfAMegabyteAreSummarised() {
        String many = IntStream.range(0, 100_000)
                .mapToObj(i -> "Sentence number " + i + " says little of " + (i % 77) + ".")
                .reduce(new StringBuilder(), (all, one) -> all.append(one).append(' '), StringBuilder::append)
                .append("This one is important for all.")
                .toString();
        SummaryKernel minding = new SummaryKernel(KERNEL.model().withRedundancy(1));
        assertThat(minding.summarize(many, sentences(1)).text()).isEqualTo("This one is important for all.");
        Summary half = minding.summarize(many, new SummaryRequest(new Budget(Budget.Unit.SHARE, 0.5), true, 10));
        assertThat((double) half.words() / half.documentWords()).isBetween(0.49, 0.5);
        String endless = "word ".repeat(200_000);
        assertThat(KERNEL.summarize(endless, sentences(1)).sentences()).hasSize(1);
        assertThat(KERNEL.summarize("x".repeat(1 << 20), sentences(1)).sentences())
                .hasSize(1);
        // The buffers of a huge text are not what the next one is looked up in.
        assertThat(KERNEL.summarize(TEXT, sentences(1)).text()).contains("important");
    }

    @Test
    void severalThreadsGiveWhatOneGives() {
        Random random = new Random(7);
        List<String> texts = IntStream.range(0, 300).mapToObj(i -> text(random)).toList();
        List<Summary> one =
                texts.stream().map(text -> KERNEL.summarize(text, sentences(2))).toList();
        List<Summary> several = texts.parallelStream()
                .map(text -> KERNEL.summarize(text, sentences(2)))
                .toList();
        assertThat(several).isEqualTo(one);
    }

    @Test
    void budgetsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new Budget(Budget.Unit.WORDS, 0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new Budget(Budget.Unit.SENTENCES, 1.5)).hasMessageContaining("whole number");
        assertThatThrownBy(() -> new Budget(Budget.Unit.SHARE, 1.1)).hasMessageContaining("at most 1");
        assertThatThrownBy(() -> new Budget(Budget.Unit.SHARE, 0)).hasMessageContaining("greater than 0");
        assertThatThrownBy(() -> new Budget(Budget.Unit.TOKENS, 0, "minilm")).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new Budget(Budget.Unit.TOKENS, 5)).hasMessageContaining("Invalid tokenizer: none");
        assertThatThrownBy(() -> new Budget(Budget.Unit.TOKENS, 5, "mine")).hasMessageContaining("one of minilm");
        assertThatThrownBy(() -> new Budget(Budget.Unit.WORDS, 5, "minilm")).hasMessageContaining("must be none");
    }

    @Test
    void aSentenceIsAsLongInTokensAsItsTokenizerSays() {
        String text = TEXT + " Η επιτροπή απέρριψε την τροπολογία. 委员会拒绝了这项修正案。";
        Sentences sentences = new SentenceSplitter().split(text);
        Budget budget = new Budget(Budget.Unit.TOKENS, 9, "minilm");
        int[] costs = budget.costs(text, sentences);
        for (int i = 0; i < costs.length; i++) {
            assertThat(costs[i]).isEqualTo(MiniLmTokens.count(sentences.text(i)));
        }
        assertThat(budget.limit(costs)).isEqualTo(9);
        assertThat(costs).startsWith(7, 11, 8).endsWith(30, 12);
        assertThat(KERNEL.summarize(text, new SummaryRequest(budget, false, 0)).text())
                .isEqualTo("The weather was mild that day.");
    }

    @Test
    void budgetsSayWhatTheyAre() {
        assertThat(new Budget(Budget.Unit.WORDS, 1).text()).isEqualTo("1 word");
        assertThat(new Budget(Budget.Unit.SENTENCES, 1).text()).isEqualTo("1 sentence");
        assertThat(new Budget(Budget.Unit.CHARACTERS, 200).text()).isEqualTo("200 characters");
        assertThat(new Budget(Budget.Unit.SHARE, 0.1).text()).isEqualTo("10.0 % of the words");
        assertThat(new Budget(Budget.Unit.TOKENS, 200, "minilm").text()).isEqualTo("200 tokens of minilm");
        assertThat(new Budget(Budget.Unit.TOKENS, 200, "minilm").key())
                .isNotEqualTo(new Budget(Budget.Unit.TOKENS, 200, "e5-small-v2").key());
    }

    @ParameterizedTest
    @EnumSource(Budget.Unit.class)
    void requestsTravelInTheMetadataOfStudents(Budget.Unit unit) {
        SummaryRequest request = new SummaryRequest(budget(unit, 1), true, 3);
        assertThat(SummaryDefaults.of(SummaryDefaults.metadata(request), "one")).isEqualTo(request);
    }

    @ParameterizedTest
    @CsvSource({
        "summary.budget, -5",
        "summary.budget, NaN",
        "summary.budget, 1e300",
        "summary.budget_unit, bogus",
        "summary.headline, yes",
        "summary.budget_tokenizer, /etc/passwd",
        "summary.keywords, -1",
        "summary.keywords, 2000000000",
        "summary.keywords, many"
    })
    void aRequestThatIsNoneIsAnErrorOfData(String key, String value) {
        Map<String, String> metadata =
                new HashMap<>(SummaryDefaults.metadata(new SummaryRequest(budget(Budget.Unit.WORDS, 9), true, 3)));
        metadata.put(key, value);

        assertThatThrownBy(() -> SummaryDefaults.of(metadata, "of run 7"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot read student of run 7: what its task wants of documents is spoilt: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"summary.budget", "summary.budget_unit", "summary.headline", "summary.keywords"})
    void aRequestThatIsIncompleteIsAnErrorOfData(String key) {
        Map<String, String> metadata =
                new HashMap<>(SummaryDefaults.metadata(new SummaryRequest(budget(Budget.Unit.WORDS, 9), true, 3)));
        metadata.remove(key);

        assertThatThrownBy(() -> SummaryDefaults.of(metadata, "of run 7"))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot read student of run 7: it does not say what its task wants of documents");
    }

    private static Budget budget(Budget.Unit unit, double amount) {
        return new Budget(unit, amount, unit == Budget.Unit.TOKENS ? "minilm" : "");
    }

    private static SummaryRequest sentences(int most) {
        return new SummaryRequest(new Budget(Budget.Unit.SENTENCES, most), false, 0);
    }

    private static String text(Random random) {
        List<String> words = List.of(
                "important",
                "boring",
                "we",
                "found",
                "the",
                "harbour",
                "重",
                "要",
                "é",
                "😀",
                "3.5",
                "No.",
                "U.S.",
                "ship",
                "a\u0000b",
                "c\u0007 d",
                "e\u00a0f");
        List<String> sentences = new ArrayList<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            StringBuilder sentence = new StringBuilder("A");
            for (int w = random.nextInt(15); w >= 0; w--) {
                sentence.append(' ').append(words.get(random.nextInt(words.size())));
            }
            sentences.add(sentence.append(random.nextBoolean() ? "." : "!").toString());
        }
        return String.join(random.nextBoolean() ? " " : "\n", sentences);
    }
}
