package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.teacher.TeacherConfig;
import dev.stillhouse.teacher.outputs.EncoderSource;
import dev.stillhouse.teacher.sentences.SalienceScorer;
import dev.stillhouse.teacher.sentences.SalienceTeacher;
import dev.stillhouse.udfs.TextScorer;
import dev.stillhouse.udfs.Throughput;
import dev.stillhouse.udfs.summary.Baseline;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SalienceModel;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.SummaryKernel;
import dev.stillhouse.udfs.summary.SummaryRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Documents a second of the ways to summarise, text in and summary out, on this machine. */
final class SummarySpeeds {
    private static final int ROUNDS = 3;
    private static final int BATCH = 8;

    private final StageContext context;
    private final SalienceModel model;
    private final PublishedRun label;
    private final Budget budget;

    SummarySpeeds(StageContext context, SalienceModel model, PublishedRun label) {
        this.context = context;
        this.model = model;
        this.label = label;
        this.budget = context.task().summarize().budget().budget();
    }

    /** Speeds by way; the teacher's where it runs a model, and is the one that labelled. */
    Map<String, ModelFigures.Speed> measure(List<String> texts) {
        SummaryKernel kernel = new SummaryKernel(model);
        SummaryRequest request = new SummaryRequest(budget, false, 0);
        Map<String, TextScorer> ways = new LinkedHashMap<>();
        ways.put(SummaryContest.STUDENT, scorer(text -> kernel.summarize(text, request)));
        SentenceSplitter splitter = new SentenceSplitter();
        for (Baseline baseline : Baseline.values()) {
            ways.put(baseline.key(), scorer(text -> baseline.choose(text, splitter.split(text), budget)));
        }
        Optional<SalienceScorer> teacher = teacher();
        try {
            teacher.ifPresent(scorer -> ways.put(SummaryContest.TEACHER, scorer(scorer::choose)));
            return speeds(ways, texts);
        } finally {
            teacher.ifPresent(SalienceScorer::close);
        }
    }

    private Map<String, ModelFigures.Speed> speeds(Map<String, TextScorer> ways, List<String> texts) {
        double seconds = context.task().report().speedSeconds() / ROUNDS;
        Throughput throughput =
                new Throughput(new Throughput.Settings(ROUNDS, seconds, context.threads(), BATCH), System::nanoTime);
        List<Throughput.Rate> rates = throughput.measure(List.copyOf(ways.values()), texts);
        List<String> names = new ArrayList<>(ways.keySet());
        int teacher = names.indexOf(SummaryContest.TEACHER);
        Map<String, ModelFigures.Speed> speeds = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Throughput.Rate rate = rates.get(i);
            speeds.put(
                    names.get(i),
                    new ModelFigures.Speed(
                            rate.median(),
                            rate.lowest(),
                            rate.highest(),
                            context.threads(),
                            TrainMeasures.joules(
                                    rate.median(),
                                    context.threads(),
                                    context.task().report().wattsPerCore()),
                            teacher < 0
                                    ? Optional.empty()
                                    : Optional.of(
                                            rate.median() / rates.get(teacher).median())));
        }
        return speeds;
    }

    private Optional<SalienceScorer> teacher() {
        SentenceTeacherFile labelled = SentenceTeacherFile.read(label.file(SentenceLabelStage.TEACHER_FILE));
        if (!labelled.kind().equals(TeacherConfig.Kind.SALIENCE.key())
                || context.task().teacher().kind() != TeacherConfig.Kind.SALIENCE) {
            return Optional.empty();
        }
        EncoderSource encoder = SentenceTeachers.models(context).encoder();
        return labelled.identity().equals(SalienceTeacher.identity(encoder, budget))
                ? Optional.of(new SalienceScorer(encoder.spec(), budget))
                : Optional.empty();
    }

    /** What is measured takes texts and gives nothing. */
    private static TextScorer scorer(Consumer<String> summarize) {
        return new TextScorer() {
            @Override
            public List<String> labels() {
                return List.of();
            }

            @Override
            public float[][] probabilities(List<String> texts) {
                texts.forEach(summarize);
                return new float[texts.size()][0];
            }
        };
    }
}
