package dev.stillhouse.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.Printable;
import dev.stillhouse.udfs.summary.SalienceExplainer;
import dev.stillhouse.udfs.summary.SalienceModel;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import dev.stillhouse.udfs.summary.Summary;
import dev.stillhouse.udfs.summary.SummaryDefaults;
import dev.stillhouse.udfs.summary.SummaryKernel;
import dev.stillhouse.udfs.summary.SummaryRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a student of summaries makes of texts, for {@code try}: each sentence with its salience, marked where it is chosen, and why. */
final class SummaryTrial {
    private final SummaryKernel kernel;
    private final SalienceExplainer explainer;
    private final SummaryRequest request;
    private final SentenceSplitter splitter = new SentenceSplitter();

    /**
     * @param name of the student, for messages
     */
    SummaryTrial(SalienceModel model, String name) {
        this.kernel = new SummaryKernel(model);
        this.explainer = new SalienceExplainer(model);
        this.request = SummaryDefaults.of(model.metadata(), name);
    }

    /**
     * Prints a text's sentences, headline and keywords.
     *
     * @param top reasons to show of each sentence
     */
    void print(Console console, String text, int top) {
        Sentences sentences = splitter.split(text);
        float[] salience = kernel.salience(text, sentences);
        int[] chosen = kernel.choose(text, sentences, request.budget());
        List<List<SalienceExplainer.Reason>> reasons = explainer.explain(text, sentences, top);
        for (int i = 0; i < sentences.size(); i++) {
            boolean isChosen = Arrays.binarySearch(chosen, i) >= 0;
            console.line(String.format(
                    Locale.ROOT, "%s %.4f  %s", isChosen ? "*" : " ", salience[i], Printable.of(sentences.text(i))));
            for (SalienceExplainer.Reason reason : reasons.get(i)) {
                console.line(
                        String.format(Locale.ROOT, "         %+7.3f  %s", reason.added(), Printable.of(reason.name())));
            }
        }
        Summary summary = kernel.summarize(text, request);
        if (!summary.headline().isEmpty()) {
            console.line("headline: " + Printable.of(summary.headline()));
        }
        if (!summary.keywords().isEmpty()) {
            console.line("keywords: " + Printable.of(String.join(", ", summary.keywords())));
        }
        console.line(conclusion(sentences.size(), chosen.length));
        console.line("");
    }

    private static String conclusion(int sentences, int chosen) {
        if (sentences == 0) {
            return "no sentence in this text";
        }
        return chosen == 0 ? "no sentence fits the budget" : "* in the summary";
    }

    /** The same as a JSON object on a line. */
    String json(String text, int top) {
        Sentences sentences = splitter.split(text);
        float[] salience = kernel.salience(text, sentences);
        int[] chosen = kernel.choose(text, sentences, request.budget());
        List<List<SalienceExplainer.Reason>> reasons = explainer.explain(text, sentences, top);
        Summary summary = kernel.summarize(text, request);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("text", text).put("summary", summary.text());
        ArrayNode all = root.putArray("sentences");
        for (int i = 0; i < sentences.size(); i++) {
            ObjectNode one = all.addObject()
                    .put("text", sentences.text(i))
                    .put("salience", salience[i])
                    .put("chosen", Arrays.binarySearch(chosen, i) >= 0);
            ArrayNode deciding = one.putArray("deciding");
            reasons.get(i)
                    .forEach(reason ->
                            deciding.addObject().put("name", reason.name()).put("added", reason.added()));
        }
        root.put("headline", summary.headline());
        summary.keywords().forEach(root.putArray("keywords")::add);
        try {
            return new ObjectMapper().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a summary as JSON", e);
        }
    }
}
