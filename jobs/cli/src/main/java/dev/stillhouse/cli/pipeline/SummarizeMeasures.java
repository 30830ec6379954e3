package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.cli.measures.Counts;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Digests;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Origin;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.Summaries;
import dev.stillhouse.reports.record.SummarizeFigures;
import dev.stillhouse.scoring.cascade.Outcome;
import dev.stillhouse.scoring.summaries.SummarizeConfig;
import dev.stillhouse.scoring.summaries.Summarizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The figures of a run of summaries. */
final class SummarizeMeasures {
    /** Characters of what stands between two chosen sentences that an example shows. */
    private static final int SHOWN = 300;

    private final StageContext context;
    private final RunWriter writer;
    private final Summarizer summarizer;
    private final Dataset<Row> documentsDF;
    private final SummarizeConfig config;

    SummarizeMeasures(StageContext context, RunWriter writer, Summarizer summarizer, Dataset<Row> documentsDF) {
        this.context = context;
        this.writer = writer;
        this.summarizer = summarizer;
        this.documentsDF = documentsDF;
        this.config = context.task().summarize();
    }

    /**
     * The figures. Of an incremental run, examples are of documents that it has summarised itself, since it may not have read others.
     *
     * @param model run id of the student
     * @param outcome what a cascade found; absent without one
     * @param seconds that summarising took
     */
    SummarizeFigures figures(String model, Optional<Outcome> outcome, double seconds) {
        Dataset<Row> summariesDF = writer.read(Datasets.SUMMARIES);
        Row totals = summariesDF
                .agg(
                        count(lit(1)),
                        count_if(size(col(Summaries.SENTENCES)).equalTo(0)),
                        total(size(col(Summaries.SENTENCES))),
                        total(col(Summaries.WORDS)),
                        total(col(Summaries.DOCUMENT_WORDS)),
                        count_if(not(isNew())))
                .head();
        Map<String, Long> byRoute = Counts.by(summariesDF, Summaries.ROUTE);
        boolean digested = !config.groupBy().isEmpty();
        return new SummarizeFigures(
                totals.getLong(0),
                totals.getLong(1),
                totals.getLong(2),
                totals.getLong(3),
                totals.getLong(4),
                summarizer.truncated(),
                totals.getLong(5),
                Counts.by(summariesDF, Summaries.SOURCE),
                Counts.by(writer.read(Datasets.REJECTS), Rejects.REASON),
                config.budget().text(),
                model,
                (totals.getLong(0) - totals.getLong(5)) / seconds,
                digested ? writer.rows(Datasets.DIGESTS) : 0,
                config.groupBy(),
                examples(summariesDF),
                digested ? digests() : List.of(),
                byRoute,
                outcome.map(found -> RouteMeasures.figures(found, byRoute, Optional.empty(), seconds)));
    }

    /** Whether this run has summarised a document. */
    private Column isNew() {
        return writer.holds(InputFiles.NAME) ? col(Origin.SCORED_IN).equalTo(writer.run()) : lit(true);
    }

    private static Column total(Column values) {
        return coalesce(sum(values.cast("long")), lit(0L));
    }

    private List<SummarizeFigures.Example> examples(Dataset<Row> summariesDF) {
        int most = context.task().report().examples();
        if (most == 0) {
            return List.of();
        }
        Dataset<Row> someDF = summariesDF
                .where(isNew())
                .where(size(col(Summaries.SENTENCES)).gt(0))
                .orderBy(xxhash64(col(Summaries.SOURCE), col(Summaries.ID)), col(Summaries.SOURCE), col(Summaries.ID))
                .limit(most)
                .select(
                        Summaries.SOURCE,
                        Summaries.ID,
                        Summaries.SUMMARY,
                        Summaries.SENTENCES,
                        Summaries.HEADLINE,
                        Summaries.KEYWORDS);
        List<Row> rows = summarizer
                .read(documentsDF)
                .select(Documents.SOURCE, Documents.ID, Documents.TEXT)
                .join(broadcast(someDF), new String[] {Summaries.SOURCE, Summaries.ID})
                .orderBy(Summaries.SOURCE, Summaries.ID)
                .collectAsList();
        List<SummarizeFigures.Example> examples = new ArrayList<>();
        for (Row row : rows) {
            List<SummarizeFigures.Piece> pieces =
                    pieces(row.getAs(Documents.TEXT), row.getList(row.fieldIndex(Summaries.SENTENCES)));
            String chosen = pieces.stream()
                    .filter(SummarizeFigures.Piece::chosen)
                    .map(SummarizeFigures.Piece::text)
                    .collect(Collectors.joining("\n"));
            if (!chosen.equals(row.getAs(Summaries.SUMMARY))) {
                // The file has been written anew since.
                continue;
            }
            examples.add(new SummarizeFigures.Example(
                    row.getAs(Summaries.SOURCE),
                    row.getAs(Summaries.ID),
                    Optional.ofNullable(row.<String>getAs(Summaries.HEADLINE)).orElse(""),
                    row.getList(row.fieldIndex(Summaries.KEYWORDS)),
                    pieces));
        }
        return examples;
    }

    /** A text in pieces; none where the sentences go beyond it. */
    private static List<SummarizeFigures.Piece> pieces(String text, List<Row> sentences) {
        List<SummarizeFigures.Piece> pieces = new ArrayList<>();
        if (sentences.get(sentences.size() - 1).getInt(1) > text.codePointCount(0, text.length())) {
            return pieces;
        }
        int at = 0;
        int codePoint = 0;
        for (Row sentence : sentences) {
            int begin = text.offsetByCodePoints(at, sentence.getInt(0) - codePoint);
            int end = text.offsetByCodePoints(begin, sentence.getInt(1) - sentence.getInt(0));
            add(pieces, text.substring(at, begin));
            pieces.add(new SummarizeFigures.Piece(text.substring(begin, end), true));
            at = end;
            codePoint = sentence.getInt(1);
        }
        add(pieces, text.substring(at));
        return pieces;
    }

    private static void add(List<SummarizeFigures.Piece> pieces, String between) {
        String shown = between.strip();
        if (shown.length() > SHOWN) {
            int half = SHOWN / 2;
            int head = shown.offsetByCodePoints(0, Math.min(half, shown.codePointCount(0, shown.length())));
            int tail =
                    shown.offsetByCodePoints(shown.length(), -Math.min(half, shown.codePointCount(0, shown.length())));
            shown = shown.substring(0, head) + " … " + shown.substring(tail);
        }
        if (!shown.isEmpty()) {
            pieces.add(new SummarizeFigures.Piece(shown, false));
        }
    }

    /** The digests of the largest groups. */
    private List<SummarizeFigures.Digest> digests() {
        List<Column> order = new ArrayList<>(List.of(col(Digests.DOCUMENTS).desc()));
        config.groupBy().forEach(group -> order.add(col(group)));
        List<SummarizeFigures.Digest> digests = new ArrayList<>();
        for (Row row : writer.read(Datasets.DIGESTS)
                .orderBy(order.toArray(new Column[0]))
                .limit(context.task().report().examples())
                .collectAsList()) {
            List<String> group = new ArrayList<>();
            config.groupBy()
                    .forEach(name -> group.add(
                            Optional.ofNullable(row.<String>getAs(name)).orElse("(none)")));
            List<SummarizeFigures.Sentence> sentences = new ArrayList<>();
            for (Object element : row.getList(row.fieldIndex(Digests.SENTENCES))) {
                Row sentence = (Row) element;
                sentences.add(new SummarizeFigures.Sentence(
                        sentence.getAs(Digests.TEXT),
                        sentence.getAs(Digests.SOURCE),
                        sentence.getAs(Digests.ID),
                        sentence.getAs(Digests.SAID_BY)));
            }
            digests.add(new SummarizeFigures.Digest(group, row.getAs(Digests.DOCUMENTS), sentences));
        }
        return digests;
    }
}
