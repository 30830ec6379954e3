package dev.stillhouse.teacher;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.datasets.schema.Rejects;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the members of a teacher returned, beside the documents. */
final class MemberOutputs {
    private MemberOutputs() {}

    /**
     * Joins.
     *
     * @param documents with text_hash
     * @param outputs of each member, {@link ModelOutputs#SCHEMA}, a row for each text
     * @return a row for each document, with {@link Labelling#OUTPUTS}, and {@code reason} where that is null
     */
    static Dataset<Row> join(Dataset<Row> documents, List<Dataset<Row>> outputs) {
        Dataset<Row> joinedDF = documents;
        Column[] values = new Column[outputs.size()];
        Column complete = lit(true);
        Column reason = lit(null).cast("string");
        for (int m = 0; m < values.length; m++) {
            String output = "__output_" + m;
            String why = "__reason_" + m;
            joinedDF = joinedDF.join(
                    outputs.get(m)
                            .select(
                                    col(ModelOutputs.TEXT_HASH),
                                    col(ModelOutputs.OUTPUT).as(output),
                                    col(ModelOutputs.REASON).as(why)),
                    new String[] {ModelOutputs.TEXT_HASH},
                    "left_outer");
            values[m] = col(output);
            complete = complete.and(col(output).isNotNull());
            reason = coalesce(reason, when(col(output).isNull(), coalesce(col(why), lit(Rejects.NOT_LABELLED))));
        }
        Dataset<Row> withDF = joinedDF.withColumn(Labelling.OUTPUTS, when(complete, array(values)))
                .withColumn(ModelOutputs.REASON, reason);
        for (int m = 0; m < values.length; m++) {
            withDF = withDF.drop("__output_" + m, "__reason_" + m);
        }
        return withDF;
    }
}
