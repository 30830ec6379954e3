package dev.stillhouse.student;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.testing.SharedSpark;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRowsTest {

    @ParameterizedTest
    @CsvSource({"2,1", "5,1", "300,100", "1000,200", "10000,1000", "100000,5000"})
    void selectPartIsATenthWithinItsBounds(long rows, long expected) {
        Dataset<Row> rowsDF = hashed(rows);
        assertThat(rowsDF.where(LearningRows.isSelect(rowsDF, rows, rows)).count())
                .isEqualTo(expected);
    }

    @Test
    void equalTextsAreInTheSamePart() {
        Dataset<Row> rows = hashed(1_000);
        Dataset<Row> select =
                rows.where(LearningRows.isSelect(rows, 1_000, 1_000)).select("text_hash");
        Dataset<Row> fit =
                rows.where(not(LearningRows.isSelect(rows, 1_000, 1_000))).select("text_hash");
        assertThat(select.intersect(fit).count()).isZero();
        assertThat(select.count() + fit.count()).isEqualTo(1_000);
    }

    @Test
    void rowsThatWereChosenForWhatTheyAreSelectNothing() {
        Dataset<Row> rows = hashed(1_000).withColumn("representative", expr("text_hash < '4'"));
        long representative = rows.where("representative").count();
        Dataset<Row> select = rows.where(LearningRows.isSelect(rows, 1_000, representative));
        assertThat(select.count()).isEqualTo(representative / 3);
        assertThat(select.where("not representative").count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,2,1,1",
        "1,10,2,1,1",
        "65536,4000000,2,1,1",
        "65537,6000000,2,2,1",
        "1000000,250000000,2,16,4",
        "1000,1000000000,2,15,16",
        "65536,4000000,1000,2,4"
    })
    void shardsAndPiecesFollowFromTheSizeOfThePart(long rows, long characters, int labels, int shards, int pieces) {
        assertThat(LearningRows.Deal.of(rows, characters, labels)).isEqualTo(new LearningRows.Deal(shards, pieces));
    }

    private static Dataset<Row> hashed(long rows) {
        return SharedSpark.session()
                .range(rows)
                .selectExpr("md5(cast(id as string)) as text_hash", "true as representative");
    }
}
