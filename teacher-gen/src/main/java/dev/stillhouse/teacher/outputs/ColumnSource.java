package dev.stillhouse.teacher.outputs;

import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Labels that a column has already, whoever gave them; outputs are {@code float[labels]}.
 *
 * @param column a kept column
 * @param labels the labels, in the order of the outputs
 * @param link what the outputs are logits of
 */
public record ColumnSource(String column, List<String> labels, Link link) implements OutputSource {
    public ColumnSource {
        labels = List.copyOf(labels);
    }

    @Override
    public String name() {
        return "column " + column;
    }

    @Override
    public String identity() {
        String all = column + "\n" + String.join("\n", labels) + (link == Link.SOFTMAX ? "" : "\n" + link.key());
        return "column-" + Sha256.hex(all.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    }

    @Override
    public Outputs open(SparkSession spark, Path caches) {
        return new ColumnOutputs(spark, this);
    }
}
