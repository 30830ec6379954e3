package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;

import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.datasets.plan.Checkpoint;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.teacher.FittedTeacher;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.teacher.Labelling;
import dev.stillhouse.teacher.SoftLabeler;
import dev.stillhouse.teacher.choice.Choice;
import dev.stillhouse.teacher.choice.ChoiceConfig;
import dev.stillhouse.teacher.choice.ChoiceConfig.By;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Labels as many texts as {@code teacher.budget} allows, in rounds. Between rounds a student learns from what is labelled by then: how often it agrees with the teacher on texts that are held out is the learning curve, and what it is least sure of is
 * what {@code uncertainty} labels next. Use it once.
 */
final class LabelRounds implements AutoCloseable {
    /** Random texts that are held out at most, to tell students by, and to tell the published one how sure to be. */
    private static final int MOST_HELD = 500;

    private static final int TEXTS_PER_CLUSTER = 20;
    private static final int MOST_CLUSTERS = 200;

    /** The texts that are wanted are chosen at random among so many times as many of the least sure: the very least sure ones are much alike. */
    private static final int SPREAD = 2;

    private static final String[] BY_TEXT = {Curated.TEXT_HASH};

    private final StageContext context;
    private final ChoiceConfig choose;
    private final Labelling labelling;
    private final LabelInference inference;
    private final List<GoldRow> gold;
    private final Progress progress;
    private final long seed;
    private final List<LabelFigures.Round> curve = new ArrayList<>();
    private final List<Dataset<Row>> kept = new ArrayList<>();

    LabelRounds(
            StageContext context,
            Labelling labelling,
            LabelInference inference,
            List<GoldRow> gold,
            Progress progress) {
        this.context = context;
        this.choose = context.task().teacher().choose();
        this.labelling = labelling;
        this.inference = inference;
        this.gold = gold;
        this.progress = progress;
        this.seed = context.task().seed();
    }

    /**
     * Runs the rounds.
     *
     * @param curatedDF {@link Curated#SCHEMA}
     * @param evaluationDF evaluation documents, all of which are labelled
     * @param budget how many texts are labelled besides those and the gold ones, at least 1
     */
    Result run(Dataset<Row> curatedDF, Dataset<Row> evaluationDF, int budget) {
        Dataset<Row> givenDF = given(curatedDF);
        Dataset<Row> firstDF = curatedDF.join(broadcast(givenDF), BY_TEXT, "left_semi");
        long given = evaluationDF.count() + firstDF.count();
        inference.fill(List.of(evaluationDF, firstDF), given);
        FittedTeacher fitted = labelling.fit(gold);
        Dataset<Row> corpusDF = curatedDF.where(col(Curated.PART).equalTo(Curated.CORPUS));
        Dataset<Row> textsDF = texts(corpusDF, givenDF);
        // Of no text there are neither strata nor clusters.
        Dataset<Row> turnsDF = keep(textsDF.isEmpty() ? turns(Choice.random(textsDF)) : turns(textsDF, budget));
        long texts = turnsDF.count();
        int wanted = (int) Math.min(budget, texts);
        Work work = new Work(labelling, corpusDF, new SoftLabeler(fitted.teacher()), fitted, gold, given + wanted);
        Dataset<Row> chosenDF = choose(work, turnsDF, givenDF, wanted);
        return new Result(
                fitted,
                chosenDF,
                new LabelFigures.Chosen(choose.by().name().toLowerCase(Locale.ROOT), wanted, texts, curve));
    }

    private Dataset<Row> choose(Work work, Dataset<Row> turnsDF, Dataset<Row> givenDF, int wanted) {
        Dataset<Row> chosenDF = givenDF;
        Dataset<Row> heldDF = givenDF.limit(0);
        Optional<RoundStudent> student = Optional.empty();
        int chosen = 0;
        if (choose.trains() || choose.by() != By.RANDOM) {
            chosen = Math.min(MOST_HELD, Math.max(1, wanted / choose.rounds() / 2));
            heldDF = pick(work, Choice.first(Choice.random(turnsDF), chosen, seed), true);
        }
        if (choose.trains()) {
            student = Optional.of(learn(work, chosenDF, heldDF));
        }
        for (int round = 1; round <= choose.rounds(); round++) {
            int most = (int) ((long) wanted * round / choose.rounds()) - chosen;
            if (most > 0) {
                boolean isByStudent = choose.by() == By.UNCERTAINTY && (round > 1 || choose.rounds() == 1);
                Dataset<Row> leftDF = turnsDF.join(chosenDF.union(heldDF), BY_TEXT, "left_anti");
                Dataset<Row> nextDF = isByStudent
                        ? unsure(work, student.orElseThrow(), leftDF, most)
                        : Choice.first(leftDF, most, seed);
                boolean isFirst = choose.by() == By.UNCERTAINTY && !isByStudent;
                chosenDF = chosenDF.union(pick(work, nextDF, isFirst || choose.by() == By.RANDOM));
                chosen += most;
                if (choose.trains()) {
                    student = Optional.of(learn(work, chosenDF, heldDF));
                }
            }
        }
        return keep(chosenDF.union(heldDF));
    }

    /** Texts that are labelled whatever is chosen, (text_hash, representative): those of gold rows, and those cut for evaluation. */
    private Dataset<Row> given(Dataset<Row> curatedDF) {
        Dataset<Row> goldDF = context.spark()
                .createDataset(gold.stream().map(GoldRow::textHash).distinct().toList(), Encoders.STRING())
                .toDF(Curated.TEXT_HASH);
        return keep(curatedDF
                .where(col(Curated.PART).equalTo(Curated.EVALUATE))
                .select(Curated.TEXT_HASH)
                .union(goldDF)
                .distinct()
                .withColumn(SoftLabels.REPRESENTATIVE, lit(true)));
    }

    /** The texts that may be chosen, each once. */
    private static Dataset<Row> texts(Dataset<Row> corpusDF, Dataset<Row> givenDF) {
        String row = "__row";
        return corpusDF.join(broadcast(givenDF), BY_TEXT, "left_anti")
                .groupBy(Curated.TEXT_HASH)
                .agg(min_by(
                                struct(Curated.SOURCE, Curated.ID, Curated.TEXT, Curated.ATTRIBUTES),
                                struct(Curated.SOURCE, Curated.ID))
                        .as(row))
                .select(Curated.TEXT_HASH, row + ".*");
    }

    private Dataset<Row> turns(Dataset<Row> textsDF, int budget) {
        Dataset<Row> turnsDF =
                switch (choose.by()) {
                    case RANDOM, UNCERTAINTY -> Choice.random(textsDF);
                    case STRATIFIED -> Choice.stratified(textsDF, choose.strata(), seed);
                    case DIVERSE ->
                        Choice.diverse(textsDF, Math.max(2, Math.min(MOST_CLUSTERS, budget / TEXTS_PER_CLUSTER)), seed);
                };
        return turns(turnsDF);
    }

    private static Dataset<Row> turns(Dataset<Row> turnsDF) {
        return turnsDF.select(Curated.TEXT_HASH, Curated.SOURCE, Curated.ID, Choice.TURN);
    }

    private Dataset<Row> unsure(Work work, RoundStudent student, Dataset<Row> leftDF, int most) {
        Dataset<Row> turnsDF = student.turns(work.documents(leftDF.drop(Choice.TURN)));
        long among = Math.min(Integer.MAX_VALUE, (long) SPREAD * most);
        return Choice.first(Choice.random(Choice.first(turnsDF, (int) among, seed)), most, seed);
    }

    /** Labels texts, and gives them back as (text_hash, representative). */
    private Dataset<Row> pick(Work work, Dataset<Row> nextDF, boolean isRepresentative) {
        Dataset<Row> pickedDF =
                keep(nextDF.select(col(Curated.TEXT_HASH), lit(isRepresentative).as(SoftLabels.REPRESENTATIVE)));
        inference.fill(List.of(work.documents(pickedDF)), work.atMost());
        return pickedDF;
    }

    private RoundStudent learn(Work work, Dataset<Row> chosenDF, Dataset<Row> heldDF) {
        progress.step("student");
        RoundStudent student = RoundStudent.learn(
                context.task().student(),
                work.soft(chosenDF),
                work.fitted().teacher().mixture().labels(),
                seed);
        curve.add(student.round(chosenDF.count(), work.soft(heldDF)));
        return student;
    }

    /** Computes rows; each round is planned from those before, and plans that hold all of these take longer than their jobs. */
    private Dataset<Row> keep(Dataset<Row> rowsDF) {
        Dataset<Row> keptDF = Checkpoint.of(rowsDF);
        kept.add(keptDF);
        return keptDF;
    }

    @Override
    public void close() {
        kept.forEach(Checkpoint::release);
    }

    /**
     * What came of the rounds.
     *
     * @param fitted the teacher
     * @param chosenDF the texts that are labelled, (text_hash, representative); valid until the rounds are closed
     * @param figures for the report
     */
    record Result(FittedTeacher fitted, Dataset<Row> chosenDF, LabelFigures.Chosen figures) {}

    /**
     * What rounds work on.
     *
     * @param atMost texts that are run at most, in all rounds
     */
    private record Work(
            Labelling labelling,
            Dataset<Row> corpusDF,
            SoftLabeler labeler,
            FittedTeacher fitted,
            List<GoldRow> gold,
            long atMost) {

        /** The documents of texts. */
        private Dataset<Row> documents(Dataset<Row> textsDF) {
            return corpusDF.join(textsDF.select(Curated.TEXT_HASH), BY_TEXT, "left_semi");
        }

        /** The documents of texts (text_hash, representative) that the teacher gave probabilities for, with these and text. */
        private Dataset<Row> soft(Dataset<Row> textsDF) {
            Dataset<Row> documentsDF = corpusDF.select(Curated.ID, Curated.SOURCE, Curated.TEXT_HASH, Curated.TEXT)
                    .join(textsDF, BY_TEXT);
            Dataset<Row> outputsDF = labelling
                    .join(documentsDF.drop(Curated.TEXT))
                    .where(col(Labelling.OUTPUTS).isNotNull());
            return labeler.label(outputsDF, gold)
                    .join(
                            documentsDF.select(Curated.SOURCE, Curated.ID, Curated.TEXT),
                            new String[] {Curated.SOURCE, Curated.ID});
        }
    }
}
