package dev.stillhouse.student;

import dev.stillhouse.datasets.numeric.LinkRegression;
import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.student.export.EncoderHead;
import dev.stillhouse.student.export.EncoderStudentWriter;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.EncoderLayers;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.ModelFiles;
import dev.stillhouse.udfs.onnx.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Students cut from an encoder, layer by layer. The documents go through the encoder once, for the vectors of all its layers; a head is then fitted on each layer's on the driver, by soft cross-entropy with a penalty that the select part chooses. The encoder's own weights stay as they are. Equal rows and configuration give
 * equal students for any partitioning. Not safe for use by several threads.
 */
public final class EncoderTraining {
    /** Weights of the rows against the penalty, from the strongest penalty to the weakest, each fitted from where the last one ended. */
    private static final double[] GRID = {100, 1_000};

    private static final int ITERATIONS = 30;

    /** Share of the select part on which integer weights must say what float32 says. */
    private static final double LEAST_AGREEMENT = 0.99;

    private final StudentConfig config;
    private final Goal goal;
    private final LearningParts parts;
    private final LayerSource source;
    private final Form fp32;
    private @Nullable LayerRows fit;
    private @Nullable LayerRows select;
    private Optional<Compressed> compressed = Optional.empty();
    private boolean isCompressed;

    EncoderTraining(StudentConfig config, Goal goal, LearningParts parts, LayerSource source) {
        this.config = config;
        this.goal = goal;
        this.parts = parts;
        this.source = source;
        this.fp32 = Form.of(source.spec());
    }

    /** Layers of the encoder. */
    public int layers() {
        return fp32.layers().count();
    }

    /**
     * Trains a head on a layer. The first call runs the documents through the encoder.
     *
     * @param layer from 1
     */
    public EncoderCandidate train(int layer) {
        LayerRows fitRows = fit();
        LayerRows selectRows = select();
        EncoderHead trained = head(fitRows, selectRows, layer);
        Judged judged = judged(trained, selectRows, layer);
        Optional<Judged> integers = compressed().map(form -> judged(trained, form.select(), layer));
        boolean agrees = integers.filter(form -> form.agreement(judged) >= LEAST_AGREEMENT)
                .isPresent();
        Judged published = agrees ? integers.orElseThrow() : judged;
        Form form = agrees ? compressed().orElseThrow().form() : fp32;
        SelectFigures figures = published.figures();
        String name = "layer " + layer + " of " + layers();
        return new EncoderCandidate(
                layer,
                form.cut(layer, published.head(), goal.labels()),
                fp32.cut(layer, judged.head(), goal.labels()),
                figures,
                List.of(new Candidate.Variant(
                        StudentConfig.Kind.ENCODER,
                        name,
                        fp32.layers().dimensions(),
                        0,
                        figures.loss(),
                        figures.agreement(),
                        true)));
    }

    /** Rows of the parts; of the fit part, those that go through the encoder are counted. */
    public Training.Counts rows() {
        return new Training.Counts(fit().rows().length, parts.counts().select());
    }

    /** How students of a layer do that learn from fewer rows: a half, a quarter and so on, in rising order, as {@link Training#curve} does. */
    public List<Training.CurvePoint> curve(int layer) {
        List<Training.CurvePoint> points = new ArrayList<>();
        for (int halvings = config.learningCurve(); halvings > 0; halvings--) {
            LayerRows fewer = fit().first(Math.pow(2, -halvings));
            EncoderHead head = head(fewer, select(), layer);
            points.add(new Training.CurvePoint(
                    fewer.rows().length, judged(head, select(), layer).figures()));
        }
        return points;
    }

    private LayerRows fit() {
        LayerRows rows = fit;
        if (rows == null) {
            rows = reader(fp32).read(parts.fitDF());
            fit = rows;
        }
        return rows;
    }

    private LayerRows select() {
        LayerRows rows = select;
        if (rows == null) {
            rows = reader(fp32).read(parts.selectDF());
            select = rows;
        }
        return rows;
    }

    private Optional<Compressed> compressed() {
        if (!isCompressed) {
            compressed = source.compressed().flatMap(this::compressed);
            isCompressed = true;
        }
        return compressed;
    }

    /** None where the form with integer weights cannot be cut or read, or is another encoder: float32 is published then. */
    private Optional<Compressed> compressed(EncoderSpec spec) {
        try {
            Form form = Form.of(spec);
            boolean isAlike = form.layers().count() == fp32.layers().count()
                    && form.layers().dimensions() == fp32.layers().dimensions();
            return isAlike ? Optional.of(new Compressed(form, reader(form).read(parts.selectDF()))) : Optional.empty();
        } catch (DataException e) {
            return Optional.empty();
        }
    }

    private LayerRows.Reader reader(Form form) {
        return new LayerRows.Reader(
                source,
                form.vectors(),
                form.layers().count(),
                form.layers().dimensions(),
                SoftTargets.trained(goal, config),
                SoftTargets.trained(goal, config).judged((float) config.weightOfGold()));
    }

    private static EncoderHead head(LayerRows fit, LayerRows select, int layer) {
        LinkRegression regression = new LinkRegression(Link.SOFTMAX, fit.vectors(layer), fit.trained());
        float[][] held = select.vectors(layer);
        LinkRegression.Fit last = null;
        EncoderHead best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double c : GRID) {
            last = last == null ? regression.fit(c, ITERATIONS) : regression.fit(c, ITERATIONS, last.point());
            EncoderHead head = new EncoderHead(last.weights(), last.bias(), 1);
            List<Prediction> predictions = predictions(head, held, select.trained());
            double loss = TemperatureScaling.loss(
                    Link.SOFTMAX, predictions, TemperatureScaling.fit(Link.SOFTMAX, predictions));
            if (best != null && !(loss < least)) {
                return best;
            }
            best = head;
            least = loss;
        }
        if (best == null) {
            throw new IllegalStateException("Cannot fit a head: the grid of penalties is empty");
        }
        return best;
    }

    private static List<Prediction> predictions(EncoderHead head, float[][] vectors, double[][] targets) {
        return IntStream.range(0, vectors.length)
                .mapToObj(row -> new Prediction(head.logits(vectors[row]), targets[row], 1))
                .toList();
    }

    private static Judged judged(EncoderHead head, LayerRows select, int layer) {
        float[][] vectors = select.vectors(layer);
        LayerRows.Part soft = select.soft();
        LayerRows.Part gold = select.gold();
        List<Prediction> predictions = predictions(head, soft.of(vectors), soft.targets());
        float temperature = (float) TemperatureScaling.fit(
                Link.SOFTMAX, Held.together(predictions, predictions(head, gold.of(vectors), gold.targets())));
        predictions.forEach(one -> Link.SOFTMAX.apply(one.logits(), temperature));
        SelectFigures figures = SelectLabels.chosen(new SelectLabels.Believed(predictions, SelectLabels.USUAL_SHARE));
        EncoderHead calibrated = head.withTemperature(temperature);
        int[] labels = Arrays.stream(vectors)
                .mapToInt(vector -> Link.first(head.logits(vector)))
                .toArray();
        return new Judged(calibrated, figures, labels);
    }

    /**
     * A calibrated head, and what it says of the select part.
     *
     * @param labels of its rows, most probable ones
     */
    private record Judged(EncoderHead head, SelectFigures figures, int[] labels) {
        double agreement(Judged other) {
            int alike = 0;
            for (int row = 0; row < labels.length; row++) {
                alike += labels[row] == other.labels[row] ? 1 : 0;
            }
            return (double) alike / labels.length;
        }
    }

    private record Compressed(Form form, LayerRows select) {}

    /** The encoder in a numeric form, with its layers. */
    private record Form(EncoderSpec spec, EncoderLayers layers) {
        static Form of(EncoderSpec spec) {
            return new Form(spec, EncoderLayers.of(spec));
        }

        /** What gives the vectors of all layers. */
        EncoderSpec vectors() {
            byte[] graph = new EncoderStudentWriter(spec, layers).vectors();
            return EncoderSpec.of(
                            spec.name(),
                            new ModelFiles.Loaded(graph, spec.files().tokenizer()),
                            spec.maxTokens())
                    .withReading(Reading.LOGITS)
                    .withPrefix(spec.prefix());
        }

        EncoderCandidate.Cut cut(int layer, EncoderHead head, List<String> labels) {
            return new EncoderCandidate.Cut(spec, layers, layer, head, labels);
        }
    }
}
