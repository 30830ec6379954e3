package dev.stillhouse.teacher.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.udfs.summary.Budget;
import java.util.Locale;
import org.apache.spark.sql.types.StructType;

/**
 * What a text says in short, in the model's own words.
 *
 * @param model the model, as the server calls it
 * @param prompt with {@code {text}}, and {@code {budget}} where it is to say how long
 * @param budget of a summary
 * @param maxCharacters characters of a text that are sent
 */
public record SummaryQuestion(String model, String prompt, Budget budget, int maxCharacters) implements Question {
    /** Where the task names none. */
    public static final String PROMPT =
            "Summarise the text below in the language that it is written in, in at most {budget}. Write whole sentences, keep to the words of the text where you can, and add nothing that it does not say. Answer with the summary alone.\n\n{text}";

    private static final String BUDGET = "{budget}";

    /** For what a model says beside the summary, and for one that is a little longer than asked for. */
    private static final int SPARE = 128;

    /** Of a word in languages of which tokenizers know little. */
    private static final int TOKENS_PER_WORD = 4;

    /** Of English, to which a tokenizer of the catalogue belongs. */
    private static final double WORDS_PER_TOKEN = 0.75;

    private static final int WORDS_PER_SENTENCE = 40;

    /** Of a character that a tokenizer does not know; a share of a text is reckoned at one, which is several times what tokenizers make of most languages. */
    private static final int TOKENS_PER_CHARACTER = 2;

    @Override
    public String about(String text) {
        return Prompt.of(prompt, BUDGET, amount(), maxCharacters).about(text);
    }

    @Override
    public int maxTokens(String text) {
        double tokens =
                switch (budget.unit()) {
                    case SENTENCES -> budget.amount() * WORDS_PER_SENTENCE * TOKENS_PER_WORD;
                    case WORDS, TOKENS -> words() * TOKENS_PER_WORD;
                    case CHARACTERS -> budget.amount() * TOKENS_PER_CHARACTER;
                    case SHARE -> budget.amount() * Math.min(text.length(), maxCharacters);
                };
        return (int) Math.min(1 << 20, SPARE + Math.ceil(tokens));
    }

    @Override
    public String essence() {
        return String.join("\n", "summary-1", model, prompt, budget.key(), Integer.toString(maxCharacters));
    }

    @Override
    public StructType outputs() {
        return ModelOutputs.TEXTS;
    }

    @Override
    public String asksFor() {
        return "";
    }

    /** A summary is free text. */
    @Override
    public void shape(ObjectNode request) {}

    /** Words of a budget of words or tokens. */
    private long words() {
        return budget.unit() == Budget.Unit.WORDS
                ? (long) budget.amount()
                : Math.max(1, (long) (budget.amount() * WORDS_PER_TOKEN));
    }

    /** The budget in the words of a prompt: words for tokens, since a model knows nothing of another's. */
    private String amount() {
        return switch (budget.unit()) {
            case SENTENCES -> budget.amount() == 1 ? "one sentence" : (long) budget.amount() + " sentences";
            case TOKENS -> words() + (words() == 1 ? " word" : " words");
            case WORDS, CHARACTERS -> budget.text();
            case SHARE -> String.format(Locale.ROOT, "%.3g %% of its words", 100 * budget.amount());
        };
    }
}
