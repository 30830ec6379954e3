package dev.stillhouse.cli.measures;

import static org.apache.spark.sql.functions.col;

import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.reports.record.ScoreEvidence.Example;
import dev.stillhouse.scoring.drift.SampleAggregator;
import dev.stillhouse.scoring.drift.ScoredValues;
import dev.stillhouse.udfs.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Documents to look at of low, middle and high confidence, out of a sample by hash: the same ones for any partitioning. Scores are low, middle or high themselves. */
public final class ScoredExamples {
    private static final String PLACE = "place";
    private static final String VALUE = "value";
    private static final int MOST = 5;

    private final Link link;

    /**
     * @param link of the student that has scored
     */
    public ScoredExamples(Link link) {
        this.link = link;
    }

    /**
     * Some of each confidence; fewer where the sample is small. One job, none without excerpts.
     *
     * @param scoresDF as they were written
     * @param excerpts beginnings of texts by {@link SampleAggregator#place}, those that come first
     */
    public List<Example> of(Dataset<Row> scoresDF, SortedMap<Long, String> excerpts) {
        if (excerpts.isEmpty()) {
            return List.of();
        }
        List<Row> rows = scoresDF
                .select(
                        SampleAggregator.place().as(PLACE),
                        col(Scores.SOURCE),
                        col(Scores.ID),
                        value().cast("double").as(VALUE),
                        new ScoredValues(link).labels())
                .where(col(PLACE).isin(excerpts.keySet().toArray()))
                .collectAsList()
                .stream()
                .filter(row -> excerpts.containsKey(row.getLong(0)))
                .sorted(Comparator.comparingDouble((Row row) -> row.getDouble(3))
                        .thenComparing(row -> row.getLong(0)))
                .toList();
        int each = Math.min(MOST, rows.size() / 3);
        List<Example> examples = new ArrayList<>();
        add(examples, "low", rows.subList(0, each), excerpts);
        int middle = (rows.size() - each) / 2;
        add(examples, "middle", rows.subList(middle, middle + each), excerpts);
        add(examples, "high", rows.subList(rows.size() - each, rows.size()), excerpts);
        return examples;
    }

    private static void add(
            List<Example> examples, String confidence, List<Row> rows, SortedMap<Long, String> excerpts) {
        for (Row row : rows) {
            examples.add(new Example(
                    confidence,
                    row.getString(1),
                    row.getString(2),
                    row.getDouble(3),
                    row.getList(4),
                    excerpts.get(row.getLong(0))));
        }
    }

    private Column value() {
        return switch (link) {
            case SOFTMAX -> col(Scores.PROBABILITY);
            case LOGISTIC -> col(Scores.MARGIN);
            case IDENTITY -> col(Scores.SCORE);
        };
    }
}
