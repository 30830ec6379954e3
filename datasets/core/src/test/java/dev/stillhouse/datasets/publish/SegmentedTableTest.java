package dev.stillhouse.datasets.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentedTableTest {
    private static final StructType SCHEMA = new StructType().add("id", "long");

    @TempDir
    Path folder;

    private SparkSession spark;
    private SegmentedTable table;

    @BeforeEach
    void newTable() {
        spark = SharedSpark.session();
        table = new SegmentedTable(
                new org.apache.hadoop.fs.Path(folder.resolve("table").toString()),
                spark.sessionState().newHadoopConf());
    }

    @Test
    void aTableWithoutSegmentsIsEmpty() {
        assertThat(table.recover()).isZero();
        assertThat(ids()).isEmpty();
    }

    @Test
    void segmentsAddUpAndSparkReadsTheFolderAsOneTable() {
        assertThat(table.append("one", rows(0, 3))).isEqualTo(3);
        assertThat(table.append("two", rows(3, 5))).isEqualTo(2);
        assertThat(ids()).containsExactly(0L, 1L, 2L, 3L, 4L);
        Dataset<Row> whole = spark.read().parquet(table.folder().toString());
        assertThat(whole.schema().fieldNames()).containsExactly("id", "segment");
        assertThat(whole.count()).isEqualTo(5);
        assertThatThrownBy(() -> table.append("two", rows(0, 1))).hasMessageContaining("segment=two");
    }

    @Test
    void whatWasNotListedIsNotReadUntilItIsRecovered() throws IOException {
        table.append("one", rows(0, 4));
        Files.delete(segment().resolve("_segment.json"));
        assertThat(ids()).isEmpty();
        assertThat(table.recover()).isEqualTo(4);
        assertThat(table.recover()).isZero();
        assertThat(ids()).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void aFileThatIsNotWholeIsDeletedAndTheOthersRecovered() throws IOException {
        table.append("one", rows(0, 4));
        Files.delete(segment().resolve("_segment.json"));
        Path broken = segment().resolve("part-99999.parquet");
        Files.writeString(broken, "PAR1 and no more");
        assertThat(table.recover()).isEqualTo(4);
        assertThat(broken).doesNotExist();
        assertThat(ids()).hasSize(4);
    }

    @Test
    void aListedFileThatIsGoneOrOfAnotherLengthIsADataError() throws IOException {
        table.append("one", rows(0, 4));
        try (Stream<Path> files = Files.list(segment())) {
            Path file = files.filter(path -> path.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            Files.delete(file);
        }
        assertThatThrownBy(this::ids).isInstanceOf(DataException.class).hasMessageContaining("Delete the folder");
        Files.writeString(segment().resolve("_segment.json"), "no list");
        assertThatThrownBy(this::ids).isInstanceOf(DataException.class).hasMessageContaining("it is no list of files");
    }

    private Path segment() {
        return folder.resolve("table/segment=one");
    }

    private Dataset<Row> rows(long from, long to) {
        return spark.range(from, to).toDF();
    }

    private List<Long> ids() {
        return table.read(spark, SCHEMA).orderBy("id").collectAsList().stream()
                .map(row -> row.getLong(0))
                .toList();
    }
}
