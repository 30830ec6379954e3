package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.student.NgramScan;
import dev.stillhouse.udfs.student.NgramTable;
import dev.stillhouse.udfs.text.SpacedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Why a sentence has the salience that it has: what each feature and n-gram adds to its logit, exactly. Not safe for use by several threads. */
public final class SalienceExplainer {
    private final SalienceModel model;
    private final Cues cues;
    private final NgramScan scan;
    private final SalienceFeatures features;

    public SalienceExplainer(SalienceModel model) {
        this.model = model;
        this.cues = Cues.of(model.cues());
        this.scan = new NgramScan(model.cues().features());
        this.features = new SalienceFeatures(model.cues().vectors());
    }

    /**
     * Something that counts for or against a sentence.
     *
     * @param name an n-gram in quotation marks, or a feature and its value
     * @param added to the logit: the sum of all is the logit, less the bias
     */
    public record Reason(String name, double added) {}

    /**
     * What decided, for each sentence of a text, the weightiest first.
     *
     * @param most reasons for a sentence
     */
    public List<List<Reason>> explain(String text, Sentences sentences, int most) {
        float[] values = features.of(text, sentences);
        List<List<Reason>> explained = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            List<Reason> reasons = new ArrayList<>();
            for (SalienceFeature feature : SalienceFeature.values()) {
                float value = values[i * SalienceFeature.size() + feature.column()];
                int bin = model.bins().bin(feature.column(), value);
                reasons.add(new Reason(
                        String.format(Locale.ROOT, "%s %.3g", feature.key(), value),
                        model.bins().weights()[feature.column()][bin] / model.temperature()));
            }
            if (!model.cues().vectors().isEmpty()) {
                reasons.add(new Reason("vector of its words", features.projected(i) / model.temperature()));
            }
            addCues(SpacedText.of(sentences.text(i)), reasons);
            reasons.sort(Comparator.comparingDouble((Reason reason) -> -Math.abs(reason.added()))
                    .thenComparing(Reason::name));
            explained.add(List.copyOf(reasons.subList(0, Math.min(most, reasons.size()))));
        }
        return explained;
    }

    private void addCues(String sentence, List<Reason> reasons) {
        scan.read(sentence);
        Map<String, Double> sums = new LinkedHashMap<>();
        int[] hits = new int[1];
        scan.words((start, end, hash, size) -> {
            int row = cues.find(scan.bytes(), start, end, hash);
            if (row != NgramTable.ABSENT) {
                hits[0]++;
                sums.merge(scan.string(start, end), (double) cues.weight(row), Double::sum);
            }
        });
        double root = Math.sqrt(Math.max(1, hits[0])) * model.temperature();
        sums.forEach((ngram, sum) -> reasons.add(new Reason("“" + ngram + "”", sum / root)));
    }
}
