package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.console.RowCounter;
import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.student.LayerSource;
import dev.stillhouse.teacher.Teacher;
import dev.stillhouse.teacher.TeacherConfig;
import dev.stillhouse.teacher.TeacherModels;
import dev.stillhouse.teacher.outputs.EncoderSource;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.udfs.onnx.CatalogueModel;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.Entailment;
import dev.stillhouse.udfs.onnx.ModelForm;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The encoder that students may be cut from: the teacher's own, or MiniLM where the teacher has none (one that is asked over HTTP, read from a column, or gives logits). It reads a text's first {@code max_tokens} word pieces, whatever the number of windows that the teacher reads.
 */
final class TeacherEncoder implements LayerSource, AutoCloseable {
    /** For MiniLM, as for teachers that name no other. */
    private static final int MAX_TOKENS = 256;

    private final Teacher.Member member;
    private final boolean isOwn;
    private final SparkSession spark;
    private final Progress progress;
    private final RowCounter counter;

    private TeacherEncoder(Teacher.Member member, boolean isOwn, SparkSession spark, Progress progress) {
        this.member = member;
        this.isOwn = isOwn;
        this.spark = spark;
        this.progress = progress;
        this.counter = new RowCounter(spark.sparkContext());
    }

    static TeacherEncoder of(Teacher teacher, SparkSession spark, Progress progress) {
        Optional<Teacher.Member> own = teacher.members().stream()
                .filter(member -> TeacherConfig.Kind.of(member.kind()).embeds())
                .findFirst();
        return new TeacherEncoder(own.orElseGet(TeacherEncoder::miniLm), own.isPresent(), spark, progress);
    }

    private static Teacher.Member miniLm() {
        return new Teacher.Member(
                TeacherConfig.Kind.EMBEDDING_HEAD.key(),
                CatalogueModel.MINILM.key(),
                ModelForm.FP32.key(),
                MAX_TOKENS,
                1,
                Entailment.NONE,
                "",
                "");
    }

    /** Whether it is the teacher's. */
    boolean isOwn() {
        return isOwn;
    }

    /** {@inheritDoc} The form that the teacher runs, where there is none in float32. */
    @Override
    public EncoderSpec spec() {
        return forms().contains(ModelForm.FP32) ? spec(ModelForm.FP32) : spec(ModelForm.of(member.precision()));
    }

    @Override
    public Optional<EncoderSpec> compressed() {
        return forms().contains(ModelForm.INT8) && forms().contains(ModelForm.FP32)
                ? Optional.of(spec(ModelForm.INT8))
                : Optional.empty();
    }

    private List<ModelForm> forms() {
        return ModelForm.all(member.model());
    }

    private EncoderSpec spec(ModelForm form) {
        return TeacherModels.model(new Teacher.Member(
                member.kind(),
                member.model(),
                form.key(),
                member.maxTokens(),
                1,
                member.entailment(),
                member.source(),
                member.choice()));
    }

    @Override
    public Dataset<Row> outputs(EncoderSpec graph, Dataset<Row> textsDF) {
        progress.step("running the encoder", 0, counter);
        InferenceMeter meter = new InferenceMeter(spark.sparkContext(), counter.accumulator());
        return textsDF.mapPartitions(new EncoderSource(graph).task(spark, meter, 1), Encoders.row(ModelOutputs.SCHEMA));
    }

    @Override
    public void close() {
        counter.close();
    }
}
