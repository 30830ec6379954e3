package dev.stillhouse.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.datasets.plan.RowsWritten;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.scoring.drift.DocumentSample;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.student.Student;
import dev.stillhouse.udfs.student.StudentReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Runs a published student over documents by one of three engines; the kernel and ONNX Runtime are a map, without a shuffle, with one student for all tasks of an executor, which gets its files once. Every document ends in scores or rejects. For one run; not safe for use by several threads.
 */
public final class Scorer {
    private static final String[] KEY = {Documents.SOURCE, Documents.ID};

    private final ScoredStudent student;
    private final ScoreConfig config;
    private final ScoreConfig.Engine chosen;
    private final StudentEngine engine;
    private final DocumentMetrics metrics;

    /**
     * Chooses the engine.
     *
     * @param caches folder of what earlier runs gave, where that is reused
     * @throws ConfigurationException if the engine that is asked for cannot run such a student
     */
    public Scorer(SparkSession spark, ScoredStudent student, ScoreConfig config, Optional<Path> caches) {
        this.student = student;
        this.config = config;
        this.metrics = new DocumentMetrics(spark, student.files(), config.maxChars());
        this.chosen = chosen(student, config.engine());
        checkExplain(config, chosen, student);
        this.engine = switch (chosen) {
            case KERNEL -> new KernelEngine(student);
            case SQL ->
                new SqlEngine(
                        StudentReader.read(student.files().onnx(), student.model()),
                        student.weightsDF().orElseThrow());
            case ONNX -> new OnnxEngine(spark, student, config.reuse(), caches);
            case AUTO -> throw new IllegalStateException("no engine was chosen");
        };
    }

    /** Without what earlier runs gave. */
    public Scorer(SparkSession spark, ScoredStudent student, ScoreConfig config) {
        this(spark, student, config, Optional.empty());
    }

    private static ScoreConfig.Engine chosen(ScoredStudent student, ScoreConfig.Engine wanted) {
        boolean takesTokens = student.files().tokenizer().isPresent();
        if (wanted == ScoreConfig.Engine.AUTO) {
            return takesTokens ? ScoreConfig.Engine.ONNX : ScoreConfig.Engine.KERNEL;
        }
        if (takesTokens && wanted != ScoreConfig.Engine.ONNX) {
            throw new ConfigurationException("Invalid score.engine: "
                    + wanted.name().toLowerCase(Locale.ROOT)
                    + " (must be auto or onnx for a student that is cut from an encoder)");
        }
        return wanted;
    }

    /** Only sums can be told apart, and the plan in SQL carries no more along with every feature. */
    private static void checkExplain(ScoreConfig config, ScoreConfig.Engine chosen, ScoredStudent student) {
        if (config.explain() > 0 && student.files().tokenizer().isPresent()) {
            throw new ConfigurationException("Invalid score.explain: " + config.explain()
                    + " (must be 0 for a student that is cut from an encoder)");
        }
        if (config.explain() > 0 && chosen == ScoreConfig.Engine.SQL) {
            throw new ConfigurationException(
                    "Invalid score.explain: " + config.explain() + " (must be 0 with score.engine sql)");
        }
    }

    /** How the student's outputs are read. */
    public Decision decision() {
        return student.decision();
    }

    /** From the student's outputs to what is said of a document; opens the student. */
    public Verdict verdict() {
        try (Student opened = student.files().open(student.model())) {
            return new Verdict(opened.decision(), opened.labels());
        }
    }

    /** What runs the student: not auto. */
    public ScoreConfig.Engine engine() {
        return chosen;
    }

    /**
     * The scores, lazily. To be computed once.
     *
     * @param documents with source, id, text and attributes
     * @return {@link #schema}, a row for each document but those for which the student gives values that are not finite
     */
    public Dataset<Row> score(Dataset<Row> documents) {
        return outputs(documents)
                .select(Arrays.stream(schema().fieldNames()).map(Carried::name).toArray(Column[]::new));
    }

    /** As {@link #score}, with the probabilities of all labels: {@link #outputsSchema}. */
    public Dataset<Row> outputs(Dataset<Row> documents) {
        if (engine.readsTwice() || !RowsWritten.areCounted(documents.sparkSession())) {
            metrics.apart(documents);
            return engine.verdicts(texts(documents))
                    .withColumn(Scores.ROUTE, lit(Scores.STUDENT))
                    .withColumn(Scores.MODEL, lit(student.model()));
        }
        return engine.verdicts(texts(metrics.inPassing(documents)))
                .withColumn(Scores.ROUTE, lit(Scores.STUDENT))
                .withColumn(Scores.MODEL, lit(student.model()));
    }

    /**
     * Runs what has to be run before there are scores: texts that no earlier run has, where those of earlier runs are reused.
     *
     * @param name of the run, that no other has
     */
    public void prepare(Dataset<Row> documents, String name) {
        engine.prepare(texts(documents), name);
    }

    /** Documents whose score was another's of the same text, once the scores have been computed. */
    public long reused(long documents) {
        return Math.max(0, documents - engine.textsRun().orElse(documents));
    }

    /** The columns that engines carry along, and what they read of a text. */
    private Dataset<Row> texts(Dataset<Row> documents) {
        Column text = col(Documents.TEXT);
        List<Column> columns = new ArrayList<>(List.of(col(Documents.ID), col(Documents.SOURCE)));
        config.keptNames()
                .forEach(name ->
                        columns.add(col(Documents.ATTRIBUTES).getItem(name).as(name)));
        Column read = when(LongTexts.mayBeLonger(config.maxChars()), substring(text, 1, config.maxChars()))
                .otherwise(text);
        if (config.explain() > 0) {
            columns.add(ExplainText.of(documents.sparkSession(), student, config.explain())
                    .apply(read)
                    .as(Scores.EXPLAINED));
        }
        columns.add(read.as(StudentEngine.TEXT));
        return documents.select(columns.toArray(Column[]::new));
    }

    /** Documents of which only the beginning was read, once the scores have been computed; waits until then. */
    public long truncated() {
        return metrics.told().truncated();
    }

    /** A sample of the documents, once the scores have been computed; waits until then. */
    public DocumentSample sample() {
        return metrics.told().sample();
    }

    /**
     * The documents that have no score, lazily. They are those that are missing in what was written, whichever way tasks were repeated; where scoring met none, documents are not read again.
     *
     * @param documents that were scored, {@link Documents#SCHEMA}
     * @param scoresDF their scores, as they were written
     * @return {@link Rejects#SCHEMA}
     */
    public Dataset<Row> rejects(Dataset<Row> documents, Dataset<Row> scoresDF) {
        Dataset<Row> missingDF = engine.hasFailed() ? documents : documents.limit(0);
        return missingDF
                .join(scoresDF.select(Scores.SOURCE, Scores.ID), KEY, "left_anti")
                .select(
                        col(Rejects.SOURCE),
                        col(Rejects.PATH),
                        col(Rejects.POSITION),
                        col(Rejects.ID),
                        lit(Rejects.NOT_FINITE).as(Rejects.REASON));
    }

    /** The columns of the scores. */
    public StructType schema() {
        StructType schema = Scores.schema(student.decision().link(), config.keptNames());
        return config.explain() == 0 ? schema : schema.add(Scores.explained());
    }

    /** The columns of the scores, and the probabilities of all labels where there are any. */
    public StructType outputsSchema() {
        Link link = student.decision().link();
        return link == Link.SOFTMAX ? schema().add(Scores.outputs(link).apply(Scores.PROBABILITIES)) : schema();
    }
}
