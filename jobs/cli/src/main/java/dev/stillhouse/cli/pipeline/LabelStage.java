package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.cli.config.CanonicalJson;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.console.RowCounter;
import dev.stillhouse.cli.measures.Counts;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Embeddings;
import dev.stillhouse.datasets.schema.Evaluation;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.teacher.Embedder;
import dev.stillhouse.teacher.GoldSelection;
import dev.stillhouse.teacher.Head;
import dev.stillhouse.teacher.HeadTrainer;
import dev.stillhouse.teacher.SoftLabeler;
import dev.stillhouse.teacher.TeacherConfig;
import dev.stillhouse.teacher.TeacherScorer;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The stage {@code label}: embeds every document, fits the teacher's head on the gold labels, and gives every document the teacher's probabilities. */
final class LabelStage implements Stage {
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
        return 2;
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
        Dataset<Row> embeddingsDF =
                embed(curatedDF, new Embedding(Datasets.EMBEDDINGS, curate.rows(Datasets.CURATED)), writer, progress);
        progress.step("fitting the head");
        HeadTrainer.Result fitted = new HeadTrainer().train(embeddingsDF, gold.rows());
        String teacher = TeacherScorer.identity(encoder, config.precision(), fitted.head());
        progress.step("soft labels");
        SoftLabeler labeler = new SoftLabeler(fitted.head(), teacher);
        Dataset<Row> labelsDF = writer.write(
                Datasets.SOFT_LABELS, labeler.label(embeddingsDF, gold.rows()), SoftLabels.SCHEMA, SoftLabels.VERSION);
        if (isCut(curatedDF)) {
            write(writer, labelsDF.join(evaluationDF, new String[] {Curated.SOURCE, Curated.ID}, "left_semi"));
        } else {
            Embedding embedding = new Embedding(Datasets.EVALUATION_EMBEDDINGS, curate.rows(Datasets.EVALUATION));
            write(writer, labeler.label(embed(evaluationDF, embedding, writer, progress), List.of()));
        }
        writer.write(Datasets.TEACHER + "/head.json", fitted.head().toJson());
        List<String> warnings = new ArrayList<>(gold.warnings());
        warnings.addAll(fitted.warnings());
        LabelFigures figures =
                figures(new Labelled(teacher, gold, fitted), labelsDF, writer, (System.nanoTime() - start) / 1e9);
        return new StageOutcome(figures, summary(figures), warnings, Optional.empty());
    }

    private static String summary(LabelFigures figures) {
        return Console.count(figures.documents(), "document") + " labelled by " + figures.model() + " from "
                + Console.count(figures.gold(), "gold label") + " of "
                + figures.labels().size() + " topics, " + Console.count(Math.round(figures.stageDocsPerSecond()))
                + " documents/s";
    }

    /** Whether the evaluation documents are part of the corpus, and so have embeddings and labels already. */
    private static boolean isCut(Dataset<Row> curatedDF) {
        return !curatedDF.where(col(Curated.PART).equalTo(Curated.EVALUATE)).isEmpty();
    }

    private static void write(RunWriter writer, Dataset<Row> evaluationLabelsDF) {
        writer.write(Datasets.EVALUATION_LABELS, evaluationLabelsDF, SoftLabels.SCHEMA, SoftLabels.VERSION);
    }

    private LabelFigures figures(Labelled labelled, Dataset<Row> labelsDF, RunWriter writer, double seconds) {
        Head head = labelled.fitted().head();
        Map<String, Long> goldByLabel = labelled.gold().rows().stream()
                .collect(Collectors.groupingBy(GoldSelection.GoldRow::label, Collectors.counting()));
        Column best = array_position(col(SoftLabels.PROBABILITIES), array_max(col(SoftLabels.PROBABILITIES)));
        Map<String, Long> byLabel = new LinkedHashMap<>();
        Counts.by(labelsDF.withColumn("best", best), "best")
                .forEach((position, rows) -> byLabel.put(head.labels().get(Integer.parseInt(position) - 1), rows));
        double accuracy = labelled.fitted().outOfFoldAccuracy();
        return new LabelFigures(
                labelled.teacher(),
                config.model(),
                config.precision().name().toLowerCase(Locale.ROOT),
                config.maxTokens(),
                labelled.gold().rows().size(),
                Counts.sorted(goldByLabel),
                head.labels(),
                writer.rows(Datasets.SOFT_LABELS),
                byLabel,
                head.temperature(),
                Double.isNaN(accuracy) ? Optional.empty() : Optional.of(accuracy),
                writer.rows(Datasets.SOFT_LABELS) / seconds);
    }

    /** The encoder that the task names; a folder is relative to the task file. */
    private static EncoderSpec encoder(StageContext context) {
        TeacherConfig teacher = context.task().teacher();
        String model = teacher.model().equals(EncoderSpec.MINILM)
                ? teacher.model()
                : context.loaded().resolve(teacher.model());
        return EncoderSpec.of(model, teacher.maxTokens());
    }

    private Dataset<Row> embed(Dataset<Row> documents, Embedding embedding, RunWriter writer, Progress progress) {
        try (RowCounter counter = new RowCounter(context.spark().sparkContext())) {
            progress.step("embedding", embedding.rows(), counter);
            Dataset<Row> embeddingsDF =
                    new Embedder(encoder, Optional.of(counter.accumulator())).embed(documents, embedding.rows());
            return writer.write(embedding.dataset(), embeddingsDF, Embeddings.SCHEMA, Embeddings.VERSION);
        }
    }

    private record Labelled(String teacher, GoldSelection.Result gold, HeadTrainer.Result fitted) {}

    /** What is embedded: the dataset it becomes and how many rows it has. */
    private record Embedding(String dataset, long rows) {}
}
