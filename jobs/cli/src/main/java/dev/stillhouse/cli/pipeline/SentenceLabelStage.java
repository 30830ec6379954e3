package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.config.CanonicalJson;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.measures.Counts;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Evaluation;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.reports.record.SentenceLabelFigures;
import dev.stillhouse.teacher.TeacherConfig;
import dev.stillhouse.teacher.sentences.SentenceTeacher;
import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** The stage {@code label} of a task that summarises: the teacher says of each sentence of each document how much it says. */
final class SentenceLabelStage implements Stage {
    /** What the published labels were given by, relative to its run. */
    static final String TEACHER_FILE = Datasets.TEACHER + "/teacher.json";

    private static final String LABELLED = "labelled";

    private final StageContext context;
    private final TeacherConfig config;
    private final SentenceTeacher teacher;

    SentenceLabelStage(StageContext context) {
        this.context = context;
        this.config = context.task().teacher();
        this.teacher = SentenceTeachers.of(context);
    }

    @Override
    public String name() {
        return Datasets.LABEL;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public JsonNode configuration() {
        ObjectNode configuration = CanonicalJson.of(config);
        configuration.put("learns", "summarize");
        configuration.put("budget", context.task().summarize().budget().text());
        return configuration;
    }

    @Override
    public List<StageInput> inputs() {
        return List.of(
                context.input(Datasets.CURATE), new StageInput(Datasets.TEACHER, teacher.name(), teacher.identity()));
    }

    @Override
    public List<String> plan() {
        PublishedRun curate = context.upstream(Datasets.CURATE);
        List<Dataset<Row>> documents = List.of(
                curate.read(context.spark(), Datasets.EVALUATION, Evaluation.SCHEMA),
                curate.read(context.spark(), Datasets.CURATED, Curated.SCHEMA));
        LabelPlan plan = LabelPlan.of(Optional.empty(), 0, 0);
        return teacher.members().stream()
                .flatMap(member -> plan.sentences(member.plan(documents, System::nanoTime)).stream())
                .toList();
    }

    @Override
    public StageOutcome run(RunWriter writer, Progress progress) {
        long start = System.nanoTime();
        PublishedRun curate = context.upstream(Datasets.CURATE);
        Dataset<Row> curatedDF = curate.read(context.spark(), Datasets.CURATED, Curated.SCHEMA);
        Dataset<Row> evaluationDF = curate.read(context.spark(), Datasets.EVALUATION, Evaluation.SCHEMA);
        Optional<LabelFigures.Inference> inference = new SentenceInference(
                        context.spark().sparkContext(), writer.run(), progress, config.endpoint())
                .fill(teacher, List.of(evaluationDF, curatedDF));
        progress.step("sentence labels");
        write(writer, Datasets.SENTENCE_LABELS, curatedDF);
        write(writer, Datasets.EVALUATION_SENTENCE_LABELS, evaluationDF);
        writer.write(Datasets.REJECTS, rejects(curatedDF, writer), Rejects.SCHEMA, Rejects.VERSION);
        writer.write(TEACHER_FILE, SentenceTeacherFile.of(config, teacher).write());
        progress.step("counting");
        SentenceLabelFigures figures = figures(writer, inference, (System.nanoTime() - start) / 1e9);
        check(figures, writer);
        List<String> warnings = warnings(figures);
        warnings.addAll(teacher.warnings(curatedDF));
        return new StageOutcome(figures, summary(figures), warnings, Optional.empty());
    }

    private void write(RunWriter writer, String dataset, Dataset<Row> documentsDF) {
        writer.write(dataset, teacher.label(documentsDF), SentenceLabels.SCHEMA, SentenceLabels.VERSION);
    }

    /** Curated documents of which the teacher says nothing. */
    private Dataset<Row> rejects(Dataset<Row> curatedDF, RunWriter writer) {
        Dataset<Row> labelledDF = writer.read(Datasets.SENTENCE_LABELS)
                .select(SentenceLabels.SOURCE, SentenceLabels.ID)
                .distinct()
                .withColumn(LABELLED, lit(true));
        return curatedDF
                .join(labelledDF, new String[] {Curated.SOURCE, Curated.ID}, "left_outer")
                .where(col(LABELLED).isNull())
                .join(teacher.rejects(curatedDF), new String[] {Curated.SOURCE, Curated.ID}, "left_outer")
                .select(
                        col(Rejects.SOURCE),
                        lit(null).cast(DataTypes.StringType).as(Rejects.PATH),
                        lit(null).cast(DataTypes.LongType).as(Rejects.POSITION),
                        col(Rejects.ID),
                        coalesce(col(Rejects.REASON), lit(Rejects.NOT_FINITE)).as(Rejects.REASON));
    }

    private SentenceLabelFigures figures(RunWriter writer, Optional<LabelFigures.Inference> inference, double seconds) {
        Dataset<Row> labelsDF = writer.read(Datasets.SENTENCE_LABELS);
        long documents = labelsDF.select(SentenceLabels.SOURCE, SentenceLabels.ID)
                .distinct()
                .count();
        return new SentenceLabelFigures(
                teacher.identity(),
                teacher.name(),
                context.task().summarize().budget().text(),
                documents,
                writer.rows(Datasets.SENTENCE_LABELS),
                labelsDF.where(col(SentenceLabels.CHOSEN)).count(),
                Counts.by(writer.read(Datasets.REJECTS), Rejects.REASON),
                inference,
                documents / seconds);
    }

    private void check(SentenceLabelFigures figures, RunWriter writer) {
        if (figures.documents() == 0) {
            throw new DataException("Cannot label: " + figures.name() + " says nothing of any document ("
                    + figures.rejectedByReason()
                    + (teacher.needsReferences()
                            ? "; name the column of people's summaries with reference in corpus)"
                            : ")"));
        }
        if (figures.chosen() == 0) {
            throw new DataException(
                    "Cannot label: " + figures.name() + " chooses no sentence of any document. None fits "
                            + figures.budget()
                            + (teacher.needsReferences() ? ", or none has a word of its reference" : "")
                            + "; raise summarize.budget");
        }
        if (writer.rows(Datasets.EVALUATION_SENTENCE_LABELS) == 0) {
            throw new DataException("Cannot judge a student: " + figures.name()
                    + " says nothing of any evaluation document"
                    + (teacher.needsReferences()
                            ? "; name the column of people's summaries with reference in evaluate"
                            : ""));
        }
    }

    private static List<String> warnings(SentenceLabelFigures figures) {
        List<String> warnings = new ArrayList<>();
        figures.inference()
                .filter(inference -> inference.left() > 0)
                .ifPresent(
                        inference -> warnings.add(
                                Console.count(inference.left(), "text")
                                        + " not asked about, since teacher.endpoint.budget was spent: label --force goes on where it ended"));
        for (Map.Entry<String, Long> reason : figures.rejectedByReason().entrySet()) {
            warnings.add(Console.count(reason.getValue(), "document") + " not labelled (" + reason.getKey()
                    + "): see label/rejects");
        }
        return warnings;
    }

    private static String summary(SentenceLabelFigures figures) {
        return Console.count(figures.sentences(), "sentence") + " of "
                + Console.count(figures.documents(), "document") + " labelled by " + figures.name() + ", "
                + Console.count(figures.chosen()) + " of them chosen";
    }
}
