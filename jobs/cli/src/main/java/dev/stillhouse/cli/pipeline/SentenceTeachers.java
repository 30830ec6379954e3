package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.teacher.TeacherModels;
import dev.stillhouse.teacher.sentences.EndpointTeacher;
import dev.stillhouse.teacher.sentences.EnsembleTeacher;
import dev.stillhouse.teacher.sentences.ReferenceTeacher;
import dev.stillhouse.teacher.sentences.SalienceTeacher;
import dev.stillhouse.teacher.sentences.SentenceTeacher;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.summary.Budget;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The teachers of sentences that a task names.
 *
 * @param caches folder of the label caches
 * @param budget of a summary
 */
record SentenceTeachers(SparkSession spark, Path caches, Budget budget) {

    static SentenceTeacher of(StageContext context) {
        Budget budget = context.task().summarize().budget().budget();
        budget.load();
        return new SentenceTeachers(context.spark(), LabelStage.caches(context), budget).of(models(context));
    }

    /** The models of a task's teacher. */
    static TeacherModels models(StageContext context) {
        return new TeacherModels(
                context.task().teacher(),
                Link.SOFTMAX,
                context.loaded()::resolve,
                context.task().seed());
    }

    /** The section's teacher within the task's budget, if it is the one that labelled. */
    static Optional<SentenceTeacher> thatLabelled(StageContext context, PublishedRun label) {
        SentenceTeacher teacher = of(context);
        return SentenceTeacherFile.read(label.file(SentenceLabelStage.TEACHER_FILE))
                        .identity()
                        .equals(teacher.identity())
                ? Optional.of(teacher)
                : Optional.empty();
    }

    /** The encoder that a teacher reads sentences with, the first of an ensemble's. */
    static Optional<EncoderSpec> encoder(TeacherModels models) {
        return switch (models.kind()) {
            case SALIENCE -> Optional.of(models.encoder().spec());
            case ENSEMBLE ->
                models.ofMembers().stream()
                        .flatMap(member -> encoder(member.models()).stream())
                        .findFirst();
            default -> Optional.empty();
        };
    }

    private SentenceTeacher of(TeacherModels models) {
        return switch (models.kind()) {
            case REFERENCE -> new ReferenceTeacher(budget);
            case SALIENCE -> new SalienceTeacher(spark, caches, models.encoder(), budget);
            case HTTP -> new EndpointTeacher(spark, caches, models.summaries(budget), budget);
            case ENSEMBLE -> {
                List<EnsembleTeacher.Member> members = models.ofMembers().stream()
                        .map(member -> new EnsembleTeacher.Member(of(member.models()), member.weight()))
                        .toList();
                yield new EnsembleTeacher(members, budget);
            }
            default ->
                throw new IllegalStateException(
                        "Invalid teacher: " + models.kind().key() + " (must say something of sentences)");
        };
    }
}
