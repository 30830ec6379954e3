package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.Workspace;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.student.StudentTrainer;
import dev.stillhouse.teacher.Teacher;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Soft labels as JSON lines that other trainers read: {@code fit.jsonl}, {@code select.jsonl}, {@code evaluate.jsonl} of {@code {"id", "source", "text", "label", "probabilities", "gold"}}, cut as the student's training cuts them, and {@code README.md}, the dataset card with the head that Hugging Face's
 * {@code datasets} reads. Only gold and evaluation documents have their label.
 */
public final class SoftLabelExport {
    private static final String SELECT = "__select";

    private final SparkSession spark;
    private final LearningSet learning;
    private final Teacher teacher;
    private final Path folder;

    /**
     * An export of what is served now.
     *
     * @param folder one that does not exist yet
     * @throws DataException if there are no soft labels, or they were made from other documents than those that are served
     */
    public SoftLabelExport(SparkSession spark, Workspace workspace, Path folder) {
        this.spark = spark;
        this.folder = folder;
        PublishedRun label = served(workspace, Datasets.LABEL);
        List<String> outdated = Lineage.outdated(workspace, label.manifest().provenance());
        if (!outdated.isEmpty()) {
            throw new DataException("Cannot export: " + String.join("; ", outdated));
        }
        if (label.holds(Datasets.SENTENCE_LABELS)) {
            throw new DataException(
                    "Cannot export: run " + label.manifest().run()
                            + " of label has labels of sentences, and no soft labels; read sentence_labels where ./stillhouse path TASK sentence_labels says");
        }
        this.learning = new LearningSet(spark, served(workspace, Datasets.CURATE), label);
        this.teacher = Teacher.fromJson(label.file(LabelStage.TEACHER_FILE));
    }

    /**
     * Writes the files.
     *
     * @param pool documents of the pool at most, as the student's
     * @param seed the task's
     * @return rows of each split
     * @throws ConfigurationException if the folder exists
     */
    public Map<String, Long> write(Optional<Integer> pool, long seed) {
        Configuration hadoop = spark.sessionState().newHadoopConf();
        try {
            FileSystem files = folder.getFileSystem(hadoop);
            if (files.exists(folder)) {
                throw new ConfigurationException(
                        "Invalid folder: " + folder + " (must not exist yet, since an export replaces nothing)");
            }
            Dataset<Row> rowsDF = learning.rows(pool, seed);
            Column isSelect = StudentTrainer.selectPart(rowsDF);
            Dataset<Row> cutDF = rowsDF.withColumn(SELECT, isSelect);
            Map<String, Long> rows = new LinkedHashMap<>();
            rows.put("fit", write(files, "fit", cutDF.where(not(col(SELECT)))));
            rows.put("select", write(files, "select", cutDF.where(col(SELECT))));
            rows.put(
                    "evaluate",
                    write(files, "evaluate", learning.evaluation().withColumn(SoftLabels.GOLD, lit(false))));
            try (OutputStream out = files.create(new Path(folder, "README.md"))) {
                out.write(head(rows).getBytes(StandardCharsets.UTF_8));
                out.write(learning.label().file(LabelStage.CARD_FILE));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + folder + ": " + e.getMessage(), e);
        }
    }

    private long write(FileSystem files, String split, Dataset<Row> rowsDF) throws IOException {
        Iterator<Row> rows = rowsDF.select(
                        Curated.ID,
                        Curated.SOURCE,
                        Curated.TEXT,
                        Curated.LABEL,
                        SoftLabels.PROBABILITIES,
                        SoftLabels.GOLD)
                .orderBy(Curated.SOURCE, Curated.ID)
                .toLocalIterator();
        long written = 0;
        try (OutputStream out = new BufferedOutputStream(files.create(new Path(folder, split + ".jsonl")));
                JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.setRootValueSeparator(null);
            while (rows.hasNext()) {
                write(json, rows.next());
                json.writeRaw('\n');
                written++;
            }
        }
        return written;
    }

    private static void write(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", row.getString(0));
        json.writeStringField("source", row.getString(1));
        json.writeStringField("text", row.getString(2));
        json.writeStringField("label", row.getString(3));
        json.writeArrayFieldStart("probabilities");
        for (Float probability : row.<Float>getList(4)) {
            json.writeNumber(probability);
        }
        json.writeEndArray();
        json.writeBooleanField("gold", row.getBoolean(5));
        json.writeEndObject();
    }

    /** What Hugging Face's {@code datasets} reads of a card, and the order of the probabilities. */
    private String head(Map<String, Long> rows) {
        StringBuilder head = new StringBuilder(
                "---\ntask_categories: [text-classification]\nconfigs:\n- config_name: default\n  data_files:\n");
        rows.keySet().forEach(split -> head.append("  - {split: ")
                .append(split)
                .append(", path: ")
                .append(split)
                .append(".jsonl}\n"));
        head.append("---\n\n");
        rows.forEach(
                (split, count) -> head.append(split).append(": ").append(count).append(" documents. "));
        head.append("`probabilities` are in this order:\n\n");
        teacher.mixture()
                .labels()
                .forEach(label -> head.append("1. ").append(label).append('\n'));
        return head.append('\n').toString();
    }

    private static PublishedRun served(Workspace workspace, String stage) {
        return workspace
                .current(stage)
                .orElseThrow(() -> new DataException("Cannot export: stage " + stage
                        + " has no published run; run ./stillhouse " + stage + " first"));
    }
}
