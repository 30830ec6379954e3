package dev.stillhouse.scoring;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.ProbabilityMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * From logits to verdicts in Spark's own expressions, as {@link Decision} and {@link dev.stillhouse.udfs.Link} compute them.
 *
 * @param labels of the student
 * @param temperature what logits are divided by
 */
record SqlVerdict(List<String> labels, Decision decision, float temperature) {
    private static final String LOGITS = "logits$";
    private static final String MOST = "most$";
    private static final String POWERS = "powers$";
    private static final String SUM = "sum$";
    private static final String OUTPUTS = "outputs$";

    /**
     * The verdicts.
     *
     * @param logitsDF a row for each document
     * @param carried columns to carry along
     * @param logits {@code array<double>} in the order of the labels
     */
    Dataset<Row> of(Dataset<Row> logitsDF, Carried carried, Column logits) {
        Dataset<Row> arrayDF = logitsDF.select(carried.with(logits.as(LOGITS)));
        return switch (decision.link()) {
            case SOFTMAX -> one(arrayDF, carried);
            case LOGISTIC -> several(arrayDF, carried);
            case IDENTITY ->
                arrayDF.select(carried.with(
                        element_at(col(LOGITS), lit(1)).cast("float").as(Scores.SCORE)));
        };
    }

    private Dataset<Row> one(Dataset<Row> logitsDF, Carried carried) {
        Dataset<Row> powersDF = logitsDF.select(
                        carried.with(col(LOGITS), array_max(col(LOGITS)).as(MOST)))
                .select(carried.with(expr("transform(`logits$`, z -> exp((z - `most$`) / " + number(temperature) + "))")
                        .as(POWERS)));
        Dataset<Row> outputsDF = normalised(powersDF, carried);
        if (!decision.map().isNone()) {
            outputsDF = normalised(
                    outputsDF.select(carried.with(
                            expr("transform(`outputs$`, p -> " + mapped() + ")").as(POWERS))),
                    carried);
        }
        Column greatest = expr("element_at(sort_array(`outputs$`, false), 1)");
        Column second = expr("element_at(sort_array(`outputs$`, false), 2)");
        Dataset<Row> roundedDF = outputsDF.select(
                carried.with(expr("transform(`outputs$`, p -> float(p))").as(OUTPUTS)));
        Column names = array(labels.stream().map(label -> lit(label)).toArray(Column[]::new));
        return roundedDF.select(carried.with(
                element_at(
                                names,
                                array_position(col(OUTPUTS), array_max(col(OUTPUTS)))
                                        .cast("int"))
                        .as(Scores.LABEL),
                greatest.as(Scores.PROBABILITY),
                greatest.minus(second).as(Scores.MARGIN),
                col(OUTPUTS).as(Scores.PROBABILITIES)));
    }

    private static Dataset<Row> normalised(Dataset<Row> powersDF, Carried carried) {
        return powersDF.select(carried.with(
                        col(POWERS),
                        expr("aggregate(`powers$`, 0D, (sum, x) -> sum + x)").as(SUM)))
                .select(carried.with(
                        expr("transform(`powers$`, x -> x / `sum$`)").as(OUTPUTS)));
    }

    private Dataset<Row> several(Dataset<Row> logitsDF, Carried carried) {
        String sigmoid = "1 / (1 + exp(-z / " + number(temperature) + "))";
        Dataset<Row> sigmoidDF = logitsDF.select(
                carried.with(expr("transform(`logits$`, z -> " + sigmoid + ")").as(OUTPUTS)));
        Dataset<Row> roundedDF = sigmoidDF.select(carried.with(
                expr("transform(`outputs$`, p -> float(" + (decision.map().isNone() ? "p" : mapped()) + "))")
                        .as(OUTPUTS)));
        float[] limits = decision.limits(labels);
        Column[] given = IntStream.range(0, limits.length)
                .mapToObj(label -> when(output(label).geq(lit(limits[label])), lit(labels.get(label))))
                .toArray(Column[]::new);
        Column[] distances = IntStream.range(0, limits.length)
                .mapToObj(label -> abs(output(label).minus(lit(limits[label]))))
                .toArray(Column[]::new);
        return roundedDF.select(carried.with(
                filter(array(given), label -> label.isNotNull()).as(Scores.LABELS),
                col(OUTPUTS).as(Scores.PROBABILITIES),
                array_min(array(distances)).as(Scores.MARGIN)));
    }

    private static Column output(int label) {
        return element_at(col(OUTPUTS), lit(label + 1));
    }

    /** {@link ProbabilityMap#of} of {@code p}: level, and what each stretch between knots adds. */
    private String mapped() {
        ProbabilityMap map = decision.map();
        StringBuilder level = new StringBuilder(number(map.to()[0]));
        for (int i = 1; i < map.from().length; i++) {
            level.append(" + ")
                    .append(number(map.slope(i)))
                    .append(" * greatest(0D, least(p, ")
                    .append(number(map.from()[i]))
                    .append(") - ")
                    .append(number(map.from()[i - 1]))
                    .append(')');
        }
        return number(1 - ProbabilityMap.SLOPE) + " * (" + level + ") + " + number(ProbabilityMap.SLOPE) + " * p";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%sD", Double.toString(value));
    }
}
