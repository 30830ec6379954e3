package dev.stillhouse.student;

import dev.stillhouse.student.export.EncoderHead;
import dev.stillhouse.student.export.EncoderHeads;
import dev.stillhouse.student.export.EncoderStudentWriter;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.EncoderLayers;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.ModelFiles;
import dev.stillhouse.udfs.onnx.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Students cut from an encoder, layer by layer. The documents go through the encoder once, for the vectors of all its layers; a head is then fitted on each layer's on the driver, by soft cross-entropy with a penalty that the select part chooses. The encoder's own weights stay as they are. Equal rows and configuration give
 * equal students for any partitioning. Not safe for use by several threads.
 */
public final class EncoderTraining {
    /** Share of the select part on which integer weights must say what float32 says. */
    private static final double LEAST_AGREEMENT = 0.99;

    private final StudentConfig config;
    private final Goal goal;
    private final LearningParts parts;
    private final LayerSource source;
    private final Form fp32;
    private @Nullable LayerRows fit;
    private @Nullable LayerRows select;
    private @Nullable Cut uncompressed;
    private Optional<Cut> compressed = Optional.empty();
    private boolean isCompressed;
    private final Map<Integer, EncoderHead> heads = new HashMap<>();

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
        Cut cut = published(layer);
        LayerHead exact = uncompressed().calibrated(layer);
        LayerHead head = cut.calibrated(layer);
        return candidate(
                layer,
                new Editions(
                        cut.edition(EncoderHeads.of(layer, head.head())),
                        uncompressed().edition(EncoderHeads.of(layer, exact.head()))),
                LayerHead.figures(head.probabilities(), cut.select()),
                "");
    }

    /**
     * The student of a layer with exits before it, at which texts leave that layers there are sure of; empty where too few would, or the encoder's operators are too old for it.
     *
     * @param layer from 1
     */
    public Optional<EncoderCandidate> withExits(int layer) {
        if (!fp32.canExit()) {
            return Optional.empty();
        }
        EarlyExits exact = uncompressed().exits(layer);
        Cut cut = published(layer);
        EarlyExits exits = cut.form.canExit() ? cut.exits(layer) : exact;
        if (exits.agreement(exact) < LEAST_AGREEMENT || !cut.form.canExit()) {
            cut = uncompressed();
            exits = exact;
        }
        if (exits.exits().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(candidate(
                layer,
                new Editions(
                        cut.edition(cut.heads(layer, exits)),
                        uncompressed().edition(uncompressed().heads(layer, exact))),
                LayerHead.figures(exits.probabilities(), cut.select()),
                exits.exits().stream()
                        .map(exit -> Integer.toString(exit.layer()))
                        .collect(Collectors.joining(" and ", ", exits at ", ""))));
    }

    private EncoderCandidate candidate(int layer, Editions editions, SelectFigures figures, String exits) {
        return new EncoderCandidate(
                layer,
                editions.compressed(),
                editions.uncompressed(),
                figures,
                List.of(new Candidate.Variant(
                        StudentConfig.Kind.ENCODER,
                        "layer " + layer + " of " + layers() + exits,
                        fp32.layers().dimensions(),
                        0,
                        figures.loss(),
                        figures.agreement(),
                        true)));
    }

    /** What is published of a layer: integer weights where they say the same, else float32. */
    private Cut published(int layer) {
        LayerHead exact = uncompressed().calibrated(layer);
        return compressed()
                .filter(form -> form.calibrated(layer).agreement(exact) >= LEAST_AGREEMENT)
                .orElseGet(this::uncompressed);
    }

    private Cut uncompressed() {
        Cut made = uncompressed;
        if (made == null) {
            made = new Cut(fp32, select());
            uncompressed = made;
        }
        return made;
    }

    /** The layer's head before temperature, fitted once on vectors in float32. */
    private EncoderHead head(int layer) {
        return heads.computeIfAbsent(layer, one -> LayerHead.fit(fit(), select(), one));
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
            LayerHead head = LayerHead.calibrated(LayerHead.fit(fewer, select(), layer), select(), layer);
            points.add(new Training.CurvePoint(fewer.rows().length, LayerHead.figures(head.probabilities(), select())));
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

    private Optional<Cut> compressed() {
        if (!isCompressed) {
            compressed = source.compressed().flatMap(this::compressed);
            isCompressed = true;
        }
        return compressed;
    }

    /** None where the form with integer weights cannot be cut or read, or is another encoder: float32 is published then. */
    private Optional<Cut> compressed(EncoderSpec spec) {
        try {
            Form form = Form.of(spec);
            boolean isAlike = form.layers().count() == fp32.layers().count()
                    && form.layers().dimensions() == fp32.layers().dimensions();
            return isAlike ? Optional.of(new Cut(form, reader(form).read(parts.selectDF()))) : Optional.empty();
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

    private record Editions(Edition compressed, Edition uncompressed) {}

    /** A form of the encoder, and the select part's vectors in it. */
    private final class Cut {
        private final Form form;
        private final LayerRows select;
        private final Map<Integer, LayerHead> calibrated = new HashMap<>();

        private Cut(Form form, LayerRows select) {
            this.form = form;
            this.select = select;
        }

        private LayerRows select() {
            return select;
        }

        private LayerHead calibrated(int layer) {
            return calibrated.computeIfAbsent(layer, one -> LayerHead.calibrated(head(one), select, one));
        }

        private EarlyExits exits(int layer) {
            return EarlyExits.before(layer, before -> calibrated(before).probabilities());
        }

        private EncoderHeads heads(int layer, EarlyExits exits) {
            return new EncoderHeads(
                    exits.exits().stream()
                            .map(exit -> new EncoderHeads.Early(
                                    exit, calibrated(exit.layer()).head()))
                            .toList(),
                    layer,
                    calibrated(layer).head());
        }

        private Edition edition(EncoderHeads heads) {
            return new EncoderCandidate.Cut(form.spec(), form.layers(), heads, goal.labels());
        }
    }

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

        boolean canExit() {
            return new EncoderStudentWriter(spec, layers).canExit();
        }
    }
}
