package dev.stillhouse.scoring.cascade;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.scoring.Verdict;
import dev.stillhouse.scoring.cascade.Draw.Drawn;
import dev.stillhouse.teacher.PublishedTeacher;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.sentences.SentenceTeacher;
import dev.stillhouse.udfs.errors.DataException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
 * What a student says of documents, some of which is put right by its teacher so that a promise is kept: random ones of the documents go to the teacher and tell a threshold, and documents of which the student is less sure follow. Where the promise is about a label, documents are selected by a threshold on its probability, and the teacher answers the random ones alone. For one run;
 * not safe for use by several threads.
 */
public final class Cascade implements AutoCloseable {
    private static final StructType KEYS = new StructType()
            .add(Documents.SOURCE, DataTypes.StringType, false)
            .add(Documents.ID, DataTypes.StringType, false);
    private static final int MOST_NAMED = 20;

    private final Terms terms;
    private final Answers answers;
    private final Optional<Selection> selection;
    private final Run run;
    private final Asked asked;

    private Cascade(Terms terms, Answers answers, Optional<Selection> selection, Run run) {
        this.terms = terms;
        this.answers = answers;
        this.selection = selection;
        this.run = run;
        this.asked = new Asked(answers, run.meter(), run.nanoTime());
    }

    /**
     * Of scores.
     *
     * @param student how the student's outputs are read
     * @throws DataException if the promise is about a label that the student does not know
     */
    public static Cascade ofLabels(RouteConfig config, PublishedTeacher teacher, Verdict student, Run run) {
        config.label().filter(label -> !student.labels().contains(label)).ifPresent(label -> {
            String known = student.labels().stream()
                    .limit(MOST_NAMED)
                    .map(name -> name.replaceAll("\\p{Cntrl}", "?"))
                    .collect(Collectors.joining(", "));
            throw new DataException("Cannot select documents of label " + label
                    + " (score.route.label): the student knows " + known
                    + (student.labels().size() > MOST_NAMED ? ", ..." : ""));
        });
        Terms terms = Terms.ofLabels(config);
        LabelAnswers answers = new LabelAnswers(teacher, student, config.label());
        Optional<Selection> selection = config.label().map(label -> new Selection(label, answers.link(), terms));
        return new Cascade(terms, answers, selection, run);
    }

    /**
     * Of summaries.
     *
     * @param teacher that needs no references
     * @param withHeadline whether summaries have one
     */
    public static Cascade ofSummaries(RouteConfig config, SentenceTeacher teacher, boolean withHeadline, Run run) {
        return new Cascade(Terms.ofSummaries(config), new SummaryAnswers(teacher, withHeadline), Optional.empty(), run);
    }

    /**
     * What a run gives its cascade.
     *
     * @param name of the run, that no other has
     * @param seed documents are drawn by
     * @param meter gives a meter at zero for each member of the teacher, which counts what that one is asked
     * @param nanoTime nanoseconds that never run backwards, such as {@code System::nanoTime}
     * @param teacherRun run id of the teacher
     * @param goesOn whether to go on with the student's answers where the teacher stops answering
     */
    public record Run(
            String name,
            long seed,
            Supplier<InferenceMeter> meter,
            LongSupplier nanoTime,
            String teacherRun,
            boolean goesOn) {}

    /**
     * What is put right.
     *
     * @param answersDF lazily, the columns of what the student says, and {@link Scores#SELECTED} where documents are selected; to be computed before the cascade is closed
     * @param sentDF the documents that were the teacher's, with source, id, text, attributes and text_hash; to be read before the cascade is closed
     * @param outcome what was found on the way
     */
    public record Routed(Dataset<Row> answersDF, Dataset<Row> sentDF, Outcome outcome) {}

    /**
     * Draws, asks and chooses.
     *
     * @param documentsDF all documents, with source, id, text and attributes; read more than once
     * @param firstDF what the student says of them, scores with {@link Scores#PROBABILITIES} of all labels, or summaries with {@link dev.stillhouse.datasets.schema.Summaries#SURENESS}; read more than once
     * @param documents how many they are
     * @throws DataException if budget or sample are too small for the promise, with what it would take, or the budget of the teacher's server is spent before the sample is answered
     */
    public Routed route(Dataset<Row> documentsDF, Dataset<Row> firstDF, long documents) {
        terms.check(documents);
        Draw draw = new Draw(answers.sureness(), answers.decided());
        double[] grid = draw.grid(firstDF);
        long size = Math.min(documents, terms.drawn());
        int audit = selection.isEmpty() ? terms.config().audit() : 0;
        List<Drawn> drawn = draw.documents(firstDF, run.seed(), Math.min(documents, size + audit));
        List<Drawn> sample = drawn.subList(0, (int) size);
        Asked.Texts texts = asked.documents(documentsDF, keys(firstDF.sparkSession(), sample), true);
        long questions = asked.questions(texts);
        new Budget(terms).forSample(questions, sample.size() == documents);
        long left = asked.ask(texts, questions, run.name() + "-sample");
        if (left > 0) {
            throw new DataException(
                    "Cannot tell a threshold: " + spent(left)
                            + " of the sample. What it answered is kept: raise teacher.endpoint.budget, or run the command again, which goes on from there");
        }
        Compared compared = new Compared(documentsDF, documents, grid, sample, decided(texts.textsDF()), texts);
        return selection
                .map(selected -> select(selected, firstDF, compared))
                .orElseGet(() -> agree(firstDF, compared, drawn.subList((int) size, drawn.size())));
    }

    /** A sample that the teacher has answered. */
    private record Compared(
            Dataset<Row> documentsDF,
            long documents,
            double[] grid,
            List<Drawn> sample,
            Map<List<String>, String> said,
            Asked.Texts texts) {}

    private Routed agree(Dataset<Row> firstDF, Compared compared, List<Drawn> audited) {
        SparkSession spark = firstDF.sparkSession();
        List<Sampled> sample = compared.sample().stream()
                .map(one -> new Sampled(one.sureness(), agreement(one, compared.said())))
                .toList();
        ThresholdChoice choice = ThresholdChoice.of(compared.grid(), sample, terms.promise());
        Dataset<Row> sentDF = firstDF.where(not(isAbove(choice)))
                .select(Documents.SOURCE, Documents.ID)
                .union(keys(spark, audited))
                .distinct();
        Asked.Texts rest = asked.documents(compared.documentsDF(), sentDF, false);
        long more = asked.questions(rest);
        new Budget(terms).forRest(asked.texts(), more, compared.grid(), sample);
        Optional<String> failure = askRest(rest, more);
        Map<List<String>, String> said = audited.isEmpty()
                ? Map.of()
                : decided(rest.textsDF().join(broadcast(keys(spark, audited)), Asked.KEY, "left_semi"));
        List<Drawn> judged =
                audited.stream().filter(one -> said.containsKey(one.key())).toList();
        double agreeing = judged.stream()
                .mapToDouble(one -> choice.isAbove(one.sureness()) ? agreement(one, said) : 1)
                .sum();
        Asked.Texts sent = compared.texts().and(rest);
        Dataset<Row> answersDF = new Merging(answers, run.teacherRun())
                .merged(firstDF, keys(spark, compared.sample()), sent, not(isAbove(choice)));
        return new Routed(
                answersDF, sent.textsDF(), outcome(choice, compared, new Audit(judged.size(), agreeing), failure));
    }

    private static String spent(long left) {
        return "teacher.endpoint.budget was spent before the teacher was asked about "
                + String.format(Locale.ROOT, "%,d", left) + (left == 1 ? " text" : " texts");
    }

    private Optional<String> askRest(Asked.Texts rest, long questions) {
        try {
            long left = asked.ask(rest, questions, run.name() + "-rest");
            return left == 0 ? Optional.empty() : Optional.of(spent(left));
        } catch (UncheckedIOException e) {
            if (!run.goesOn()) {
                throw e;
            }
            return Optional.of(e.getMessage());
        }
    }

    private Routed select(Selection selected, Dataset<Row> firstDF, Compared compared) {
        List<Drawn> sample = compared.sample();
        LabelChoice choice = selected.choose(compared.grid(), sample, compared.said(), compared.documents());
        Dataset<Row> mergedDF = new Merging(answers, run.teacherRun())
                .merged(
                        firstDF.withColumn(Scores.SELECTED, isAbove(choice)),
                        keys(firstDF.sparkSession(), sample),
                        compared.texts(),
                        lit(false));
        return new Routed(
                selected.marked(mergedDF),
                compared.texts().textsDF(),
                outcome(choice, compared, new Audit(0, 0), Optional.empty()));
    }

    /**
     * A look at the promise.
     *
     * @param documents that were drawn for it and have an answer of the teacher
     * @param agreeing sum of their agreement
     */
    private record Audit(long documents, double agreeing) {}

    private Outcome outcome(Choice choice, Compared compared, Audit audit, Optional<String> failure) {
        return new Outcome(
                terms,
                choice,
                compared.sample().size(),
                compared.documents(),
                audit.documents(),
                audit.agreeing(),
                asked.texts(),
                asked.seconds(),
                failure);
    }

    /** How far student and teacher agree on a document; not at all where the teacher gives nothing. */
    private double agreement(Drawn one, Map<List<String>, String> said) {
        String teachers = said.get(one.key());
        return teachers == null ? 0 : answers.agreement(one.decided(), teachers);
    }

    private Column isAbove(Choice choice) {
        return choice.threshold().isEmpty()
                ? lit(false)
                : answers.sureness().geq(lit(choice.threshold().getAsDouble()));
    }

    /** What the teacher decides of documents, by source and id. */
    private Map<List<String>, String> decided(Dataset<Row> textsDF) {
        Map<List<String>, String> said = new HashMap<>();
        for (Row row : answers.verdicts(textsDF)
                .select(col(Documents.SOURCE), col(Documents.ID), answers.decided())
                .collectAsList()) {
            said.put(List.of(row.getString(0), row.getString(1)), row.getString(2));
        }
        return said;
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
