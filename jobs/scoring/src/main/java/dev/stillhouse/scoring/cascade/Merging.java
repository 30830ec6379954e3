package dev.stillhouse.scoring.cascade;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.datasets.schema.Scores;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The teacher's answers in place of the student's.
 *
 * @param teacherRun run id of the teacher
 */
record Merging(Answers answers, String teacherRun) {
    private static final String SAMPLED = "sampled$";
    private static final String ANSWER = "answer$";
    private static final String KNOWN = "known$";

    /**
     * Merges, lazily.
     *
     * @param firstDF what the student says
     * @param sampleKeysDF documents that were drawn, (source, id)
     * @param texts that the teacher was to answer
     * @param isSent whether a document was the teacher's though not drawn
     * @return the columns of {@code firstDF}, and who decided
     */
    Dataset<Row> merged(Dataset<Row> firstDF, Dataset<Row> sampleKeysDF, Asked.Texts texts, Column isSent) {
        Dataset<Row> answersDF = answers.verdicts(texts.textsDF())
                .withColumn(ANSWER, lit(true))
                .join(texts.knownDF().withColumn(KNOWN, lit(true)), Asked.KEY, "left_outer");
        for (String name : answers.replaced()) {
            answersDF = answersDF.withColumnRenamed(name, ANSWER + name);
        }
        Column sent = coalesce(col(SAMPLED), lit(false)).or(isSent);
        Column isAnswered = sent.and(col(ANSWER).isNotNull());
        Column route = when(isAnswered.and(col(KNOWN).isNotNull()), lit(Scores.CACHE))
                .when(isAnswered, lit(Scores.TEACHER))
                .when(sent, lit(Scores.FALLBACK))
                .otherwise(lit(Scores.STUDENT));
        // The route comes first: what it looks at is replaced after it.
        Dataset<Row> joinedDF = firstDF.join(
                        broadcast(sampleKeysDF.withColumn(SAMPLED, lit(true))), Asked.KEY, "left_outer")
                .join(answersDF, Asked.KEY, "left_outer")
                .withColumn(Scores.ROUTE, route);
        Column isTeachers = isTeachers();
        for (String name : answers.replaced()) {
            joinedDF = joinedDF.withColumn(
                    name, when(isTeachers, col(ANSWER + name)).otherwise(col(name)));
        }
        for (String name : answers.cleared()) {
            if (Arrays.asList(firstDF.columns()).contains(name)) {
                joinedDF = joinedDF.withColumn(name, when(not(isTeachers), col(name)));
            }
        }
        return joinedDF.withColumn(
                Scores.MODEL, when(isTeachers, lit(teacherRun)).otherwise(col(Scores.MODEL)));
    }

    /** Whether the teacher has decided, a column of what is merged. */
    static Column isTeachers() {
        return col(Scores.ROUTE).isin(Scores.TEACHER, Scores.CACHE);
    }
}
