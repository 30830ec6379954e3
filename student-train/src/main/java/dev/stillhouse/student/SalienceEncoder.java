package dev.stillhouse.student;

import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.summary.FeatureBins;
import dev.stillhouse.udfs.summary.SalienceFeature;
import dev.stillhouse.udfs.summary.SalienceFeatures;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import dev.stillhouse.udfs.text.SpacedText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Documents to the examples that a model of their sentences learns from, an example a sentence: rows 0 and on are the bins of the features, one of each, after them come the dimensions of its vector, and then the rows of the vocabulary. Rows in are (piece, text, saliences), those of a piece together and in order.
 *
 * @param vocabulary words and pairs of words
 * @param vectors of words, as the model will have them; their projection is not looked at
 * @param edges of the bins, by feature
 */
record SalienceEncoder(Vocabulary vocabulary, StudentModel.Vectors vectors, float[][] edges)
        implements MapPartitionsFunction<Row, byte[]> {
    private static final long serialVersionUID = 1L;

    /** Sentences of a block of examples at most, but for those of one document. */
    private static final int MOST = 20_000;

    /** Rows that are bins. */
    int bins() {
        int bins = 0;
        for (float[] of : edges) {
            bins += of.length + 1;
        }
        return bins;
    }

    /** Weights to learn, but for the bias. */
    int size() {
        return first() + vocabulary.ngrams();
    }

    /** The first row of the vocabulary. */
    private int first() {
        return bins() + dimensions();
    }

    int dimensions() {
        return vectors.isEmpty() ? 0 : vectors.dimensions();
    }

    /** Bins without weights. */
    FeatureBins unweighted() {
        float[][] weights = new float[edges.length][];
        for (int f = 0; f < edges.length; f++) {
            weights[f] = new float[edges[f].length + 1];
        }
        return new FeatureBins(edges, weights);
    }

    @Override
    public Iterator<byte[]> call(Iterator<Row> rows) {
        List<byte[]> blocks = new ArrayList<>();
        Work work = new Work();
        int piece = -1;
        while (rows.hasNext()) {
            Row row = rows.next();
            if (work.size() > 0 && (row.getInt(0) != piece || work.size() >= MOST)) {
                blocks.add(work.block(piece));
            }
            piece = row.getInt(0);
            work.add(row.getString(1), row.getList(2));
        }
        if (work.size() > 0) {
            blocks.add(work.block(piece));
        }
        return blocks.iterator();
    }

    /** Examples in the making. */
    private final class Work {
        private final Vocabulary.Encoder encoder = vocabulary.encoder();
        private final SentenceSplitter splitter = new SentenceSplitter();
        private final SalienceFeatures features = new SalienceFeatures(vectors);
        private final FeatureBins bins = unweighted();
        private final int afterBins = bins();
        private final int first = first();
        private Sparse.Builder examples = new Sparse.Builder();
        private List<Float> targets = new ArrayList<>();
        private int number;

        int size() {
            return examples.size();
        }

        void add(String text, List<Float> saliences) {
            Sentences sentences = splitter.split(text);
            if (sentences.size() != saliences.size()) {
                throw new IllegalStateException("Cannot learn from a document: it has " + sentences.size()
                        + " sentences and labels of " + saliences.size());
            }
            SalienceFeatures.Described described = features.describe(text, sentences);
            for (int i = 0; i < sentences.size(); i++) {
                String sentence = SpacedText.of(text.substring(sentences.begin(i), sentences.end(i)));
                examples.add(binned(described.features(), i * SalienceFeature.size())
                        .and(dense(described.vectors()[i]))
                        .and(shifted(encoder.encode(sentence).ngrams())));
                targets.add(saliences.get(i));
            }
        }

        private Sparse.Document binned(float[] values, int start) {
            int[] rows = new int[bins.size()];
            float[] ones = new float[bins.size()];
            int before = 0;
            for (int f = 0; f < rows.length; f++) {
                rows[f] = before + bins.bin(f, values[start + f]);
                ones[f] = 1;
                before += bins.edges()[f].length + 1;
            }
            return new Sparse.Document(rows, ones);
        }

        private Sparse.Document dense(float[] vector) {
            int[] rows = new int[vector.length];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = afterBins + i;
            }
            return new Sparse.Document(rows, vector);
        }

        private Sparse.Document shifted(Sparse.Document ngrams) {
            int[] rows = ngrams.rows().clone();
            for (int i = 0; i < rows.length; i++) {
                rows[i] += first;
            }
            return new Sparse.Document(rows, ngrams.values());
        }

        byte[] block(int piece) {
            float[] aims = new float[targets.size()];
            for (int i = 0; i < aims.length; i++) {
                aims[i] = targets.get(i);
            }
            Examples all = new Examples(examples.build(), Sparse.empty(examples.size()), aims, 1);
            examples = new Sparse.Builder();
            targets = new ArrayList<>();
            return new ShardEpochs.Piece(piece, number++, all).toBytes();
        }
    }
}
