package dev.stillhouse.teacher;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.teacher.outputs.Inference;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.OutputSource;
import dev.stillhouse.teacher.outputs.Outputs;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** A teacher that was fitted and published, asked about other documents: what it says of a text is kept in the label caches, and asked once. For one run; not safe for use by several threads. */
public final class PublishedTeacher {
    private static final UDF1<String, String> HASH = TextNormalizer::hash;

    private final Teacher teacher;
    private final List<OutputSource> sources;
    private final List<Outputs> outputs;

    PublishedTeacher(Teacher teacher, List<OutputSource> sources, List<Outputs> outputs) {
        this.teacher = teacher;
        this.sources = List.copyOf(sources);
        this.outputs = List.copyOf(outputs);
    }

    /**
     * The teacher, with what gives its members' outputs.
     *
     * @param caches folder of the label caches
     * @param members what the task file says of them now
     * @throws ConfigurationException if that is another teacher than the one that was published
     */
    public static PublishedTeacher of(SparkSession spark, Path caches, Teacher teacher, List<MemberSpec> members) {
        List<OutputSource> sources = teacher.members().stream()
                .map(member -> source(member, members))
                .toList();
        return new PublishedTeacher(
                teacher,
                sources,
                sources.stream().map(source -> source.open(spark, caches)).toList());
    }

    private static OutputSource source(Teacher.Member member, List<MemberSpec> members) {
        return members.stream()
                .flatMap(spec -> spec.candidates().stream())
                .map(MemberSpec.Candidate::source)
                .filter(source -> source.identity().equals(member.source()))
                .findFirst()
                .orElseThrow(
                        () -> new ConfigurationException("Cannot ask the teacher: the section teacher is not the one"
                                + " by which the published labels were made. Run ./stillhouse label first"));
    }

    /** What was published. */
    public Teacher teacher() {
        return teacher;
    }

    /**
     * Refuses what cannot be asked here, before a text is.
     *
     * @throws ConfigurationException if what a member needs is not there
     */
    public void check() {
        sources.forEach(OutputSource::check);
    }

    /** Documents with the {@code text_hash} by which caches know their texts. */
    public static Dataset<Row> withHash(Dataset<Row> documents) {
        return documents.withColumn(
                Curated.TEXT_HASH, udf(HASH, DataTypes.StringType).apply(col(Documents.TEXT)));
    }

    /** How many members it has. */
    public int members() {
        return outputs.size();
    }

    /** Whether anything is run or asked for a text; a column is read. */
    public boolean asks() {
        return sources.stream().anyMatch(Inference.class::isInstance);
    }

    /** Hashes of the texts that no member would be asked about again, (text_hash). */
    public Dataset<Row> known() {
        return IntStream.range(0, outputs.size())
                .mapToObj(m ->
                        outputs.get(m).read().where(sources.get(m).isSettled()).select(ModelOutputs.TEXT_HASH))
                .reduce(Dataset::intersect)
                .orElseThrow();
    }

    /**
     * Asks about texts that it was not asked about before; what it answers is kept even where it stops answering.
     *
     * @param texts with text_hash, text and attributes
     * @param segment a name for what caches are given that no other has
     * @param meters one for each member, kept over a run
     * @return how many texts some member was not asked about since its means are used up
     */
    public long fill(Dataset<Row> texts, String segment, List<InferenceMeter> meters) {
        long left = 0;
        for (int m = 0; m < outputs.size(); m++) {
            left = Math.max(
                    left,
                    outputs.get(m).fill(List.of(texts), segment, meters.get(m)).left());
        }
        return left;
    }

    /**
     * What it says of documents, by what it was asked by now.
     *
     * @param documents with source, id and text_hash
     * @return (source, id, text_hash, probabilities), a row for each document that it has an answer for
     */
    public Dataset<Row> label(Dataset<Row> documents) {
        Dataset<Row> outputsDF = MemberOutputs.join(
                        documents.select(SoftLabels.ID, SoftLabels.SOURCE, SoftLabels.TEXT_HASH),
                        outputs.stream().map(Outputs::read).toList())
                .where(col(Labelling.OUTPUTS).isNotNull())
                .withColumn(SoftLabels.REPRESENTATIVE, lit(true));
        return new SoftLabeler(teacher)
                .label(outputsDF, List.of())
                .select(SoftLabels.SOURCE, SoftLabels.ID, SoftLabels.TEXT_HASH, SoftLabels.PROBABILITIES);
    }
}
