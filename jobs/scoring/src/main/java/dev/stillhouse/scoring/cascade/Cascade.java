package dev.stillhouse.scoring.cascade;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.scoring.Verdict;
import dev.stillhouse.scoring.cascade.Draw.Drawn;
import dev.stillhouse.teacher.PublishedTeacher;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Scores of a student, some of which are put right by its teacher so that a promise is kept: random ones of the documents go to the teacher and tell a threshold, and documents of which the student is less sure follow. Where the promise is about a label, documents are selected by a threshold on its probability, and the teacher answers the random ones alone. For one run;
 * not safe for use by several threads.
 */
public final class Cascade implements AutoCloseable {
    private static final String[] KEY = {Documents.SOURCE, Documents.ID};
    private static final StructType KEYS = new StructType()
            .add(Documents.SOURCE, DataTypes.StringType, false)
            .add(Documents.ID, DataTypes.StringType, false);
    private static final int MOST_NAMED = 20;
    private static final String SAMPLED = "sampled$";
    private static final String ANSWER = "answer$";

    private final RouteConfig config;
    private final PublishedTeacher teacher;
    private final Verdict student;
    private final Run run;
    private final Answers answers;
    private final Asked asked;

    /**
     * A cascade.
     *
     * @param student how the student's outputs are read
     * @throws DataException if the promise is about a label that the student does not know
     */
    public Cascade(RouteConfig config, PublishedTeacher teacher, Verdict student, Run run) {
        this.config = config;
        this.teacher = teacher;
        this.student = student;
        this.run = run;
        this.answers = new Answers(teacher, student);
        this.asked = new Asked(teacher, run.meter(), run.nanoTime());
        config.label().filter(label -> !student.labels().contains(label)).ifPresent(label -> {
            String known = student.labels().stream()
                    .limit(MOST_NAMED)
                    .map(name -> name.replaceAll("\\p{Cntrl}", "?"))
                    .collect(Collectors.joining(", "));
            throw new DataException("Cannot select documents of label " + label
                    + " (score.route.label): the student knows " + known
                    + (student.labels().size() > MOST_NAMED ? ", ..." : ""));
        });
    }

    /**
     * What a run gives its cascade.
     *
     * @param name of the run, that no other has
     * @param seed documents are drawn by
     * @param meter counts what the teacher is asked
     * @param nanoTime nanoseconds that never run backwards, such as {@code System::nanoTime}
     * @param teacherRun run id of the teacher
     * @param goesOn whether to go on with the student's answers where the teacher stops answering
     */
    public record Run(
            String name, long seed, InferenceMeter meter, LongSupplier nanoTime, String teacherRun, boolean goesOn) {}

    /**
     * Scores that are put right.
     *
     * @param scoresDF lazily, the columns of the student's scores, and {@link Scores#SELECTED} where documents are selected; to be computed before the cascade is closed
     * @param outcome what was found on the way
     */
    public record Routed(Dataset<Row> scoresDF, Outcome outcome) {}

    /**
     * Refuses what cannot be kept whatever the teacher says.
     *
     * @param documents how many are scored
     * @throws DataException with what it would take
     */
    public static void check(RouteConfig config, long documents) {
        long drawn = Math.min(documents, config.drawn());
        long least = config.promise().leastSample();
        if (drawn < least && drawn < documents) {
            throw new DataException("Cannot keep score.route." + config.target() + " "
                    + config.promise().agreement() + " at confidence " + config.confidence() + ": a sample of " + drawn
                    + " documents cannot show it (at least " + least
                    + " are needed, and four times as many are good). Raise score.route.sample");
        }
    }

    /**
     * Draws, asks and chooses.
     *
     * @param documentsDF all that are scored, with source, id, text and attributes; read more than once
     * @param firstDF the student's scores of the documents, with {@link Scores#PROBABILITIES} of all labels; read more than once
     * @param documents how many they are
     * @throws DataException if budget or sample are too small for the promise, with what it would take
     */
    public Routed route(Dataset<Row> documentsDF, Dataset<Row> firstDF, long documents) {
        check(config, documents);
        SparkSession spark = firstDF.sparkSession();
        Draw draw = new Draw(sureness(), Answers.decided(student.decision().link()));
        double[] grid = draw.grid(firstDF);
        long size = Math.min(documents, config.drawn());
        int audit = config.label().isEmpty() ? config.audit() : 0;
        List<Drawn> drawn = draw.documents(firstDF, run.seed(), Math.min(documents, size + audit));
        List<Drawn> sample = drawn.subList(0, (int) size);
        Dataset<Row> knownDF = teacher.known();
        Dataset<Row> sampleDF = asked.documents(documentsDF, keys(spark, sample), true);
        long questions = asked.questions(sampleDF);
        new Budget(config).forSample(questions, sample.size() == documents);
        asked.ask(sampleDF, questions, run.name() + "-sample");
        Compared compared = new Compared(documentsDF, grid, sample, decided(sampleDF), sampleDF, knownDF);
        return config.label()
                .map(label -> select(label, firstDF, compared, documents))
                .orElseGet(() -> agree(firstDF, compared, drawn.subList((int) size, drawn.size()), documents));
    }

    /** A sample that the teacher has answered. */
    private record Compared(
            Dataset<Row> documentsDF,
            double[] grid,
            List<Drawn> sample,
            Map<List<String>, String> said,
            Dataset<Row> sampleDF,
            Dataset<Row> knownDF) {

        /** Whether the teacher decides as the student does; where it gives nothing it is taken not to. */
        private List<Sampled> agreeing() {
            return sample.stream()
                    .map(one -> new Sampled(one.sureness(), one.decided().equals(said.get(one.key()))))
                    .toList();
        }

        /** Whether the teacher gives a label. */
        private List<Sampled> having(String label, Link link) {
            // As Spark writes it into an array of JSON.
            String quoted = TextNode.valueOf(label).toString();
            return sample.stream()
                    .map(one -> {
                        String says = said.getOrDefault(one.key(), "");
                        return new Sampled(
                                one.sureness(), link == Link.SOFTMAX ? says.equals(label) : says.contains(quoted));
                    })
                    .toList();
        }
    }

    private Routed agree(Dataset<Row> firstDF, Compared compared, List<Drawn> audited, long documents) {
        SparkSession spark = firstDF.sparkSession();
        List<Sampled> sample = compared.agreeing();
        ThresholdChoice choice = ThresholdChoice.of(compared.grid(), sample, config.promise());
        Dataset<Row> sentDF = firstDF.where(not(isAbove(choice)))
                .select(Documents.SOURCE, Documents.ID)
                .union(keys(spark, audited))
                .distinct();
        Dataset<Row> restDF = asked.documents(compared.documentsDF(), sentDF, false);
        long more = asked.questions(restDF);
        new Budget(config).forRest(asked.texts(), more, compared.grid(), sample);
        Optional<String> failure = askRest(restDF, more);
        Dataset<Row> allDF = compared.sampleDF().union(restDF).dropDuplicates(KEY);
        Map<List<String>, String> said =
                audited.isEmpty() ? Map.of() : decided(restDF.join(broadcast(keys(spark, audited)), KEY, "left_semi"));
        List<Drawn> judged =
                audited.stream().filter(one -> said.containsKey(one.key())).toList();
        long agreeing = judged.stream()
                .filter(one -> !choice.isAbove(one.sureness()) || one.decided().equals(said.get(one.key())))
                .count();
        Outcome outcome = new Outcome(
                config,
                choice,
                sample.size(),
                documents,
                judged.size(),
                agreeing,
                asked.texts(),
                asked.seconds(),
                failure);
        Dataset<Row> scoresDF = merged(
                firstDF,
                keys(spark, compared.sample()),
                answers.verdicts(allDF, compared.knownDF()),
                not(isAbove(choice)));
        return new Routed(scoresDF, outcome);
    }

    private Optional<String> askRest(Dataset<Row> restDF, long questions) {
        try {
            asked.ask(restDF, questions, run.name() + "-rest");
            return Optional.empty();
        } catch (UncheckedIOException e) {
            if (!run.goesOn()) {
                throw e;
            }
            return Optional.of(e.getCause().getMessage());
        }
    }

    private Routed select(String label, Dataset<Row> firstDF, Compared compared, long documents) {
        List<Sampled> sample = compared.having(label, student.decision().link());
        boolean isWhole = sample.size() == documents;
        LabelChoice choice = isWhole
                ? LabelChoice.whole(documents, config.promise())
                : config.recall().isPresent()
                        ? LabelChoice.recall(compared.grid(), sample, config.promise())
                        : LabelChoice.precision(compared.grid(), sample, config.promise());
        if (choice.threshold().isEmpty()) {
            throw new Budget(config).tooFew(choice, sample.size());
        }
        Dataset<Row> mergedDF = merged(
                firstDF.withColumn(Scores.SELECTED, isAbove(choice)),
                keys(firstDF.sparkSession(), compared.sample()),
                answers.verdicts(compared.sampleDF(), compared.knownDF()),
                lit(false));
        Column has = student.decision().link() == Link.SOFTMAX
                ? col(Scores.LABEL).equalTo(label)
                : array_contains(col(Scores.LABELS), label);
        Column isTeachers = col(Scores.ROUTE).isin(Scores.TEACHER, Scores.CACHE);
        return new Routed(
                mergedDF.withColumn(Scores.SELECTED, when(isTeachers, has).otherwise(col(Scores.SELECTED))),
                new Outcome(
                        config,
                        choice,
                        sample.size(),
                        documents,
                        0,
                        0,
                        asked.texts(),
                        asked.seconds(),
                        Optional.empty()));
    }

    /** What the student is sure by: the probability of its label, or of the one that is selected; the least distance of a probability from its threshold. */
    private Column sureness() {
        return config.label()
                .map(label -> element_at(
                        col(Scores.PROBABILITIES), lit(student.labels().indexOf(label) + 1)))
                .orElse(col(student.decision().link() == Link.SOFTMAX ? Scores.PROBABILITY : Scores.MARGIN));
    }

    private Column isAbove(Choice choice) {
        return choice.threshold().isEmpty()
                ? lit(false)
                : sureness().geq(lit(choice.threshold().getAsDouble()));
    }

    /** What the teacher decides of documents, by source and id. */
    private Map<List<String>, String> decided(Dataset<Row> documentsDF) {
        Map<List<String>, String> said = new HashMap<>();
        for (Row row : answers.verdicts(documentsDF)
                .select(
                        col(Documents.SOURCE),
                        col(Documents.ID),
                        Answers.decided(student.decision().link()))
                .collectAsList()) {
            said.put(List.of(row.getString(0), row.getString(1)), row.getString(2));
        }
        return said;
    }

    /** The teacher's answers in place of the student's, where they were to be. */
    private Dataset<Row> merged(
            Dataset<Row> firstDF, Dataset<Row> sampleKeysDF, Dataset<Row> answersDF, Column isSent) {
        String[] names = Scores.outputs(student.decision().link()).fieldNames();
        Dataset<Row> prefixedDF = answersDF.withColumn(ANSWER, lit(true));
        for (String name : names) {
            prefixedDF = prefixedDF.withColumnRenamed(name, ANSWER + name);
        }
        Column sent = coalesce(col(SAMPLED), lit(false)).or(isSent);
        Column isAnswered = sent.and(col(ANSWER).isNotNull());
        Column route = when(isAnswered.and(col(Answers.KNOWN)), lit(Scores.CACHE))
                .when(isAnswered, lit(Scores.TEACHER))
                .when(sent, lit(Scores.FALLBACK))
                .otherwise(lit(Scores.STUDENT));
        // The route comes first: what it looks at is replaced after it.
        Dataset<Row> joinedDF = firstDF.join(broadcast(sampleKeysDF.withColumn(SAMPLED, lit(true))), KEY, "left_outer")
                .join(prefixedDF, KEY, "left_outer")
                .withColumn(Scores.ROUTE, route);
        Column isTeachers = col(Scores.ROUTE).isin(Scores.TEACHER, Scores.CACHE);
        for (String name : names) {
            joinedDF = joinedDF.withColumn(
                    name, when(isTeachers, col(ANSWER + name)).otherwise(col(name)));
        }
        if (Arrays.asList(firstDF.columns()).contains(Scores.EXPLAINED)) {
            joinedDF = joinedDF.withColumn(Scores.EXPLAINED, when(not(isTeachers), col(Scores.EXPLAINED)));
        }
        return joinedDF.withColumn(
                Scores.MODEL, when(isTeachers, lit(run.teacherRun())).otherwise(col(Scores.MODEL)));
    }

    private static Dataset<Row> keys(SparkSession spark, List<Drawn> documents) {
        List<Row> rows = documents.stream()
                .map(one -> RowFactory.create(one.source(), one.id()))
                .toList();
        return spark.createDataset(rows, Encoders.row(KEYS));
    }

    @Override
    public void close() {
        asked.close();
    }
}
