package dev.stillhouse.teacher;

import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.datasets.quality.Regression;
import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.teacher.FittedHead.Unseen;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.teacher.Teacher.Member;
import dev.stillhouse.udfs.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A teacher and what gold rows say about it that it was not fitted on.
 *
 * @param teacher ready for use
 * @param unseen predictions for gold rows by heads that had not seen them; empty where there were too few rows
 * @param folds of each fold of gold rows the teacher that had not seen it; empty where the teacher owes no weights to gold, gold was too little for a member, or the teacher gives scores
 * @param warnings sentences for the log and the report
 */
public record FittedTeacher(Teacher teacher, List<Unseen> unseen, List<Mixture> folds, List<String> warnings) {
    public FittedTeacher {
        unseen = List.copyOf(unseen);
        folds = List.copyOf(folds);
        warnings = List.copyOf(warnings);
    }

    /** What the gold rows chose, for people; empty where there was nothing to choose. */
    public String choice() {
        return teacher.members().stream()
                .map(Member::choice)
                .filter(choice -> !choice.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** The unseen rows' labels, of teachers of labels: those that gold has, and those that the teacher gives. */
    public Classification classification() {
        Mixture mixture = teacher.mixture();
        return new Classification(
                unseen.stream().map(Unseen::wanted).toArray(int[][]::new),
                unseen.stream()
                        .map(row -> row.given(mixture.decision(), mixture.labels(), mixture.lastTemperature()))
                        .toArray(int[][]::new),
                mixture.labels().size());
    }

    /** The unseen rows' numbers, of teachers of scores. */
    public Regression regression() {
        return new Regression(
                unseen.stream().mapToDouble(row -> row.target()[0]).toArray(),
                unseen.stream().mapToDouble(row -> row.logits()[0]).toArray());
    }

    /** The teacher of fitted members; of several, the pool's temperature is fitted on the gold rows that none had seen. */
    static FittedTeacher of(String kind, List<Member> members, List<FittedHead> fitted, List<Double> weights) {
        Mixture mixture = new Mixture(fitted.stream().map(FittedHead::head).toList(), weights, 1);
        List<Unseen> unseen = fitted.size() == 1 ? fitted.get(0).unseen() : pooled(mixture, fitted);
        List<Prediction> predictions = unseen.stream().map(Unseen::prediction).toList();
        Mixture tempered = fitted.size() == 1
                ? mixture
                : mixture.withTemperature(TemperatureScaling.fit(Link.SOFTMAX, predictions));
        List<String> warnings = new ArrayList<>();
        fitted.forEach(head -> warnings.addAll(head.warnings()));
        return new FittedTeacher(
                new Teacher(kind, members, tempered),
                unseen,
                folds(tempered, fitted),
                warnings.stream().distinct().toList());
    }

    private static List<Mixture> folds(Mixture whole, List<FittedHead> fitted) {
        boolean isComplete = fitted.stream().noneMatch(head -> head.folds().isEmpty());
        boolean owesGold = fitted.stream().anyMatch(FittedHead::owesGold);
        if (whole.decision().link() == Link.IDENTITY || !isComplete || !owesGold) {
            return List.of();
        }
        return IntStream.range(0, CrossFitter.FOLDS)
                .mapToObj(fold -> new Mixture(
                        fitted.stream().map(head -> head.folds().get(fold)).toList(),
                        whole.weights(),
                        whole.temperature()))
                .toList();
    }

    private static List<Unseen> pooled(Mixture mixture, List<FittedHead> fitted) {
        List<Map<GoldRow, Unseen>> byRow = new ArrayList<>();
        for (FittedHead head : fitted) {
            Map<GoldRow, Unseen> rows = new HashMap<>();
            head.unseen().forEach(row -> rows.put(row.row(), row));
            byRow.add(rows);
        }
        List<String> labels = mixture.labels();
        List<Unseen> pooled = new ArrayList<>();
        for (Unseen first : fitted.get(0).unseen()) {
            if (byRow.stream().allMatch(rows -> rows.containsKey(first.row()))) {
                double[][] members = new double[fitted.size()][];
                for (int m = 0; m < members.length; m++) {
                    Unseen row = byRow.get(m).get(first.row());
                    Head head = fitted.get(m).head();
                    members[m] = mixture.spread(m, Link.SOFTMAX.outputs(row.logits(), head.temperature()));
                }
                pooled.add(Unseen.of(
                        first.row(),
                        mixture.pooled(members),
                        labels.indexOf(first.row().label())));
            }
        }
        return pooled;
    }
}
