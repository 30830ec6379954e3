package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.cli.config.CanonicalJson;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.console.RowCounter;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Evaluation;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.teacher.FittedTeacher;
import dev.stillhouse.teacher.GoldSelection;
import dev.stillhouse.teacher.Labelling;
import dev.stillhouse.teacher.MemberSpec;
import dev.stillhouse.teacher.SoftLabeler;
import dev.stillhouse.teacher.Teacher;
import dev.stillhouse.teacher.TeacherConfig;
import dev.stillhouse.teacher.TeacherModels;
import dev.stillhouse.teacher.endpoint.EndpointConfig;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.Outputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** The stage {@code label}: runs the teacher's model over every document, fits its head on the gold labels, and gives every document the teacher's probabilities. */
final class LabelStage implements Stage {
    /** Folder of the label cache, beside the runs. */
    private static final String CACHE = "cache";

    /** What the published labels were given by, relative to its run. */
    static final String TEACHER_FILE = Datasets.TEACHER + "/teacher.json";

    /** What people should know of the published labels, relative to its run. */
    static final String CARD_FILE = "DATASET_CARD.md";

    private final StageContext context;
    private final TeacherConfig config;
    private final List<MemberSpec> members;

    LabelStage(StageContext context) {
        this.context = context;
        this.config = context.task().teacher();
        this.members = members(context);
    }

    @Override
    public String name() {
        return Datasets.LABEL;
    }

    @Override
    public int version() {
        return 4;
    }

    @Override
    public JsonNode configuration() {
        return CanonicalJson.of(config);
    }

    @Override
    public List<StageInput> inputs() {
        List<StageInput> inputs = new ArrayList<>(List.of(context.input(Datasets.CURATE)));
        for (MemberSpec member : members) {
            member.candidates()
                    .forEach(candidate -> inputs.add(new StageInput(
                            Datasets.TEACHER,
                            candidate.source().name(),
                            candidate.source().identity())));
        }
        return inputs;
    }

    @Override
    public StageOutcome run(RunWriter writer, Progress progress) {
        long start = System.nanoTime();
        PublishedRun curate = context.upstream(Datasets.CURATE);
        Dataset<Row> curatedDF = curate.read(context.spark(), Datasets.CURATED, Curated.SCHEMA);
        Dataset<Row> evaluationDF = curate.read(context.spark(), Datasets.EVALUATION, Evaluation.SCHEMA);
        GoldSelection.Result gold = gold(curatedDF, evaluationDF);
        Path caches = new Path(context.workspace().root(), Datasets.LABEL + "/" + CACHE);
        try (Labelling labelling =
                new Labelling(context.spark(), caches, config.kind().key(), members)) {
            labelling.check(gold.rows());
            Texts texts = new Texts(
                    List.of(evaluationDF, curatedDF), curate.rows(Datasets.CURATED) + curate.rows(Datasets.EVALUATION));
            LabelFigures.Inference inference =
                    infer(labelling, texts, new Purpose(gold.rows(), writer.run()), progress);
            progress.step("head");
            FittedTeacher fitted = labelling.fit(gold.rows());
            Labelled labelled = new Labelled(fitted, gold, inference);
            progress.step("soft labels");
            LabelMeasures measures = new LabelMeasures(context, writer, labelled);
            write(writer, labelled, new Documents(labelling, curatedDF, evaluationDF), measures);
            List<String> warnings = new ArrayList<>(gold.warnings());
            warnings.addAll(fitted.warnings());
            labelled.leftWarning().ifPresent(warnings::add);
            LabelFigures figures = measures.figures((System.nanoTime() - start) / 1e9);
            writer.write(CARD_FILE, new DatasetCard(context.task(), writer.run(), figures).markdown());
            return new StageOutcome(figures, summary(figures), warnings, Optional.empty());
        }
    }

    /** The gold rows, once it is sure that there are rows to judge on. */
    private GoldSelection.Result gold(Dataset<Row> curatedDF, Dataset<Row> evaluationDF) {
        AtomicReference<GoldSelection.Result> gold = new AtomicReference<>();
        Together.run(
                () -> EvaluationRows.check(evaluationDF),
                () -> gold.set(GoldSelection.select(
                        curatedDF, config.gold(), context.task().seed())));
        return gold.get();
    }

    private static void write(RunWriter writer, Labelled labelled, Documents documents, LabelMeasures measures) {
        Teacher teacher = labelled.fitted().teacher();
        SoftLabeler labeler = new SoftLabeler(teacher);
        Dataset<Row> curatedDF = documents.curated();
        writer.write(TEACHER_FILE, teacher.toJson());
        Together.run(
                () -> {
                    write(
                            writer,
                            Datasets.SOFT_LABELS,
                            labeler.label(read(curatedDF), labelled.gold().rows()));
                    measures.countLabels();
                },
                () -> write(writer, Datasets.EVALUATION_LABELS, labeler.label(read(documents.evaluation()), List.of())),
                () -> {
                    writer.write(Datasets.REJECTS, rejects(curatedDF), Rejects.SCHEMA, Rejects.VERSION);
                    measures.countRejects();
                },
                () -> measures.measureUnseen(documents.curatedDF()));
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
        return documents.where(col(Labelling.OUTPUTS).isNotNull());
    }

    /** The curated documents without an output. */
    private static Dataset<Row> rejects(Dataset<Row> documents) {
        return documents
                .where(col(Labelling.OUTPUTS).isNull())
                .withColumn(Rejects.PATH, lit(null).cast(DataTypes.StringType))
                .withColumn(Rejects.POSITION, lit(null).cast(DataTypes.LongType));
    }

    /** The members that the task names; a folder is relative to the task file. */
    private static List<MemberSpec> members(StageContext context) {
        return new TeacherModels(
                        context.task().teacher(),
                        context.loaded()::resolve,
                        context.task().seed())
                .members();
    }

    /** Gets the outputs that the caches lack. */
    private LabelFigures.Inference infer(Labelling labelling, Texts texts, Purpose purpose, Progress progress) {
        try (RowCounter counter = new RowCounter(context.spark().sparkContext())) {
            progress.step("inference", texts.atMost(), counter);
            InferenceMeter meter = new InferenceMeter(context.spark().sparkContext(), counter.accumulator());
            long start = System.nanoTime();
            Outputs.Result result = labelling.fill(texts.documents(), purpose.gold(), purpose.run(), meter);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new LabelFigures.Inference(
                    result.cached(),
                    result.inferred(),
                    result.left(),
                    meter.tokens(),
                    meter.paddingShare(),
                    seconds,
                    asked(meter));
        }
    }

    private Optional<LabelFigures.Asked> asked(InferenceMeter meter) {
        return config.endpoint()
                .map(endpoint -> new LabelFigures.Asked(
                        meter.requests(),
                        meter.answerTokens(),
                        endpoint.price().map(price -> price.of(meter.tokens(), meter.answerTokens())),
                        endpoint.price()
                                .map(EndpointConfig.PriceConfig::currency)
                                .orElse("")));
    }

    /** The documents, and the models' outputs for them. */
    private record Documents(Labelling labelling, Dataset<Row> curatedDF, Dataset<Row> evaluationDF) {

        private Dataset<Row> curated() {
            return labelling.join(curatedDF.select(Curated.ID, Curated.SOURCE, Curated.TEXT_HASH));
        }

        private Dataset<Row> evaluation() {
            return labelling.join(evaluationDF.select(Curated.ID, Curated.SOURCE, Curated.TEXT_HASH));
        }
    }

    /** What came of a run. */
    record Labelled(FittedTeacher fitted, GoldSelection.Result gold, LabelFigures.Inference inference) {

        private Optional<String> leftWarning() {
            return inference.left() == 0
                    ? Optional.empty()
                    : Optional.of(Console.count(inference.left(), "text")
                            + " not labelled, since teacher.endpoint.budget was spent: their documents are in label/rejects as "
                            + Rejects.NOT_LABELLED);
        }
    }

    /**
     * Texts to run.
     *
     * @param documents with text_hash, text and attributes, the most urgent first
     * @param atMost how many there are, copies included
     */
    private record Texts(List<Dataset<Row>> documents, long atMost) {}

    /**
     * What texts are run for.
     *
     * @param run the run that they are run for
     */
    private record Purpose(List<GoldSelection.GoldRow> gold, String run) {}
}
