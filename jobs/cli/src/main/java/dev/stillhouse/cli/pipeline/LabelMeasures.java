package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;

import dev.stillhouse.cli.measures.Counts;
import dev.stillhouse.cli.measures.UnseenMeasures;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.teacher.Teacher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

    LabelMeasures(StageContext context, RunWriter writer, LabelStage.Labelled labelled) {
        this.context = context;
        this.writer = writer;
        this.labelled = labelled;
    }

    /** Counts the soft labels that were written. */
    void countLabels() {
        List<String> labels = labelled.fitted().teacher().mixture().labels();
        Column best = array_position(col(SoftLabels.PROBABILITIES), array_max(col(SoftLabels.PROBABILITIES)));
        Map<String, Long> counts = new LinkedHashMap<>();
        Counts.by(writer.read(Datasets.SOFT_LABELS).withColumn("best", best), "best")
                .forEach((position, rows) -> counts.put(labels.get(Integer.parseInt(position) - 1), rows));
        byLabel = counts;
    }

    /** Counts the rejects that were written. */
    void countRejects() {
        rejectedByReason = Counts.by(writer.read(Datasets.REJECTS), Rejects.REASON);
    }

    /** Measures the predictions for gold rows. */
    void measureUnseen(Dataset<Row> curatedDF) {
        unseen = new UnseenMeasures(labelled.fitted(), context.task().seed())
                .of(curatedDF, context.task().report().examples());
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
                gold.stream().collect(Collectors.groupingBy(GoldRow::label, Collectors.counting()));
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
