package dev.stillhouse.teacher.outputs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import scala.collection.immutable.ArraySeq;

/** What a column says of the documents; nothing is kept, since nothing is paid for. Of equal texts with several values the smallest counts. */
final class ColumnOutputs implements Outputs {
    private static final String VALUE = "__value";

    private final ColumnSource source;
    private final List<Dataset<Row>> read = new ArrayList<>();
    private Dataset<Row> outputsDF;

    ColumnOutputs(SparkSession spark, ColumnSource source) {
        this.source = source;
        this.outputsDF = spark.createDataFrame(List.of(), ModelOutputs.SCHEMA);
    }

    /**
     * Reads the column.
     *
     * @throws ConfigurationException if no document has it
     */
    @Override
    public Result fill(List<Dataset<Row>> documents, String segment, InferenceMeter meter) {
        read.addAll(documents);
        Dataset<Row> valuesDF = read.stream()
                .map(documentsDF -> documentsDF.select(
                        col(Curated.TEXT_HASH),
                        col(Curated.ATTRIBUTES).getItem(source.column()).as(VALUE)))
                .reduce(Dataset::union)
                .orElseThrow()
                .groupBy(Curated.TEXT_HASH)
                .agg(min(VALUE).as(VALUE));
        if (valuesDF.where(col(VALUE).isNotNull()).isEmpty()) {
            throw new ConfigurationException("Invalid teacher.column: " + source.column()
                    + " (must be a column that corpus and evaluate keep: keep: [" + source.column() + "])");
        }
        MapFunction<Row, Row> reading = new ReadRow(new LabelColumn(source.labels(), source.link()));
        outputsDF = valuesDF.map(reading, Encoders.row(ModelOutputs.SCHEMA));
        return Result.NONE;
    }

    @Override
    public Need need(List<Dataset<Row>> documents) {
        return new Need(0, 0, 0, List.of());
    }

    @Override
    public Dataset<Row> read() {
        return outputsDF;
    }

    private record ReadRow(LabelColumn labels) implements MapFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Row call(Row row) {
            LabelColumn.Reading reading = labels.read(row.isNullAt(1) ? "" : row.getString(1));
            return RowFactory.create(
                    row.getString(0),
                    reading.logits().map(ArraySeq::unsafeWrapArray).orElse(null),
                    reading.reason().isEmpty() ? null : reading.reason(),
                    0);
        }
    }
}
