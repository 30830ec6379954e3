package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.config.CanonicalJson;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.datasets.concurrent.Together;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.CrossFitted;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Evaluation;
import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.teacher.CrossFitter;
import dev.stillhouse.teacher.FittedTeacher;
import dev.stillhouse.teacher.GoldSelection;
import dev.stillhouse.teacher.Labelling;
import dev.stillhouse.teacher.MemberSpec;
import dev.stillhouse.teacher.Mixture;
import dev.stillhouse.teacher.SoftLabeler;
import dev.stillhouse.teacher.Teacher;
import dev.stillhouse.teacher.TeacherConfig;
import dev.stillhouse.teacher.TeacherModels;
import dev.stillhouse.teacher.choice.Corrections;
import dev.stillhouse.teacher.choice.ReviewConfig;
import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
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

    /** What people are asked about, relative to its run. */
    private static final String REVIEW_FILE = "review.jsonl";

    private final StageContext context;
    private final TeacherConfig config;
    private final List<MemberSpec> members;
    private final Corrections corrections;

    LabelStage(StageContext context) {
        this.context = context;
        this.config = context.task().teacher();
        this.members = members(context);
        this.corrections = config.corrections()
                .map(path -> Corrections.read(
                        new Path(context.loaded().resolve(path)),
                        context.spark().sessionState().newHadoopConf()))
                .orElseGet(Corrections::none);
    }

    @Override
    public String name() {
        return Datasets.LABEL;
    }

    @Override
    public int version() {
        return 7;
    }

    @Override
    public JsonNode configuration() {
        ObjectNode configuration = CanonicalJson.of(config);
        configuration.put("learns", context.task().kind().link().key());
        return configuration;
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
        config.corrections().ifPresent(path -> inputs.add(new StageInput("corrections", path, corrections.identity())));
        return inputs;
    }

    @Override
    public List<String> plan() {
        PublishedRun curate = context.upstream(Datasets.CURATE);
        Dataset<Row> curatedDF = curate.read(context.spark(), Datasets.CURATED, Curated.SCHEMA);
        Dataset<Row> evaluationDF = curate.read(context.spark(), Datasets.EVALUATION, Evaluation.SCHEMA);
        long evaluation = curate.rows(Datasets.EVALUATION);
        LabelPlan plan =
                LabelPlan.of(config.budget(), evaluation + config.gold(), evaluation + curate.rows(Datasets.CURATED));
        try (Labelling labelling =
                new Labelling(context.spark(), caches(context), config.kind().key(), members, System::nanoTime)) {
            return plan.sentences(labelling.plan(List.of(evaluationDF, curatedDF)));
        }
    }

    @Override
    public StageOutcome run(RunWriter writer, Progress progress) {
        long start = System.nanoTime();
        PublishedRun curate = context.upstream(Datasets.CURATE);
        Dataset<Row> curatedDF = curate.read(context.spark(), Datasets.CURATED, Curated.SCHEMA);
        Dataset<Row> evaluationDF = curate.read(context.spark(), Datasets.EVALUATION, Evaluation.SCHEMA);
        GoldSelection.Result gold = gold(curatedDF, evaluationDF);
        try (Labelling labelling = new Labelling(
                        context.spark(), caches(context), config.kind().key(), members, System::nanoTime);
                LabelInference inference = new LabelInference(
                        context.spark().sparkContext(), labelling, gold.rows(), writer.run(), progress);
                LabelRounds rounds = new LabelRounds(context, labelling, inference, gold.rows(), progress)) {
            labelling.check(gold.rows());
            Optional<LabelRounds.Result> chosen =
                    config.budget().map(budget -> rounds.run(curatedDF, evaluationDF, budget));
            if (chosen.isEmpty()) {
                inference.fill(
                        List.of(evaluationDF, curatedDF),
                        curate.rows(Datasets.CURATED) + curate.rows(Datasets.EVALUATION));
            }
            progress.step("head");
            FittedTeacher fitted = chosen.map(LabelRounds.Result::fitted).orElseGet(() -> labelling.fit(gold.rows()));
            Labelled labelled = new Labelled(
                    fitted, gold, chosen.map(LabelRounds.Result::figures), inference.figures(config.endpoint()));
            progress.step("soft labels");
            LabelMeasures measures = new LabelMeasures(context, writer, labelled);
            Documents documents =
                    new Documents(labelling, curatedDF, evaluationDF, chosen.map(LabelRounds.Result::chosenDF));
            write(writer, labelled, documents, measures);
            config.review().ifPresent(review -> review(review, writer, labelled, curatedDF));
            List<String> warnings = new ArrayList<>(gold.warnings());
            warnings.addAll(fitted.warnings());
            labelled.leftWarning().ifPresent(warnings::add);
            LabelFigures figures = measures.figures((System.nanoTime() - start) / 1e9);
            requireLabels(figures);
            writer.write(CARD_FILE, new DatasetCard(context.task(), writer.run(), figures).markdown());
            return new StageOutcome(figures, summary(figures), warnings, Optional.empty());
        }
    }

    /** Folder of the label caches. */
    static Path caches(StageContext context) {
        return new Path(context.workspace().root(), Datasets.LABEL + "/" + CACHE);
    }

    /** The gold rows, once it is sure that there are rows to judge on. */
    private GoldSelection.Result gold(Dataset<Row> curatedDF, Dataset<Row> evaluationDF) {
        AtomicReference<GoldSelection.Result> gold = new AtomicReference<>();
        Together.run(
                () -> EvaluationRows.check(evaluationDF, context.task().kind().link()),
                () -> gold.set(GoldSelection.select(
                        curatedDF,
                        new GoldSelection.Request(
                                context.task().kind().link(),
                                config.gold(),
                                context.task().seed(),
                                corrections))));
        return gold.get();
    }

    private void write(RunWriter writer, Labelled labelled, Documents documents, LabelMeasures measures) {
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
                () -> crossFit(writer, labelled, read(documents.corpus())),
                () -> {
                    writer.write(Datasets.REJECTS, rejects(curatedDF), Rejects.SCHEMA, Rejects.VERSION);
                    measures.countRejects();
                },
                () -> measures.measureUnseen(documents.curatedDF()));
    }

    /** What the student is told how sure to be by; only a teacher that has learned from gold needs it. */
    private void crossFit(RunWriter writer, Labelled labelled, Dataset<Row> documentsDF) {
        List<Mixture> folds = labelled.fitted().folds();
        if (!folds.isEmpty()) {
            writer.write(
                    Datasets.CROSS_FITTED,
                    new CrossFitter(folds, context.task().seed())
                            .label(documentsDF, labelled.gold().rows()),
                    CrossFitted.SCHEMA,
                    CrossFitted.VERSION);
        }
    }

    private void review(ReviewConfig review, RunWriter writer, Labelled labelled, Dataset<Row> curatedDF) {
        List<String> labels = labelled.fitted().teacher().mixture().labels();
        writer.write(REVIEW_FILE, new ReviewFile(labels, review).lines(writer.read(Datasets.SOFT_LABELS), curatedDF));
    }

    /** An empty dataset would be served in the place of the last good one. */
    private static void requireLabels(LabelFigures figures) {
        if (figures.documents() == 0) {
            String reasons = figures.rejectedByReason().entrySet().stream()
                    .map(reason -> reason.getKey() + ": " + Console.count(reason.getValue(), "document"))
                    .collect(Collectors.joining(", "));
            throw new DataException(
                    "Cannot label: " + figures.model() + " gave probabilities for none of the documents (" + reasons
                            + "). Check what the teacher gives, then run label again");
        }
    }

    private static String summary(LabelFigures figures) {
        return Console.count(figures.documents(), "document") + " labelled by " + figures.model() + " from "
                + Console.count(figures.gold(), "gold row") + " of "
                + (figures.unseenScores().isPresent()
                        ? "scores, "
                        : Console.count(figures.labels().size(), "label") + ", ")
                + Console.count(Math.round(figures.stageDocsPerSecond()))
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
    static List<MemberSpec> members(StageContext context) {
        return new TeacherModels(
                        context.task().teacher(),
                        context.task().kind().link(),
                        context.loaded()::resolve,
                        context.task().seed())
                .members();
    }

    /**
     * The documents, and the models' outputs for them.
     *
     * @param chosenDF the texts that are labelled, (text_hash, representative); empty for all
     */
    private record Documents(
            Labelling labelling, Dataset<Row> curatedDF, Dataset<Row> evaluationDF, Optional<Dataset<Row>> chosenDF) {

        private Dataset<Row> curated() {
            return labelled(curatedDF);
        }

        /** The curated documents that are not for evaluation. */
        private Dataset<Row> corpus() {
            return labelled(curatedDF.where(col(Curated.PART).equalTo(Curated.CORPUS)));
        }

        private Dataset<Row> labelled(Dataset<Row> documentsDF) {
            Dataset<Row> keysDF = keys(documentsDF);
            if (chosenDF.isEmpty()) {
                return labelling.join(keysDF.withColumn(SoftLabels.REPRESENTATIVE, lit(true)));
            }
            // An earlier run may have paid for others; they are none of this one's, which must not depend on what is
            // cached.
            Column isChosen = col(SoftLabels.REPRESENTATIVE).isNotNull();
            return labelling
                    .join(keysDF.join(chosenDF.get(), new String[] {Curated.TEXT_HASH}, "left_outer"))
                    .withColumn(Labelling.OUTPUTS, when(isChosen, col(Labelling.OUTPUTS)))
                    .withColumn(
                            ModelOutputs.REASON,
                            when(isChosen, col(ModelOutputs.REASON)).otherwise(lit(Rejects.BEYOND_BUDGET)));
        }

        private Dataset<Row> evaluation() {
            return labelling.join(keys(evaluationDF).withColumn(SoftLabels.REPRESENTATIVE, lit(true)));
        }

        private static Dataset<Row> keys(Dataset<Row> documentsDF) {
            return documentsDF.select(Curated.ID, Curated.SOURCE, Curated.TEXT_HASH);
        }
    }

    /** What came of a run. */
    record Labelled(
            FittedTeacher fitted,
            GoldSelection.Result gold,
            Optional<LabelFigures.Chosen> chosen,
            LabelFigures.Inference inference) {

        private Optional<String> leftWarning() {
            return inference.left() == 0
                    ? Optional.empty()
                    : Optional.of(Console.count(inference.left(), "text")
                            + " not labelled, since teacher.endpoint.budget was spent: their documents are in label/rejects as "
                            + Rejects.NOT_LABELLED);
        }
    }
}
