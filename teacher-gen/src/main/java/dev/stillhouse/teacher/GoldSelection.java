package dev.stillhouse.teacher;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.GoldLabel;
import dev.stillhouse.teacher.choice.Corrections;
import dev.stillhouse.teacher.outputs.TextOrder;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Which labels the teacher may see: of the curated rows of the corpus part that have a label, the first by {@code md5(seed + ":" + text_hash)}, ties by source and id; and what people said of documents since, which is not in the budget, and goes before what the corpus says. Every other label of the corpus stays hidden.
 */
public final class GoldSelection {
    /** Gold documents below which nothing is concluded from their labels, and the share of them that may have a label alone where no other document has one. */
    private static final int FEW = 20;

    private static final double MOST_ALONE = 0.9;

    /**
     * A document whose label is in the budget.
     *
     * @param source name of its source
     * @param id unique within the source
     * @param textHash hash of its normalised text
     * @param label its gold label
     */
    public record GoldRow(String source, String id, String textHash, String label) {}

    /**
     * What was selected.
     *
     * @param rows in the order of selection
     * @param warnings sentences for the log and the report; they name labels and counts, never texts
     */
    public record Result(List<GoldRow> rows, List<String> warnings) {
        public Result {
            rows = List.copyOf(rows);
            warnings = List.copyOf(warnings);
        }
    }

    private GoldSelection() {}

    /**
     * What is asked for.
     *
     * @param link of what is learned
     * @param gold rows at most, at least 1
     * @param seed the task's
     * @param corrections what people said
     */
    public record Request(Link link, int gold, long seed, Corrections corrections) {}

    /**
     * Selects and collects the gold rows.
     *
     * @param curated {@link Curated#SCHEMA}
     * @throws DataException if no row of the corpus part has a label, or one of those selected has none that can be read; names its source and id
     */
    public static Result select(Dataset<Row> curated, Request request) {
        int gold = request.gold();
        long seed = request.seed();
        Corrections corrections = request.corrections();
        Dataset<Row> corpusDF = curated.filter(col(Curated.PART).equalTo(Curated.CORPUS));
        Dataset<Row> knownDF = corpusDF.filter(col(Curated.LABEL).isNotNull())
                .orderBy(TextOrder.of(seed), col(Curated.SOURCE), col(Curated.ID))
                .limit(gold);
        List<GoldRow> known = rows(knownDF, seed);
        Set<GoldRow> rows = new LinkedHashSet<>();
        known.forEach(row -> rows.add(corrected(row, corrections)));
        List<GoldRow> said = corrections.labels().isEmpty() ? List.of() : rows(said(corpusDF, corrections), seed);
        said.forEach(row -> rows.add(corrected(row, corrections)));
        List<String> warnings = new ArrayList<>();
        long found = said.stream().map(GoldRow::textHash).distinct().count();
        if (found < corrections.labels().size()) {
            warnings.add((corrections.labels().size() - found)
                    + " of " + corrections.labels().size()
                    + " texts in teacher.corrections are none of the corpus that was curated: they are left out");
        }
        rows.forEach(row -> require(request.link(), row));
        return result(List.copyOf(rows), known.size(), request, warnings);
    }

    private static void require(Link link, GoldRow row) {
        String problem = GoldLabel.problem(link, row.label());
        if (!problem.isEmpty()) {
            throw new DataException("Cannot learn from document " + row.id() + " of source " + row.source()
                    + ": it has " + problem + ". Correct its label, or leave it out by where");
        }
    }

    private static Dataset<Row> said(Dataset<Row> corpusDF, Corrections corrections) {
        Dataset<Row> hashesDF = corpusDF.sparkSession()
                .createDataset(List.copyOf(new TreeSet<>(corrections.labels().keySet())), Encoders.STRING())
                .toDF(Curated.TEXT_HASH);
        return corpusDF.join(broadcast(hashesDF), new String[] {Curated.TEXT_HASH}, "left_semi");
    }

    private static GoldRow corrected(GoldRow row, Corrections corrections) {
        return new GoldRow(
                row.source(), row.id(), row.textHash(), corrections.labels().getOrDefault(row.textHash(), row.label()));
    }

    private static List<GoldRow> rows(Dataset<Row> documentsDF, long seed) {
        return documentsDF
                .orderBy(TextOrder.of(seed), col(Curated.SOURCE), col(Curated.ID))
                .select(
                        col(Curated.SOURCE),
                        col(Curated.ID),
                        col(Curated.TEXT_HASH),
                        coalesce(col(Curated.LABEL), lit("")))
                .collectAsList()
                .stream()
                .map(row -> new GoldRow(row.getString(0), row.getString(1), row.getString(2), row.getString(3)))
                .toList();
    }

    private static Result result(List<GoldRow> rows, int known, Request request, List<String> warnings) {
        if (rows.isEmpty()) {
            throw new DataException(
                    "Cannot fit a teacher: none of the curated documents has a label, expected at least 2 labelled ones. "
                            + "Name the label column with corpus[].label");
        }
        List<String> all = new ArrayList<>(warnings);
        all.addAll(warnings(rows, known, request));
        return new Result(rows, all);
    }

    private static List<String> warnings(List<GoldRow> rows, int known, Request request) {
        int gold = request.gold();
        List<String> warnings = new ArrayList<>();
        if (known < gold) {
            warnings.add("Only " + known + " documents have a label, teacher.gold allows " + gold);
        }
        Map<String, Long> counts = counts(request.link(), rows);
        List<String> single = counts.entrySet().stream()
                .filter(count -> count.getValue() == 1)
                .map(Map.Entry::getKey)
                .toList();
        if (request.link() == Link.SOFTMAX
                && known == rows.size()
                && rows.size() >= FEW
                && single.size() > MOST_ALONE * rows.size()) {
            throw new DataException(
                    "Cannot learn labels: " + single.size() + " of " + rows.size()
                            + " gold documents have a label that no other has. Is corpus[].label the column of the labels, and not of ids or texts?");
        }
        if (!single.isEmpty()) {
            String names = single.stream().limit(10).collect(Collectors.joining(", "));
            warnings.add(single.size() + " of " + counts.size() + " labels have only one gold document: " + names
                    + (single.size() > 10 ? ", ..." : "") + ". They are kept; "
                    + (known < gold ? "label more documents" : "raise teacher.gold") + " to learn them better");
        }
        return warnings;
    }

    /** Gold rows of each label; none of numbers. */
    public static Map<String, Long> counts(Link link, List<GoldRow> rows) {
        return link == Link.IDENTITY
                ? Map.of()
                : rows.stream()
                        .flatMap(row -> GoldLabel.names(link, row.label()).stream())
                        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }
}
