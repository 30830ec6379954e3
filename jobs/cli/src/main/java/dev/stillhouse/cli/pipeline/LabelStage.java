package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.cli.config.CanonicalJson;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.console.RowCounter;
import dev.stillhouse.cli.measures.Counts;
import dev.stillhouse.cli.measures.UnseenMeasures;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Evaluation;
import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.teacher.FittedHead;
import dev.stillhouse.teacher.GoldSelection;
import dev.stillhouse.teacher.Head;
import dev.stillhouse.teacher.HeadFitting;
import dev.stillhouse.teacher.InferenceMeter;
import dev.stillhouse.teacher.OutputCache;
import dev.stillhouse.teacher.SoftLabeler;
import dev.stillhouse.teacher.TeacherConfig;
import dev.stillhouse.teacher.TeacherScorer;
import dev.stillhouse.udfs.onnx.CatalogueModel;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/** The stage {@code label}: runs the teacher's model over every document, fits its head on the gold labels, and gives every document the teacher's probabilities. */
final class LabelStage implements Stage {
    /** Folder of the label cache, beside the runs. */
    private static final String CACHE = "cache";

    private final StageContext context;
    private final TeacherConfig config;
    private final EncoderSpec encoder;

    LabelStage(StageContext context) {
        this.context = context;
        this.config = context.task().teacher();
        this.encoder = encoder(context);
    }

    @Override
    public String name() {
        return Datasets.LABEL;
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public JsonNode configuration() {
        return CanonicalJson.of(config);
    }

    @Override
    public List<StageInput> inputs() {
        return List.of(context.input(Datasets.CURATE), input(encoder));
    }

    /** An encoder as an input. */
    static StageInput input(EncoderSpec encoder) {
        return new StageInput(
                Datasets.TEACHER, encoder.name(), encoder.modelSha256() + ":" + encoder.tokenizerSha256());
    }

    @Override
    public StageOutcome run(RunWriter writer, Progress progress) {
        long start = System.nanoTime();
        PublishedRun curate = context.upstream(Datasets.CURATE);
        Dataset<Row> curatedDF = curate.read(context.spark(), Datasets.CURATED, Curated.SCHEMA);
        Dataset<Row> evaluationDF = curate.read(context.spark(), Datasets.EVALUATION, Evaluation.SCHEMA);
        EvaluationRows.check(evaluationDF);
        GoldSelection.Result gold =
                GoldSelection.select(curatedDF, config.gold(), context.task().seed());
        HeadFitting fitting = config.fitting(encoder);
        fitting.check(gold.rows());
        OutputCache cache = new OutputCache(
                context.spark(), new Path(context.workspace().root(), Datasets.LABEL + "/" + CACHE), encoder);
        LabelFigures.Inference inference = infer(
                cache,
                new Texts(
                        curatedDF.union(evaluationDF),
                        writer.run(),
                        curate.rows(Datasets.CURATED) + curate.rows(Datasets.EVALUATION)),
                progress);
        Dataset<Row> outputsDF = cache.outputs().persist(StorageLevel.MEMORY_AND_DISK());
        try {
            progress.step("head");
            FittedHead fitted = fitting.fit(outputsDF, gold.rows());
            String teacher = TeacherScorer.identity(encoder, config.precision(), fitted.head());
            Labelled labelled = new Labelled(teacher, gold, fitted, inference);
            progress.step("soft labels");
            write(writer, labelled, withOutputs(curatedDF, outputsDF), withOutputs(evaluationDF, outputsDF));
            List<String> warnings = new ArrayList<>(gold.warnings());
            warnings.addAll(fitted.warnings());
            LabelFigures figures = figures(labelled, curatedDF, writer, (System.nanoTime() - start) / 1e9);
            return new StageOutcome(figures, summary(figures), warnings, Optional.empty());
        } finally {
            outputsDF.unpersist();
        }
    }

    private static void write(
            RunWriter writer, Labelled labelled, Dataset<Row> documentsDF, Dataset<Row> evaluationDF) {
        Head head = labelled.fitted().head();
        SoftLabeler labeler = new SoftLabeler(head, labelled.teacher());
        writer.write(Datasets.TEACHER + "/head.json", head.toJson());
        write(
                writer,
                Datasets.SOFT_LABELS,
                labeler.label(read(documentsDF), labelled.gold().rows()));
        write(writer, Datasets.EVALUATION_LABELS, labeler.label(read(evaluationDF), List.of()));
        writer.write(Datasets.REJECTS, rejects(documentsDF), Rejects.SCHEMA, Rejects.VERSION);
    }

    private static Dataset<Row> withOutputs(Dataset<Row> documents, Dataset<Row> outputsDF) {
        return documents
                .select(Curated.ID, Curated.SOURCE, Curated.TEXT_HASH)
                .join(outputsDF, new String[] {ModelOutputs.TEXT_HASH});
    }

    private static String summary(LabelFigures figures) {
        return Console.count(figures.documents(), "document") + " labelled by " + figures.model() + " from "
                + Console.count(figures.gold(), "gold label") + " of "
                + figures.labels().size() + " topics, " + Console.count(Math.round(figures.stageDocsPerSecond()))
                + " documents/s";
    }

    private static void write(RunWriter writer, String dataset, Dataset<Row> labels) {
        writer.write(dataset, labels, SoftLabels.SCHEMA, SoftLabels.VERSION);
    }

    private static Dataset<Row> read(Dataset<Row> documents) {
        return documents.where(col(ModelOutputs.OUTPUT).isNotNull());
    }

    /** The curated documents without an output. */
    private static Dataset<Row> rejects(Dataset<Row> documents) {
        return documents
                .where(col(ModelOutputs.OUTPUT).isNull())
                .withColumn(Rejects.PATH, lit(null).cast(DataTypes.StringType))
                .withColumn(Rejects.POSITION, lit(null).cast(DataTypes.LongType));
    }

    private LabelFigures figures(Labelled labelled, Dataset<Row> curatedDF, RunWriter writer, double seconds) {
        Head head = labelled.fitted().head();
        Map<String, Long> goldByLabel = labelled.gold().rows().stream()
                .collect(Collectors.groupingBy(GoldSelection.GoldRow::label, Collectors.counting()));
        Column best = array_position(col(SoftLabels.PROBABILITIES), array_max(col(SoftLabels.PROBABILITIES)));
        Map<String, Long> byLabel = new LinkedHashMap<>();
        Counts.by(context.read(writer, Datasets.SOFT_LABELS).withColumn("best", best), "best")
                .forEach((position, rows) -> byLabel.put(head.labels().get(Integer.parseInt(position) - 1), rows));
        return new LabelFigures(
                labelled.teacher(),
                config.kind().key(),
                config.model(),
                config.precision().name().toLowerCase(Locale.ROOT),
                config.maxTokens(),
                labelled.gold().rows().size(),
                Counts.sorted(goldByLabel),
                head.labels(),
                writer.rows(Datasets.SOFT_LABELS),
                byLabel,
                head.temperature(),
                labelled.fitted().choice(),
                new UnseenMeasures(labelled.fitted(), context.task().seed())
                        .of(curatedDF, context.task().report().examples()),
                Counts.by(context.read(writer, Datasets.REJECTS), Rejects.REASON),
                labelled.inference(),
                writer.rows(Datasets.SOFT_LABELS) / seconds);
    }

    /** The encoder that the task names; a folder is relative to the task file. */
    private static EncoderSpec encoder(StageContext context) {
        TeacherConfig teacher = context.task().teacher();
        String model = CatalogueModel.of(teacher.model()).isPresent()
                ? teacher.model()
                : context.loaded().resolve(teacher.model());
        return teacher.encoder(model);
    }

    /** Runs the texts that the cache lacks. */
    private LabelFigures.Inference infer(OutputCache cache, Texts texts, Progress progress) {
        try (RowCounter counter = new RowCounter(context.spark().sparkContext())) {
            progress.step("inference", texts.atMost(), counter);
            InferenceMeter meter = new InferenceMeter(context.spark().sparkContext(), counter.accumulator());
            long start = System.nanoTime();
            OutputCache.Result result = cache.fill(texts.rows(), texts.run(), meter);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new LabelFigures.Inference(
                    result.cached(), result.inferred(), meter.tokens(), meter.paddingShare(), seconds);
        }
    }

    /**
     * What came of a run.
     *
     * @param teacher identity of the teacher
     */
    private record Labelled(
            String teacher, GoldSelection.Result gold, FittedHead fitted, LabelFigures.Inference inference) {}

    /**
     * Texts to run.
     *
     * @param rows with text_hash and text
     * @param run the run they are run for
     * @param atMost how many there are, copies included
     */
    private record Texts(Dataset<Row> rows, String run, long atMost) {}
}
