package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.BuildInfo;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.datasets.schema.StudentWeights;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.scoring.drift.Reference;
import dev.stillhouse.student.Contender;
import dev.stillhouse.student.Edition;
import dev.stillhouse.student.Goal;
import dev.stillhouse.student.StudentConfig;
import dev.stillhouse.student.StudentTrainer;
import dev.stillhouse.student.Training;
import dev.stillhouse.student.export.WeightTable;
import dev.stillhouse.teacher.Teacher;
import dev.stillhouse.teacher.TeacherConfig;
import dev.stillhouse.teacher.TeacherModels;
import dev.stillhouse.teacher.TeacherScorer;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.Throughput;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.student.Student;
import dev.stillhouse.udfs.student.StudentFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/** The stage {@code train}: learns a student from gold and pool, judges it on the evaluation documents, and publishes it if it meets its targets. */
final class TrainStage implements Stage {
    /** For which the speed of each student is measured before one is chosen. */
    private static final double LADDER_SECONDS = 0.5;

    private static final int MANY_LABELS = 250;

    /** Evaluation documents below which a person should be told. */
    private static final int FEW = 100;

    private final StageContext context;
    private final StudentConfig config;

    TrainStage(StageContext context) {
        this.context = context;
        this.config = context.task().student();
    }

    @Override
    public String name() {
        return Datasets.TRAIN;
    }

    @Override
    public int version() {
        return 12;
    }

    @Override
    public JsonNode configuration() {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        configuration.set("student", context.task().section("student"));
        configuration.set("report", context.task().section("report"));
        configuration.set("out_of_scope", context.task().section("out_of_scope"));
        return configuration;
    }

    @Override
    public List<StageInput> inputs() {
        List<StageInput> inputs =
                new ArrayList<>(context.inputs("out_of_scope", context.task().outOfScope()));
        inputs.add(context.input(Datasets.CURATE));
        inputs.add(context.input(Datasets.LABEL));
        return inputs;
    }

    @Override
    public void check() {
        OutOfScopeTexts.documents(context);
    }

    @Override
    public StageOutcome run(RunWriter writer, Progress progress) {
        PublishedRun label = context.consistentUpstream(Datasets.LABEL);
        LearningSet learning = new LearningSet(context.spark(), context.upstream(Datasets.CURATE), label);
        Teacher teacher = Teacher.fromJson(label.file(LabelStage.TEACHER_FILE));
        try (Previous previous = Previous.of(
                        context.workspace().current(Datasets.TRAIN),
                        context.task().kind().link(),
                        config.targets().notWorseThan().isPresent())
                .orElse(null)) {
            return run(new Upstream(label, teacher, learning, Optional.ofNullable(previous)), writer, progress);
        }
    }

    private StageOutcome run(Upstream upstream, RunWriter writer, Progress progress) {
        PublishedRun label = upstream.label();
        Teacher teacher = upstream.teacher();
        List<String> outOfScope = OutOfScopeTexts.of(context);
        EvaluationRows evaluation = EvaluationRows.collect(upstream.learning().evaluation());
        Dataset<Row> learningDF =
                upstream.learning().rows(config.pool(), context.task().seed());
        try (TeacherScorer scorer = scorer(teacher, label)) {
            Optional<TeacherScorer> runnable = Optional.ofNullable(scorer);
            Learned learned = learn(learningDF, teacher, new Trial(evaluation.texts(), runnable), progress);
            StudentFiles files = learned.ladder().chosen().compressed().files(metadata(writer, label));
            progress.step("judging");
            try (Models models = models(learned, files, runnable, upstream.previous())) {
                TrainFigures figures = new TrainMeasures(
                                context, models, evaluation, goal(teacher).teacher())
                        .figures(outOfScope);
                publish(writer, models, figures);
                List<String> warnings = new ArrayList<>(learned.ladder().warnings());
                warnings.addAll(few(figures.learning().evaluation()));
                return new StageOutcome(
                        figures,
                        Targets.summary(figures),
                        warnings,
                        refusal(figures, writer.run(), upstream.previous()));
            }
        }
    }

    private Optional<String> refusal(TrainFigures figures, String run, Optional<Previous> previous) {
        return Targets.refusal(figures.targets(), run)
                .map(missed -> missed
                        + previous.map(served -> ". Run " + served.run() + " is served as before")
                                .orElse(""));
    }

    private static List<String> few(long evaluation) {
        return evaluation >= FEW
                ? List.of()
                : List.of("The student is judged on " + Console.count(evaluation, "document")
                        + " only, so its figures may be far off: name more with evaluate");
    }

    /** The models that made the labels, whatever the task file names by now; null where there is none to run here. */
    private static @Nullable TeacherScorer scorer(Teacher teacher, PublishedRun label) {
        List<EncoderSpec> models = new ArrayList<>();
        for (Teacher.Member member : teacher.members()) {
            if (!TeacherConfig.Kind.of(member.kind()).runsModel()) {
                return null;
            }
            EncoderSpec model = TeacherModels.model(member);
            if (!model.identity().equals(member.source())) {
                throw new DataException("Cannot judge the teacher of label run "
                        + label.manifest().run() + ": model or tokenizer in " + member.model()
                        + " have changed since; run ./stillhouse label first");
            }
            models.add(model);
        }
        return new TeacherScorer(teacher, models);
    }

    private Learned learn(Dataset<Row> rowsDF, Teacher teacher, Trial trial, Progress progress) {
        // Of so many labels a student's own weights need the memory.
        boolean isWide = teacher.mixture().labels().size() > MANY_LABELS;
        Dataset<Row> learningDF = rowsDF.persist(isWide ? StorageLevel.DISK_ONLY() : StorageLevel.MEMORY_AND_DISK());
        try (TeacherEncoder encoder = TeacherEncoder.of(teacher, context.spark(), progress)) {
            progress.step("cutting parts");
            StudentTrainer trainer = new StudentTrainer(
                    config, goal(teacher), context.task().seed(), Optional.of(EncoderVectors.of(teacher)));
            Rungs rungs = new Rungs(config, trainer, learningDF, encoder);
            Ladder.Climbed ladder = new Ladder(config, speeds(trial), progress).climb(rungs);
            progress.step("calibrating");
            Contender calibrated = rungs.calibrated(ladder.chosen());
            progress.step("baseline");
            Edition baseline = rungs.baseline(ladder.chosen());
            progress.step("reference");
            Reference reference = new ReferenceDocuments(context).reference(calibrated, trainer.select(learningDF));
            long gold = learningDF.where(col(SoftLabels.GOLD)).count();
            return new Learned(
                    ladder.withChosen(calibrated),
                    rungs.rows(ladder.chosen()),
                    baseline,
                    gold,
                    learningDF.count(),
                    reference);
        } finally {
            learningDF.unpersist();
        }
    }

    /** What students are to give; a score's thresholds are the task's. */
    private Goal goal(Teacher teacher) {
        Map<String, Float> thresholds = new TreeMap<>();
        config.thresholds().forEach((name, value) -> thresholds.put(name, value.floatValue()));
        Decision decision = teacher.mixture().decision();
        return new Goal(
                teacher.mixture().labels(),
                decision.link() == Link.IDENTITY ? new Decision(decision.link(), thresholds) : decision);
    }

    private Speeds speeds(Trial trial) {
        double watts = context.task().report().wattsPerCore();
        return new Speeds(
                throughput(LADDER_SECONDS),
                throughput(context.task().report().speedSeconds()),
                trial.texts(),
                docsPerSecond -> TrainMeasures.joules(docsPerSecond, context.threads(), watts),
                config.targets().speedup().flatMap(wanted -> trial.teacher()));
    }

    private Throughput throughput(double seconds) {
        return new Throughput(new Throughput.Settings(3, seconds / 3, context.threads(), 256), System::nanoTime);
    }

    private Models models(
            Learned learned, StudentFiles files, Optional<TeacherScorer> teacher, Optional<Previous> previous) {
        List<Student> opened = opened(
                () -> files.open(StudentFiles.ONNX),
                () -> learned.ladder().chosen().uncompressed().open(),
                () -> learned.baseline().open());
        return new Models(
                teacher,
                opened.get(0),
                opened.get(1),
                opened.get(2),
                previous,
                learned,
                files,
                throughput(context.task().report().speedSeconds()),
                context.threads());
    }

    /** Opens them all, or gives back those that it has opened. */
    @SafeVarargs
    private static List<Student> opened(Supplier<Student>... students) {
        List<Student> opened = new ArrayList<>();
        try {
            for (Supplier<Student> student : students) {
                opened.add(student.get());
            }
            return opened;
        } catch (RuntimeException e) {
            opened.forEach(Student::close);
            throw e;
        }
    }

    private Map<String, String> metadata(RunWriter writer, PublishedRun label) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("task", context.task().task());
        metadata.put("run", writer.run());
        metadata.put("label_run", label.manifest().run());
        metadata.put("label_fingerprint", label.manifest().fingerprint());
        metadata.put("seed", Long.toString(context.task().seed()));
        metadata.put("code_version", BuildInfo.version());
        return metadata;
    }

    private void publish(RunWriter writer, Models models, TrainFigures figures) {
        ModelCard card = new ModelCard(context.task(), models, figures);
        PublishedStudent.write(writer, models.files());
        writer.write(Datasets.MODEL + "/model.json", card.json(writer.run()));
        writer.write(Datasets.MODEL + "/MODEL_CARD.md", card.markdown());
        writer.write(ReferenceDocuments.FILE, models.learned().reference().write());
        if (models.files().tokenizer().isEmpty()) {
            writer.write(
                    Datasets.WEIGHTS,
                    WeightTable.of(context.spark(), models.files().onnx()),
                    StudentWeights.SCHEMA,
                    StudentWeights.VERSION);
        }
    }

    /** What is learned from, and what the student is compared with. */
    private record Upstream(PublishedRun label, Teacher teacher, LearningSet learning, Optional<Previous> previous) {}

    /**
     * What students are tried on before one is chosen.
     *
     * @param texts to measure speed on
     * @param teacher to compare with, where it runs here
     */
    private record Trial(List<String> texts, Optional<TeacherScorer> teacher) {}

    /** What training gave, the rows it learned from, and what those were like that it was chosen on. */
    record Learned(
            Ladder.Climbed ladder,
            Training.Counts parts,
            Edition baseline,
            long gold,
            long rows,
            Reference reference) {}

    /** The models that are judged; the teacher where it can be run here. */
    record Models(
            Optional<TeacherScorer> teacher,
            Student student,
            Student uncompressed,
            Student baseline,
            Optional<Previous> previous,
            Learned learned,
            StudentFiles files,
            Throughput throughput,
            int threads)
            implements AutoCloseable {

        /** The students that are judged, by what they are. */
        Map<Comparison.Role, Student> students() {
            return Map.of(
                    Comparison.Role.STUDENT,
                    student,
                    Comparison.Role.UNCOMPRESSED,
                    uncompressed,
                    Comparison.Role.BASELINE,
                    baseline);
        }

        /** Gives the students back; the teacher and the previous student are the caller's. */
        @Override
        public void close() {
            student.close();
            uncompressed.close();
            baseline.close();
        }
    }
}
