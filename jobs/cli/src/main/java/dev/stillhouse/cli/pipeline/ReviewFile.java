package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.teacher.choice.ReviewConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What people are asked about, as JSON lines {@code {"text_hash", "source", "id", "text", "label": null, "suggestions"}} that {@code teacher.corrections} reads once labels are filled in: the documents that a teacher is least sure of. */
final class ReviewFile {
    private static final int SUGGESTIONS = 3;
    private static final int PROBABILITIES = 4;

    private final List<String> labels;
    private final ReviewConfig config;

    /**
     * A file.
     *
     * @param labels in the order of the probabilities
     */
    ReviewFile(List<String> labels, ReviewConfig config) {
        this.labels = List.copyOf(labels);
        this.config = config;
    }

    /**
     * The lines, the document most worth a look first, each text once; gold documents and those cut for evaluation are not asked about.
     *
     * @param softLabelsDF {@link SoftLabels#SCHEMA}
     * @param curatedDF {@link Curated#SCHEMA}
     */
    byte[] lines(Dataset<Row> softLabelsDF, Dataset<Row> curatedDF) {
        Column descending = sort_array(col(SoftLabels.PROBABILITIES), false);
        Column margin = element_at(descending, 1).minus(element_at(descending, 2));
        Column order = config.by() == ReviewConfig.By.MARGIN ? margin : lit(0).minus(col(SoftLabels.DISAGREEMENT));
        List<Row> rows = softLabelsDF
                .where(not(col(SoftLabels.GOLD)))
                .join(
                        curatedDF
                                .where(col(Curated.PART).equalTo(Curated.CORPUS))
                                .select(Curated.SOURCE, Curated.ID, Curated.TEXT),
                        new String[] {Curated.SOURCE, Curated.ID})
                .orderBy(order, col(Curated.TEXT_HASH), col(Curated.SOURCE), col(Curated.ID))
                .limit(config.rows())
                .select(Curated.TEXT_HASH, Curated.SOURCE, Curated.ID, Curated.TEXT, SoftLabels.PROBABILITIES)
                .collectAsList();
        Set<String> seen = new HashSet<>();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(lines)) {
            json.setRootValueSeparator(null);
            for (Row row : rows) {
                if (seen.add(row.getString(0))) {
                    write(json, row);
                    json.writeRaw('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the review: " + e.getMessage(), e);
        }
        return lines.toByteArray();
    }

    private void write(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("text_hash", row.getString(0));
        json.writeStringField("source", row.getString(1));
        json.writeStringField("id", row.getString(2));
        json.writeStringField("text", row.getString(3));
        json.writeNullField("label");
        json.writeArrayFieldStart("suggestions");
        List<Float> probabilities = row.getList(PROBABILITIES);
        for (int label : IntStream.range(0, probabilities.size())
                .boxed()
                .sorted(Comparator.comparing(probabilities::get).reversed())
                .limit(SUGGESTIONS)
                .toList()) {
            json.writeStartObject();
            json.writeStringField("label", labels.get(label));
            json.writeNumberField("probability", probabilities.get(label));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
