package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.pipeline.SummaryContest.Judged;
import dev.stillhouse.datasets.quality.Bootstrap;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.SummaryFigures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Quality of summaries by groups of evaluation documents. */
final class SummarySlices {
    private final Bootstrap bootstrap;
    private final List<Judged> judged;
    private final Groups.Keys keys;

    /**
     * @param judged in the order of source and id
     */
    SummarySlices(Bootstrap bootstrap, List<Judged> judged, Dataset<Row> evaluationDF) {
        this.bootstrap = bootstrap;
        this.judged = judged;
        this.keys = keys(evaluationDF);
    }

    private static Groups.Keys keys(Dataset<Row> evaluationDF) {
        List<Row> rows = evaluationDF
                .orderBy(Curated.SOURCE, Curated.ID)
                .select(Curated.SOURCE, Curated.CHARS, Curated.ATTRIBUTES)
                .collectAsList();
        List<String> sources = new ArrayList<>();
        int[] characters = new int[rows.size()];
        List<Map<String, String>> attributes = new ArrayList<>();
        for (int i = 0; i < characters.length; i++) {
            sources.add(rows.get(i).getString(0));
            characters[i] = Math.toIntExact(rows.get(i).getLong(1));
            Map<String, String> known = new HashMap<>();
            rows.get(i).<String, String>getJavaMap(2).forEach((name, value) -> {
                if (value != null) {
                    known.put(name, value);
                }
            });
            attributes.add(known);
        }
        return new Groups.Keys(sources, characters, attributes);
    }

    /**
     * Figures of each group.
     *
     * @param names source, length, or a column that the sources keep
     */
    List<SummaryFigures.Slice> figures(List<String> names) {
        List<SummaryFigures.Slice> slices = new ArrayList<>();
        for (String name : names) {
            Groups.of(keys, name).forEach((value, documents) -> {
                List<Judged> group = documents.stream().map(judged::get).toList();
                slices.add(new SummaryFigures.Slice(
                        name,
                        value.strip(),
                        group.size(),
                        interval(group, SummaryContest.OF_TEACHER, SummaryContest.ROUGE1),
                        interval(group, SummaryContest.OF_STUDENT, SummaryContest.ROUGE1),
                        interval(group, SummaryContest.OF_STUDENT, SummaryContest.ROUGE2),
                        interval(group, SummaryContest.OF_STUDENT, SummaryContest.ROUGE_LSUM)));
            });
        }
        return slices;
    }

    private Interval interval(List<Judged> group, int way, int figure) {
        return Judge.interval(bootstrap.mean(SummaryMeasures.values(group, way, figure)));
    }
}
