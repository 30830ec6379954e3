package dev.stillhouse.cli.measures;

import static org.apache.spark.sql.functions.broadcast;

import dev.stillhouse.datasets.quality.Calibration;
import dev.stillhouse.datasets.quality.Regression;
import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.reports.record.LabelFigures.Mistake;
import dev.stillhouse.reports.record.LabelFigures.Probabilities;
import dev.stillhouse.teacher.FittedHead.Unseen;
import dev.stillhouse.teacher.FittedTeacher;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.udfs.Link;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What a teacher's predictions for gold rows that its head had not seen are worth: accuracy, how sure it is beside how sure it should be, before and after its temperature, and the mistakes that it was surest of. */
public final class UnseenMeasures {
    private static final int EXCERPT = 240;

    private final FittedTeacher fitted;
    private final long seed;

    /**
     * @param fitted the teacher with its predictions
     * @param seed of the simulation that tells what calibration error chance alone makes
     */
    public UnseenMeasures(FittedTeacher fitted, long seed) {
        this.fitted = fitted;
        this.seed = seed;
    }

    /**
     * Measures; empty without such rows.
     *
     * @param documents source, id and text of the gold rows at least
     * @param most mistakes to show, 0 for none and no text
     */
    public Optional<LabelFigures.Unseen> of(Dataset<Row> documents, int most) {
        Link link = fitted.teacher().mixture().decision().link();
        return fitted.unseen().isEmpty() || link == Link.IDENTITY
                ? Optional.empty()
                : Optional.of(new LabelFigures.Unseen(
                        fitted.unseen().size(),
                        fitted.classification().accuracy(),
                        probabilities(1),
                        probabilities(fitted.teacher().mixture().lastTemperature()),
                        link == Link.SOFTMAX ? mistakes(documents, most) : List.of()));
    }

    /** The same of scores; empty of labels and without such rows. */
    public Optional<LabelFigures.UnseenScores> scores() {
        if (fitted.unseen().isEmpty() || fitted.teacher().mixture().decision().link() != Link.IDENTITY) {
            return Optional.empty();
        }
        Regression scores = fitted.regression();
        return Optional.of(
                new LabelFigures.UnseenScores(fitted.unseen().size(), scores.spearman(), scores.meanAbsoluteError()));
    }

    /** Quality of the probabilities at a temperature: of the most probable label, or of every label. */
    private Probabilities probabilities(double temperature) {
        Link link = fitted.teacher().mixture().decision().link();
        List<Unseen> rows = fitted.unseen();
        int labels = rows.get(0).target().length;
        int each = link == Link.SOFTMAX ? 1 : labels;
        float[] confidences = new float[rows.size() * each];
        boolean[] right = new boolean[confidences.length];
        double brier = 0;
        for (int i = 0; i < rows.size(); i++) {
            double[] p = link.outputs(rows.get(i).logits(), temperature);
            double[] target = rows.get(i).target();
            for (int j = 0; j < each; j++) {
                int label = link == Link.SOFTMAX ? rows.get(i).predicted() : j;
                confidences[i * each + j] = (float) p[label];
                right[i * each + j] = target[label] > 0.5;
            }
            brier += IntStream.range(0, labels)
                    .mapToDouble(l -> Math.pow(p[l] - target[l], 2))
                    .sum();
        }
        double loss = TemperatureScaling.loss(
                link, rows.stream().map(Unseen::prediction).toList(), temperature);
        Calibration calibration = Calibration.of(confidences, right, seed);
        return new Probabilities(calibration.ece(), calibration.floor(), brier / rows.size(), loss);
    }

    private List<Mistake> mistakes(Dataset<Row> documents, int most) {
        double temperature = fitted.teacher().mixture().lastTemperature();
        List<Unseen> wrong = fitted.unseen().stream()
                .filter(row -> row.predicted() != row.label())
                .sorted(Comparator.comparingDouble((Unseen row) -> -confidence(row, temperature))
                        .thenComparing(row -> row.row().source())
                        .thenComparing(row -> row.row().id()))
                .limit(most)
                .toList();
        Map<List<String>, String> texts = texts(documents, wrong);
        List<String> labels = fitted.teacher().mixture().labels();
        return wrong.stream()
                .map(row -> new Mistake(
                        row.row().source(),
                        row.row().id(),
                        labels.get(row.label()),
                        labels.get(row.predicted()),
                        confidence(row, temperature),
                        Excerpts.first(
                                texts.getOrDefault(
                                        List.of(row.row().source(), row.row().id()), ""),
                                EXCERPT)))
                .toList();
    }

    private static Map<List<String>, String> texts(Dataset<Row> documents, List<Unseen> rows) {
        Map<List<String>, String> texts = new HashMap<>();
        if (rows.isEmpty()) {
            return texts;
        }
        StructType keys = new StructType()
                .add(Curated.SOURCE, DataTypes.StringType, false)
                .add(Curated.ID, DataTypes.StringType, false);
        List<Row> wanted = rows.stream()
                .map(Unseen::row)
                .map((GoldRow row) -> RowFactory.create(row.source(), row.id()))
                .toList();
        documents
                .join(
                        broadcast(documents.sparkSession().createDataFrame(wanted, keys)),
                        new String[] {Curated.SOURCE, Curated.ID},
                        "left_semi")
                .select(Curated.SOURCE, Curated.ID, Curated.TEXT)
                .collectAsList()
                .forEach(row -> texts.put(List.of(row.getString(0), row.getString(1)), row.getString(2)));
        return texts;
    }

    private static double confidence(Unseen row, double temperature) {
        return Link.SOFTMAX.outputs(row.logits(), temperature)[row.predicted()];
    }
}
