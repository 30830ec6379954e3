package dev.stillhouse.scoring;

import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.udfs.student.DecidingNgrams;
import dev.stillhouse.udfs.student.StudentCache;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.student.StudentKernel;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.util.TaskCompletionListener;
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
            StudentCache.Lease lease =
                    StudentCache.lease(identity, () -> files.value().open(model));
            student = (StudentKernel) lease.student();
            TaskContext task = TaskContext.get();
            if (task == null) {
                // On the driver; such a student holds nothing but memory, so it may be used after the lease.
                lease.close();
            } else {
                task.addTaskCompletionListener((TaskCompletionListener) ended -> lease.close());
            }
            deciding = new DecidingNgrams(student.model());
            kernel = student;
            ngrams = deciding;
        }
        return deciding.of(text, student.probabilities(text), most).stream()
                .map(one -> RowFactory.create(one.ngram(), one.part(), one.added()))
                .toList();
    }
}
