package dev.stillhouse.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationRowsTest {
    private static final StructType SCHEMA = new StructType()
            .add(Curated.SOURCE, DataTypes.StringType)
            .add(Curated.ID, DataTypes.StringType)
            .add(Curated.LABEL, DataTypes.StringType);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"IDENTITY; 2.5; warm", "IDENTITY; 2.5; NaN", "LOGISTIC; sea|law; [\"sea\""})
    void aLabelThatCannotBeReadIsToldByTheFirstDocumentThatHasIt(Link link, String good, String bad) {
        Dataset<Row> rows = rows(good, null, bad, good, bad);
        assertThatThrownBy(() -> EvaluationRows.check(rows, link))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Cannot judge by document d2 of source test")
                .hasMessageContaining("leave it out by where");
        EvaluationRows.check(rows(good, null, good), link);
    }

    @ParameterizedTest
    @ValueSource(strings = {"warm", "NaN", "[\"sea\""})
    void oneOfSeveralLabelsMayBeAnyText(String label) {
        assertThatCode(() -> EvaluationRows.check(rows(label), Link.SOFTMAX)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(Link.class)
    void documentsWithoutALabelJudgeNothing(Link link) {
        assertThatThrownBy(() -> EvaluationRows.check(rows((String) null), link))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none of the evaluation documents has a label");
    }

    private static Dataset<Row> rows(String... labels) {
        List<Row> rows = new ArrayList<>();
        for (String label : labels) {
            rows.add(RowFactory.create("test", "d" + rows.size(), label));
        }
        return SharedSpark.session().createDataFrame(rows, SCHEMA);
    }
}
