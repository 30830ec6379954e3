package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_concat;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Origin;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.datasets.source.SourceFile;
import dev.stillhouse.datasets.source.SourceRows;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of an incremental run: those that the served run has of sources and files that have not changed, without reading them; those it has of documents that have not changed; and what is made of all others. They are the rows that a run without the earlier one would have, and where each comes from.
 */
final class Increment {
    private static final StructType FILE =
            new StructType().add(Scores.SOURCE, DataTypes.StringType).add(Origin.INPUT_PATH, DataTypes.StringType);

    private final SparkSession spark;
    private final Optional<EarlierRun> earlier;
    private final KeptFiles files;
    private final IncrementalStage of;
    private final SourceRows rows;

    private Increment(SparkSession spark, KeptFiles files, IncrementalStage of, SourceRows rows) {
        this.spark = spark;
        this.earlier = files.earlier();
        this.files = files;
        this.of = of;
        this.rows = rows;
    }

    /**
     * Looks at what has changed since the served run; reads ids where rows of files that are not read could have the same.
     *
     * @param anew whether nothing is to be taken over
     */
    static Increment since(StageContext context, IncrementalStage of, boolean anew) {
        // Before the fingerprints: a file that arrives between the two is not taken for one that was read.
        List<List<SourceFile>> listed =
                of.sources().stream().map(context.sources()::files).toList();
        List<StageInput> inputs = of.stage().inputs();
        Optional<EarlierRun> earlier = anew ? Optional.empty() : EarlierRun.of(context, of.stage(), inputs);
        List<String> names = EarlierRun.names(of.stage(), inputs);
        Map<String, SourceConfig> byName = new LinkedHashMap<>();
        Map<String, List<SourceFile>> now = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), of.sources().get(i));
            now.put(names.get(i), listed.get(i));
        }
        KeptFiles files = new KeptFiles(byName, now, earlier, repeating(context.spark(), earlier));
        while (true) {
            Increment increment = new Increment(context.spark(), files, of, read(context, of, files));
            if (!files.readAll(files.changed()) && !files.readAll(increment.conflicting(byName))) {
                return increment;
            }
        }
    }

    private static SourceRows read(StageContext context, IncrementalStage of, KeptFiles files) {
        try {
            return context.sources().read(of.section(), of.sources(), files);
        } catch (ConfigurationException e) {
            // A column that some files have may be in none of those that are read.
            if (files.readAll(Set.copyOf(files.byName().keySet()))) {
                return context.sources().read(of.section(), of.sources(), files);
            }
            throw e;
        }
    }

    /** Sources of which rows were rejects for their id: which row has it is decided by all files together. */
    private static Set<String> repeating(SparkSession spark, Optional<EarlierRun> earlier) {
        return earlier.map(run ->
                        names(run.rejects(spark).where(col(Rejects.REASON).equalTo(Rejects.REPEATED_ID))))
                .orElse(Set.of());
    }

    private static Set<String> names(Dataset<Row> rowsDF) {
        return rowsDF.select(Scores.SOURCE).distinct().collectAsList().stream()
                .map(row -> row.getString(0))
                .collect(Collectors.toSet());
    }

    /** Sources with a document that is read and one that is not under the same id. */
    private Set<String> conflicting(Map<String, SourceConfig> byName) {
        Object[] named = files.byName().keySet().stream()
                .filter(name -> byName.get(name).id().isPresent())
                .toArray();
        if (named.length == 0) {
            return Set.of();
        }
        Dataset<Row> readDF = rows.documents().where(col(Documents.SOURCE).isin(named));
        return names(ofKeptFiles(before()).join(readDF, new String[] {Scores.SOURCE, Scores.ID}, "left_semi"));
    }

    private Dataset<Row> before() {
        return earlier.orElseThrow().rows(spark, of.dataset());
    }

    /** What is read: the documents of files that are not kept, those among them that have not changed too, and the rejects. */
    SourceRows read() {
        return rows;
    }

    /**
     * A row of each document, lazily.
     *
     * @param making makes those of documents that no earlier run has, and carries {@link #carried} along
     * @param run which runs
     * @return what making gives, with {@link Origin#SCORED_IN} after it
     */
    Dataset<Row> rows(UnaryOperator<Dataset<Row>> making, String run) {
        Dataset<Row> documentsDF = documents();
        List<Dataset<Row>> parts = new ArrayList<>();
        Dataset<Row> freshDF = documentsDF;
        if (earlier.isPresent()) {
            Dataset<Row> beforeDF = before();
            parts.add(taken(beforeDF));
            Dataset<Row> othersDF = others(beforeDF);
            // Where files are only added there are none, and documents are read once.
            if (!othersDF.isEmpty()) {
                String[] same = {Scores.SOURCE, Scores.ID, Origin.INPUT_HASH};
                Dataset<Row> keysDF = withOrigin(documentsDF);
                Dataset<Row> placesDF = keysDF.select(Scores.SOURCE, Scores.ID, Origin.INPUT_HASH, Origin.INPUT_PATH);
                parts.add(othersDF.drop(Origin.INPUT_PATH).join(placesDF, same));
                freshDF = keysDF.join(othersDF.select(Scores.SOURCE, Scores.ID, Origin.INPUT_HASH), same, "left_anti")
                        .select(columns(documentsDF.columns()));
            }
        }
        Dataset<Row> madeDF = making.apply(freshDF).withColumn(Origin.SCORED_IN, lit(run));
        Column[] columns = columns(madeDF.columns());
        return parts.stream().reduce(madeDF, (all, part) -> all.union(part.select(columns)));
    }

    /**
     * All rejects, lazily.
     *
     * @param readDF those of what is read
     */
    Dataset<Row> rejects(Dataset<Row> readDF) {
        return earlier.map(run -> run.rejects(spark).withColumn(Origin.INPUT_PATH, col(Rejects.PATH)))
                .map(beforeDF -> readDF.unionByName(taken(beforeDF).drop(Origin.INPUT_PATH)))
                .orElse(readDF);
    }

    /** What the next run has to know. */
    byte[] inputs() {
        return files.seen().write();
    }

    /** Rows of sources and of files that are not read. */
    private Dataset<Row> taken(Dataset<Row> beforeDF) {
        return ofUnchanged(beforeDF).unionByName(ofKeptFiles(beforeDF));
    }

    private Dataset<Row> ofUnchanged(Dataset<Row> beforeDF) {
        return beforeDF.where(col(Scores.SOURCE).isin(files.unchanged().toArray()));
    }

    private Dataset<Row> ofKeptFiles(Dataset<Row> beforeDF) {
        return beforeDF.join(broadcast(keptFiles()), FILE.fieldNames(), "left_semi");
    }

    /** Rows of sources that are read, which may have the same documents as before. */
    private Dataset<Row> others(Dataset<Row> beforeDF) {
        Object[] read = earlier.orElseThrow().comparable().stream()
                .filter(name -> !files.unchanged().contains(name))
                .toArray();
        return beforeDF.where(col(Scores.SOURCE).isin(read))
                .join(broadcast(keptFiles()), FILE.fieldNames(), "left_anti");
    }

    private Dataset<Row> keptFiles() {
        List<Row> paths = new ArrayList<>();
        files.byName().forEach((source, names) -> names.forEach(name -> paths.add(RowFactory.create(source, name))));
        return spark.createDataFrame(paths, FILE);
    }

    /** Documents that carry, as kept columns do, the file that they are of and a hash of what is read of them. */
    private Dataset<Row> documents() {
        Column attributes =
                map_filter(col(Documents.ATTRIBUTES), (name, value) -> name.isin(Origin.INPUT_PATH, Origin.INPUT_HASH)
                        .equalTo(false));
        List<Column> read = new ArrayList<>(List.of(col(Documents.TEXT)));
        of.kept()
                .forEach(
                        name -> read.add(col(Documents.ATTRIBUTES).getItem(name).as("kept_" + name)));
        Column hash = md5(to_json(struct(read.toArray(Column[]::new))));
        Column origin = map(lit(Origin.INPUT_PATH), col(Documents.PATH), lit(Origin.INPUT_HASH), hash);
        return rows.documents().withColumn(Documents.ATTRIBUTES, map_concat(attributes, origin));
    }

    private static Dataset<Row> withOrigin(Dataset<Row> documentsDF) {
        return documentsDF
                .withColumn(Origin.INPUT_HASH, col(Documents.ATTRIBUTES).getItem(Origin.INPUT_HASH))
                .withColumn(Origin.INPUT_PATH, col(Documents.ATTRIBUTES).getItem(Origin.INPUT_PATH));
    }

    private static Column[] columns(String[] names) {
        return Stream.of(names).map(name -> col("`" + name + "`")).toArray(Column[]::new);
    }

    /** Columns that have to be carried along for it. */
    static List<String> carried() {
        return Arrays.asList(Origin.INPUT_PATH, Origin.INPUT_HASH);
    }
}
