package dev.stillhouse.cli.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.BuildInfo;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.reports.record.SummaryFigures;
import dev.stillhouse.student.SalienceChoice;
import dev.stillhouse.student.SalienceTrainer;
import dev.stillhouse.student.StudentConfig;
import dev.stillhouse.student.VectorSource;
import dev.stillhouse.student.export.SalienceWriter;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.summary.Baseline;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SalienceModel;
import dev.stillhouse.udfs.summary.SummaryDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** The stage {@code train} of a task that summarises: learns how much a sentence says, judges the summaries on the evaluation documents, and publishes the student if it meets its targets. */
final class SummaryTrainStage implements Stage {
    /** Evaluation documents below which a person should be told. */
    private static final int FEW = 30;

    private final StageContext context;
    private final StudentConfig config;
    private final Budget budget;

    SummaryTrainStage(StageContext context) {
        this.context = context;
        this.config = context.task().student();
        this.budget = context.task().summarize().budget().budget();
    }

    @Override
    public String name() {
        return Datasets.TRAIN;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public JsonNode configuration() {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        configuration.set("student", context.task().section("student"));
        configuration.set("report", context.task().section("report"));
        configuration.put("learns", "summarize");
        // All that the student's metadata tell those who call it from SQL.
        configuration.set(
                "summaries",
                new ObjectMapper()
                        .valueToTree(SummaryDefaults.metadata(
                                context.task().summarize().request())));
        return configuration;
    }

    @Override
    public List<StageInput> inputs() {
        return List.of(context.input(Datasets.CURATE), context.input(Datasets.LABEL));
    }

    @Override
    public StageOutcome run(RunWriter writer, Progress progress) {
        PublishedRun label = context.consistentUpstream(Datasets.LABEL);
        SummaryLearning learning = new SummaryLearning(context.spark(), context.upstream(Datasets.CURATE), label);
        Dataset<Row> evaluationDF = learning.evaluation().persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> rowsDF =
                learning.rows(config.pool(), context.task().seed()).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            if (evaluationDF.isEmpty()) {
                throw new DataException(
                        "Cannot judge a student: no evaluation document has labelled sentences; name some with evaluate");
            }
            progress.step("training");
            SalienceTrainer.Result trained =
                    new SalienceTrainer(config, new SalienceChoice(budget), vectors(label)).train(rowsDF);
            SalienceModel model =
                    trained.model().withCues(trained.model().cues().withMetadata(metadata(writer, label)));
            byte[] onnx = SalienceWriter.write(model);
            progress.step("judging");
            SummaryFigures figures = new SummaryMeasures(context, trained, onnx, label)
                    .figures(evaluationDF, learning.evaluationDocuments());
            publish(writer, model, onnx, figures);
            return new StageOutcome(
                    figures,
                    summary(figures),
                    warnings(figures),
                    Targets.refusal(figures.targets(), writer.run(), Targets.Remedies.OF_SENTENCES));
        } finally {
            rowsDF.unpersist();
            evaluationDF.unpersist();
        }
    }

    /** Vectors of words from the encoder that labelled, if one did and the task does not ask for n-grams alone. */
    private Optional<VectorSource> vectors(PublishedRun label) {
        Optional<EncoderSpec> encoder = config.kind() == StudentConfig.Kind.LEXICAL
                ? Optional.empty()
                : SentenceTeachers.encoder(SentenceTeachers.models(context));
        if (encoder.isPresent() && SentenceTeachers.thatLabelled(context, label).isEmpty()) {
            throw new DataException(
                    "Cannot take vectors of words from the teacher: the section teacher, or summarize.budget, is not the one by which the published labels were made. Run ./stillhouse label first");
        }
        return encoder.map(EncoderVectors::new);
    }

    private void publish(RunWriter writer, SalienceModel model, byte[] onnx, SummaryFigures figures) {
        SummaryCard card = new SummaryCard(context.task(), model, figures);
        writer.write(Datasets.STUDENT, onnx);
        writer.write(Datasets.MODEL + "/model.json", card.json(writer.run()));
        writer.write(Datasets.MODEL + "/MODEL_CARD.md", card.markdown());
    }

    /** Where it comes from, and for what summaries it was chosen, so that whoever calls it gets the like. */
    private Map<String, String> metadata(RunWriter writer, PublishedRun label) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("task", context.task().task());
        metadata.put("run", writer.run());
        metadata.put("label_run", label.manifest().run());
        metadata.put("label_fingerprint", label.manifest().fingerprint());
        metadata.put("seed", Long.toString(context.task().seed()));
        metadata.put("code_version", BuildInfo.version());
        metadata.putAll(SummaryDefaults.metadata(context.task().summarize().request()));
        return metadata;
    }

    private static List<String> warnings(SummaryFigures figures) {
        List<String> warnings = new ArrayList<>();
        if (figures.learning().evaluation() < FEW) {
            warnings.add("The student is judged on "
                    + Console.count(figures.learning().evaluation(), "document")
                    + " only, so its figures may be far off: name more with evaluate");
        }
        if (figures.learning().leftOut() > 0) {
            warnings.add("The student is not judged on "
                    + Console.count(figures.learning().leftOut(), "evaluation document")
                    + ", of which the teacher says nothing"
                    + (figures.judgedBy().equals("teacher") ? "" : ", or which have no reference, as others have"));
        }
        if (figures.judgedBy().equals("teacher")) {
            warnings.add(
                    "Summaries are compared with the teacher's own, since no evaluation document has a reference: the figures tell how well the student follows, and not how good either is");
        }
        return warnings;
    }

    private static String summary(SummaryFigures figures) {
        SummaryFigures.SystemFigures student = figures.systems().get(SummaryContest.STUDENT);
        SummaryFigures.SystemFigures lead = figures.systems().get(Baseline.LEAD.key());
        return String.format(
                Locale.ROOT,
                "student keeps %.1f %% of the teacher's ROUGE (%.1f / %.1f / %.1f; lead %.1f / %.1f / %.1f), %s bytes",
                100 * figures.retained(),
                student.rouge1().value(),
                student.rouge2().value(),
                student.rougeLsum().value(),
                lead.rouge1().value(),
                lead.rouge2().value(),
                lead.rougeLsum().value(),
                Console.count(figures.bytes()));
    }
}
