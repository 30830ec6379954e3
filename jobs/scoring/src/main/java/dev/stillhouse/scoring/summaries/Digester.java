package dev.stillhouse.scoring.summaries;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.datasets.schema.Digests;
import dev.stillhouse.datasets.schema.Summaries;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.ArraySeq;

/**
 * Digests of groups of documents, out of the sentences of their summaries: {@link DigestChoice} of at most {@value #CANDIDATES} distinct sentences of a group, those that the most documents say, and of these the most salient, first. Sentences are the same where they are but for case, white space and punctuation. One shuffle by sentence and one by group; a task holds the candidates of one group.
 */
public final class Digester {
    private static final int CANDIDATES = 1_000;
    private static final String KEY = "key$";
    private static final String BEST = "best$";
    private static final String SAYING = "saying$";
    private static final String RANK = "rank$";
    private static final String CHOICES = "choices$";
    private static final String EACH = "each$";
    private static final String LINE = "line";

    private final SummarizeConfig config;

    public Digester(SummarizeConfig config) {
        this.config = config;
    }

    /**
     * The digests, lazily.
     *
     * @param summariesDF with the columns of {@link Summaries} and those that documents are grouped by
     * @return {@link Digests#schema}, a row for each group
     */
    public Dataset<Row> digest(Dataset<Row> summariesDF) {
        Column[] groups = config.groupBy().stream().map(functions::col).toArray(Column[]::new);
        Dataset<Row> documentsDF = summariesDF.groupBy(groups).agg(count(lit(1)).as(Digests.DOCUMENTS));
        Dataset<Row> candidatesDF = candidates(sentences(summariesDF, groups), groups);
        Dataset<Row> groupedDF = candidatesDF
                .groupBy(groups)
                .agg(collect_list(struct(col(RANK), col(BEST), col(SAYING))).as(CHOICES));
        Column same = lit(true);
        for (String group : config.groupBy()) {
            same = same.and(documentsDF.col(group).eqNullSafe(groupedDF.col(group)));
        }
        List<Column> columns = new ArrayList<>();
        config.groupBy().forEach(group -> columns.add(documentsDF.col(group)));
        columns.add(documentsDF.col(Digests.DOCUMENTS));
        columns.add(groupedDF.col(CHOICES));
        StructType schema = Digests.schema(config.groupBy());
        MapFunction<Row, Row> choose = new Choose(config.groupBy().size(), config.digestSentences());
        return documentsDF
                .join(groupedDF, same, "left_outer")
                .select(columns.toArray(new Column[0]))
                .map(choose, Encoders.row(schema));
    }

    /** A row a chosen sentence: its group, what it is the same by, where it stands, and the document that says it. */
    private Dataset<Row> sentences(Dataset<Row> summariesDF, Column[] groups) {
        Column lines = functions.split(col(Summaries.SUMMARY), "\n");
        Column each = explode(functions.arrays_zip(lines.as(LINE), col(Summaries.SENTENCES)));
        Column place = col(EACH + "." + Summaries.SENTENCES);
        Column best = struct(
                negate(place.getField(Summaries.SCORE)).as("order"),
                col(Summaries.SOURCE),
                col(Summaries.ID),
                place.getField(Summaries.BEGIN),
                place.getField(Summaries.END),
                col(EACH + "." + LINE),
                place.getField(Summaries.SCORE));
        Column key = md5(trim(lower(regexp_replace(col(EACH + "." + LINE), "[\\s\\p{P}]+", " ")))
                .cast("binary"));
        List<Column> columns = new ArrayList<>(List.of(groups));
        columns.add(key.as(KEY));
        columns.add(best.as(BEST));
        columns.add(xxhash64(col(Summaries.SOURCE), col(Summaries.ID)).as(SAYING));
        return summariesDF
                .where(size(col(Summaries.SENTENCES)).gt(0))
                .withColumn(EACH, each)
                .select(columns.toArray(new Column[0]));
    }

    private static Dataset<Row> candidates(Dataset<Row> sentencesDF, Column[] groups) {
        List<Column> keys = new ArrayList<>(List.of(groups));
        keys.add(col(KEY));
        Dataset<Row> distinctDF = sentencesDF
                .groupBy(keys.toArray(new Column[0]))
                .agg(min(BEST).as(BEST), collect_set(SAYING).as(SAYING));
        Column rank = row_number()
                .over(Window.partitionBy(groups).orderBy(size(col(SAYING)).desc(), col(BEST)));
        return distinctDF.withColumn(RANK, rank).where(col(RANK).leq(CANDIDATES));
    }

    private record Choose(int groups, int most) implements MapFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Row call(Row row) {
            Object[] values = new Object[groups + 3];
            for (int i = 0; i <= groups; i++) {
                values[i] = row.get(i);
            }
            List<DigestChoice.Candidate> candidates = new ArrayList<>();
            if (!row.isNullAt(groups + 1)) {
                for (Object element : row.getList(groups + 1)) {
                    candidates.add(DigestChoice.Candidate.of((Row) element));
                }
            }
            List<DigestChoice.Candidate> chosen = DigestChoice.choose(candidates, most);
            StringBuilder lines = new StringBuilder();
            List<Row> sentences = new ArrayList<>();
            for (DigestChoice.Candidate one : chosen) {
                lines.append(lines.isEmpty() ? "" : "\n").append(one.text());
                sentences.add(RowFactory.create(
                        one.text(), one.source(), one.id(), one.begin(), one.end(), one.score(), (long)
                                one.saying().size()));
            }
            values[groups + 1] = lines.toString();
            values[groups + 2] = ArraySeq.unsafeWrapArray(sentences.toArray(new Row[0]));
            return RowFactory.create(values);
        }
    }
}
