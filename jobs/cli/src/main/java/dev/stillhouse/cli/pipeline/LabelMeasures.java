package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import dev.stillhouse.cli.measures.Counts;
import dev.stillhouse.cli.measures.UnseenMeasures;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.teacher.GoldSelection;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.teacher.Mixture;
import dev.stillhouse.teacher.Teacher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The figures of a labelling. What is counted of the written datasets may be counted by several threads, each of its own. */
final class LabelMeasures {
    private final StageContext context;
    private final RunWriter writer;
    private final LabelStage.Labelled labelled;
    private volatile Map<String, Long> byLabel = Map.of();
    private volatile Map<String, Long> rejectedByReason = Map.of();
    private volatile Optional<LabelFigures.Unseen> unseen = Optional.empty();
    private volatile Optional<LabelFigures.UnseenScores> unseenScores = Optional.empty();

    LabelMeasures(StageContext context, RunWriter writer, LabelStage.Labelled labelled) {
        this.context = context;
        this.writer = writer;
        this.labelled = labelled;
    }

    /** Counts the soft labels that were written. */
    void countLabels() {
        Mixture mixture = labelled.fitted().teacher().mixture();
        List<String> labels = mixture.labels();
        Dataset<Row> softDF = writer.read(Datasets.SOFT_LABELS);
        byLabel = switch (mixture.decision().link()) {
            case SOFTMAX -> {
                Column best = array_position(col(SoftLabels.PROBABILITIES), array_max(col(SoftLabels.PROBABILITIES)));
                Map<String, Long> counts = new LinkedHashMap<>();
                Counts.by(softDF.withColumn("best", best), "best")
                        .forEach((position, rows) -> counts.put(labels.get(Integer.parseInt(position) - 1), rows));
                yield counts;
            }
            case LOGISTIC -> given(softDF, labels, mixture.decision().limits(labels));
            case IDENTITY -> Map.of();
        };
    }

    /** Documents that the teacher gives each label; one scan. */
    private static Map<String, Long> given(Dataset<Row> softDF, List<String> labels, float[] limits) {
        Column[] counts = IntStream.range(0, limits.length)
                .mapToObj(label ->
                        count_if(col(SoftLabels.PROBABILITIES).getItem(label).geq(lit(limits[label]))))
                .toArray(Column[]::new);
        Row row = softDF.agg(counts[0], Arrays.copyOfRange(counts, 1, counts.length))
                .head();
        Map<String, Long> given = new LinkedHashMap<>();
        for (int label = 0; label < limits.length; label++) {
            given.put(labels.get(label), row.getLong(label));
        }
        return Counts.sorted(given);
    }

    /** Counts the rejects that were written. */
    void countRejects() {
        rejectedByReason = Counts.by(writer.read(Datasets.REJECTS), Rejects.REASON);
    }

    /** Measures the predictions for gold rows. */
    void measureUnseen(Dataset<Row> curatedDF) {
        UnseenMeasures measures =
                new UnseenMeasures(labelled.fitted(), context.task().seed());
        unseen = measures.of(curatedDF, context.task().report().examples());
        unseenScores = measures.scores();
    }

    /**
     * The figures, once all is written and counted.
     *
     * @param seconds wall time of the stage until now
     */
    LabelFigures figures(double seconds) {
        Teacher teacher = labelled.fitted().teacher();
        List<GoldRow> gold = labelled.gold().rows();
        Map<String, Long> goldByLabel =
                GoldSelection.counts(teacher.mixture().decision().link(), gold);
        return new LabelFigures(
                teacher.identity(),
                teacher.kind(),
                members(teacher),
                gold.size(),
                Counts.sorted(goldByLabel),
                teacher.mixture().labels(),
                writer.rows(Datasets.SOFT_LABELS),
                byLabel,
                teacher.mixture().lastTemperature(),
                labelled.fitted().choice(),
                unseen,
                unseenScores,
                labelled.chosen(),
                rejectedByReason,
                labelled.inference(),
                writer.rows(Datasets.SOFT_LABELS) / seconds);
    }

    private static List<LabelFigures.Member> members(Teacher teacher) {
        List<LabelFigures.Member> members = new ArrayList<>();
        for (int m = 0; m < teacher.members().size(); m++) {
            Teacher.Member member = teacher.members().get(m);
            members.add(new LabelFigures.Member(
                    member.kind(),
                    member.model(),
                    Optional.of(member.precision()).filter(precision -> !precision.isEmpty()),
                    Optional.of(member.maxTokens()).filter(most -> most > 0),
                    teacher.mixture().weights().get(m),
                    teacher.mixture().heads().get(m).temperature()));
        }
        return members;
    }
}
