package dev.stillhouse.scoring;

import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.udfs.sql.TaskKernel;
import dev.stillhouse.udfs.student.DecidingNgrams;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.student.StudentKernel;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/** The n-grams of a text that decided what a student says of it. Serialisable. */
final class ExplainText implements UDF1<String, List<Row>> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<StudentFiles> files;
    private final String identity;
    private final String model;
    private final int most;
    private transient @Nullable StudentKernel kernel;
    private transient @Nullable DecidingNgrams ngrams;

    private ExplainText(Broadcast<StudentFiles> files, String identity, String model, int most) {
        this.files = files;
        this.identity = identity;
        this.model = model;
        this.most = most;
    }

    /** As a function of Spark. */
    static UserDefinedFunction of(SparkSession spark, ScoredStudent student, int most) {
        Broadcast<StudentFiles> files =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(student.files());
        return functions.udf(
                new ExplainText(files, student.files().identity(), student.model(), most),
                Scores.explained().dataType());
    }

    @Override
    public List<Row> call(String text) {
        StudentKernel student = kernel;
        DecidingNgrams deciding = ngrams;
        if (student == null || deciding == null) {
            student = TaskKernel.lease(files, identity, model);
            deciding = new DecidingNgrams(student.model());
            kernel = student;
            ngrams = deciding;
        }
        return deciding.of(text, student.probabilities(text), most).stream()
                .map(one -> RowFactory.create(one.ngram(), one.part(), one.added()))
                .toList();
    }
}
