package dev.stillhouse.udfs.summary;

import java.util.List;
import java.util.function.Function;

/** Summarises texts with a {@link SalienceModel}: sentences, their salience, and the choice. Safe for use by several threads. */
public final class SummaryKernel {
    /** UTF-16 units of a text whose buffers a thread keeps for the next. */
    private static final int LARGEST_KEPT = 1 << 20;

    private final SalienceModel model;
    private final Cues cues;
    private final Keywords keywords;
    private final SentenceSplitter splitter = new SentenceSplitter();
    private final ThreadLocal<Scratch> scratch;

    public SummaryKernel(SalienceModel model) {
        this.model = model;
        this.cues = Cues.of(model.cues());
        this.keywords = new Keywords(model.rarities());
        WordVectors vectors = new WordVectors(model.cues().vectors());
        this.scratch = ThreadLocal.withInitial(
                () -> new Scratch(new DocumentWords(cues, vectors), new SalienceFeatures(vectors)));
    }

    /** The model that it runs. */
    public SalienceModel model() {
        return model;
    }

    /** Summarises a text; an empty one has an empty summary. */
    public Summary summarize(String text, SummaryRequest request) {
        return summarize(text, splitter.split(text), request);
    }

    /** Summarises a text whose sentences are known. */
    public Summary summarize(String text, Sentences sentences, SummaryRequest request) {
        return with(text, of -> summarize(of, text, sentences, request));
    }

    private Summary summarize(Scratch of, String text, Sentences sentences, SummaryRequest request) {
        double[] logits = logits(of, text, sentences);
        SentenceChoice choice = new SentenceChoice(text, sentences, of.words(), of.features());
        int[] chosen = choice.choose(logits, new SentenceChooser.Settings(request.budget(), model.redundancy()));
        return choice.summary(
                chosen,
                salience(logits),
                request.headline() ? choice.headline(logits) : "",
                request.keywords() == 0 ? List.of() : keywords.of(text, sentences, of.words(), request.keywords()));
    }

    /** The sentences that it chooses of a text, in its order. */
    public int[] choose(String text, Sentences sentences, Budget budget) {
        return with(text, of -> {
            double[] logits = logits(of, text, sentences);
            return new SentenceChoice(text, sentences, of.words(), of.features())
                    .choose(logits, new SentenceChooser.Settings(budget, model.redundancy()));
        });
    }

    /** The salience of each sentence of a text, 0 to 1. */
    public float[] salience(String text, Sentences sentences) {
        return with(text, of -> salience(logits(of, text, sentences)));
    }

    /** Runs on the thread's buffers. */
    private <T> T with(String text, Function<Scratch, T> work) {
        try {
            return work.apply(scratch.get());
        } finally {
            if (text.length() > LARGEST_KEPT) {
                scratch.remove();
            }
        }
    }

    /** Sums before they are divided by the temperature. */
    private double[] logits(Scratch of, String text, Sentences sentences) {
        of.words().read(text, sentences);
        float[] features = of.features().of(text, sentences, of.words());
        double[] logits = new double[sentences.size()];
        double bias = model.cues().bias()[0];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = bias
                    + of.words().evidence(i)
                    + of.features().projected(i)
                    + model.bins().sum(features, i * model.bins().size());
        }
        return logits;
    }

    private float[] salience(double[] logits) {
        float[] salience = new float[logits.length];
        for (int i = 0; i < salience.length; i++) {
            salience[i] = (float) (1 / (1 + Math.exp(-logits[i] / model.temperature())));
        }
        return salience;
    }

    private record Scratch(DocumentWords words, SalienceFeatures features) {}
}
