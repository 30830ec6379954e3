package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.cli.pipeline.SummaryContest.Judged;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.quality.Bootstrap;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.SummaryFigures;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.student.SalienceTrainer;
import dev.stillhouse.student.StudentConfig;
import dev.stillhouse.udfs.Sha256;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import dev.stillhouse.udfs.summary.SummaryKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The figures of a student of summaries: it and all that it is compared with on the same evaluation documents, once. */
final class SummaryMeasures {
    /** Documents whose text is kept on the driver, to measure speed on. */
    private static final int TIMED = 200;

    private static final int BINS = 15;
    private static final int MOST_WEIGHTS = 30;

    private final StageContext context;
    private final SalienceTrainer.Result trained;
    private final byte[] onnx;
    private final PublishedRun label;
    private final Budget budget;
    private final Bootstrap bootstrap;

    SummaryMeasures(StageContext context, SalienceTrainer.Result trained, byte[] onnx, PublishedRun label) {
        this.context = context;
        this.trained = trained;
        this.onnx = onnx;
        this.label = label;
        this.budget = context.task().summarize().budget().budget();
        this.bootstrap = Bootstrap.standard(context.task().seed());
    }

    /**
     * The figures.
     *
     * @param evaluationDF {@link SummaryLearning#evaluation}
     * @param documents evaluation documents, those that are not judged on too
     */
    SummaryFigures figures(Dataset<Row> evaluationDF, long documents) {
        String identity = Sha256.hex(onnx);
        Broadcast<byte[]> student = JavaSparkContext.fromSparkContext(
                        context.spark().sparkContext())
                .broadcast(onnx);
        List<Judged> judged;
        try {
            judged = new SummaryContest(student, identity, budget).judge(evaluationDF);
        } finally {
            student.destroy();
        }
        List<Row> some = some(evaluationDF);
        List<String> texts =
                some.stream().map(row -> row.<String>getAs(SentenceLabels.TEXT)).toList();
        Map<String, ModelFigures.Speed> speeds = new SummarySpeeds(context, trained.model(), label).measure(texts);
        boolean referenced = some.get(0).getAs(SummaryLearning.REFERENCED);
        Map<String, SummaryFigures.SystemFigures> systems = systems(judged, speeds, referenced);
        double retained = retained(judged);
        Interval agreement =
                interval(judged.stream().mapToDouble(Judged::agreement).toArray());
        return new SummaryFigures(
                learning(judged.size(), documents - judged.size()),
                context.task().summarize().budget().text(),
                referenced ? "reference" : "teacher",
                systems,
                differences(judged, systems.keySet()),
                retained,
                agreement,
                calibration(judged),
                onnx.length,
                trained.model().parameters(),
                new SummarySlices(bootstrap, judged, evaluationDF)
                        .figures(context.task().report().slices()),
                SummaryWeights.of(trained.model(), MOST_WEIGHTS),
                examples(judged, some),
                targets(retained, agreement, systems));
    }

    /** Documents that come first by hash, so that they are of all sources. */
    private static List<Row> some(Dataset<Row> evaluationDF) {
        return evaluationDF
                .orderBy(xxhash64(col(Curated.SOURCE), col(Curated.ID)), col(Curated.SOURCE), col(Curated.ID))
                .limit(TIMED)
                .collectAsList();
    }

    private Map<String, SummaryFigures.SystemFigures> systems(
            List<Judged> judged, Map<String, ModelFigures.Speed> speeds, boolean referenced) {
        Map<String, SummaryFigures.SystemFigures> systems = new LinkedHashMap<>();
        List<String> ways = SummaryContest.ways();
        for (int way = 0; way < ways.size(); way++) {
            // What a teacher chose is the best there is where it is all that there is to compare with.
            if (referenced || !ways.get(way).equals(SummaryContest.ORACLE)) {
                systems.put(ways.get(way), system(judged, way, Optional.ofNullable(speeds.get(ways.get(way)))));
            }
        }
        return systems;
    }

    private SummaryFigures.SystemFigures system(List<Judged> judged, int way, Optional<ModelFigures.Speed> speed) {
        return new SummaryFigures.SystemFigures(
                interval(values(judged, way, SummaryContest.ROUGE1)),
                interval(values(judged, way, SummaryContest.ROUGE2)),
                interval(values(judged, way, SummaryContest.ROUGE_L)),
                interval(values(judged, way, SummaryContest.ROUGE_LSUM)),
                mean(values(judged, way, SummaryContest.WORDS)),
                mean(values(judged, way, SummaryContest.COMPRESSION)),
                mean(values(judged, way, SummaryContest.REPETITION)),
                positions(judged, way),
                speed);
    }

    private static List<Double> positions(List<Judged> judged, int way) {
        double[] tenths = new double[10];
        double all = 0;
        for (Judged one : judged) {
            for (int tenth = 0; tenth < tenths.length; tenth++) {
                tenths[tenth] += one.tenths()[way][tenth];
                all += one.tenths()[way][tenth];
            }
        }
        double total = Math.max(1, all);
        return Arrays.stream(tenths).map(count -> count / total).boxed().toList();
    }

    static double[] values(List<Judged> judged, int way, int figure) {
        return judged.stream().mapToDouble(one -> one.figures()[way][figure]).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    private Interval interval(double[] values) {
        return Judge.interval(bootstrap.mean(values));
    }

    private static double retained(List<Judged> judged) {
        double teacher = 0;
        double student = 0;
        for (int figure : new int[] {SummaryContest.ROUGE1, SummaryContest.ROUGE2, SummaryContest.ROUGE_LSUM}) {
            teacher += mean(values(judged, SummaryContest.OF_TEACHER, figure));
            student += mean(values(judged, SummaryContest.OF_STUDENT, figure));
        }
        if (!(teacher > 0)) {
            throw new DataException(
                    "Cannot judge a student: the teacher's summaries of the evaluation documents have no word in common with what they are compared with; check reference in evaluate, and summarize.budget");
        }
        return student / teacher;
    }

    private List<SummaryFigures.Difference> differences(List<Judged> judged, Iterable<String> systems) {
        List<String> ways = SummaryContest.ways();
        List<SummaryFigures.Difference> differences = new ArrayList<>();
        for (String system : systems) {
            if (!system.equals(SummaryContest.STUDENT)) {
                int other = ways.indexOf(system);
                differences.add(new SummaryFigures.Difference(
                        SummaryContest.STUDENT,
                        system,
                        difference(judged, other, SummaryContest.ROUGE1),
                        difference(judged, other, SummaryContest.ROUGE2),
                        difference(judged, other, SummaryContest.ROUGE_LSUM)));
            }
        }
        return differences;
    }

    private Interval difference(List<Judged> judged, int other, int figure) {
        double[] student = values(judged, SummaryContest.OF_STUDENT, figure);
        double[] others = values(judged, other, figure);
        double[] differences = new double[student.length];
        Arrays.setAll(differences, i -> student[i] - others[i]);
        return interval(differences);
    }

    private SummaryFigures.Learning learning(long evaluation, long leftOut) {
        return new SummaryFigures.Learning(
                trained.fit(),
                trained.select(),
                evaluation,
                leftOut,
                trained.features(),
                trained.loss(),
                trained.penalty(),
                trained.model().temperature(),
                trained.model().redundancy());
    }

    /** Sentences by what the student gives them, in bins of equally many. */
    private static SummaryFigures.Calibration calibration(List<Judged> judged) {
        List<float[]> pairs = new ArrayList<>();
        for (Judged one : judged) {
            for (int i = 0; i < one.salience().length; i++) {
                pairs.add(new float[] {one.salience()[i], one.teacher()[i]});
            }
        }
        pairs.sort(Comparator.comparingDouble((float[] pair) -> pair[0]).thenComparingDouble(pair -> pair[1]));
        List<SummaryFigures.Bin> bins = new ArrayList<>();
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            List<float[]> inside = pairs.subList(bin * pairs.size() / BINS, (bin + 1) * pairs.size() / BINS);
            if (!inside.isEmpty()) {
                double student =
                        inside.stream().mapToDouble(pair -> pair[0]).average().orElse(0);
                double teacher =
                        inside.stream().mapToDouble(pair -> pair[1]).average().orElse(0);
                bins.add(new SummaryFigures.Bin(student, teacher, inside.size()));
                error += Math.abs(student - teacher) * inside.size() / pairs.size();
            }
        }
        return new SummaryFigures.Calibration(error, bins);
    }

    private List<SummaryFigures.Example> examples(List<Judged> judged, List<Row> some) {
        Map<String, Judged> byId = new TreeMap<>();
        judged.forEach(one -> byId.put(one.source() + "\n" + one.id(), one));
        SummaryKernel kernel = new SummaryKernel(trained.model());
        List<SummaryFigures.Example> examples = new ArrayList<>();
        for (Row row : some.subList(0, Math.min(context.task().report().examples(), some.size()))) {
            String source = row.getAs(Curated.SOURCE);
            String id = row.getAs(Curated.ID);
            Judged one = byId.get(source + "\n" + id);
            if (one != null) {
                examples.add(new SummaryFigures.Example(
                        source,
                        id,
                        one.figures()[SummaryContest.OF_STUDENT][SummaryContest.ROUGE1],
                        pieces(kernel, row, one)));
            }
        }
        return examples;
    }

    private List<SummaryFigures.Piece> pieces(SummaryKernel kernel, Row row, Judged one) {
        String text = row.getAs(SentenceLabels.TEXT);
        Sentences sentences = new SentenceSplitter().split(text);
        List<Boolean> teachers = row.getList(row.fieldIndex(SummaryLearning.CHOSEN));
        int[] students = kernel.choose(text, sentences, budget);
        List<SummaryFigures.Piece> pieces = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            pieces.add(new SummaryFigures.Piece(
                    sentences.text(i),
                    one.teacher()[i],
                    one.salience()[i],
                    teachers.get(i),
                    Arrays.binarySearch(students, i) >= 0));
        }
        return pieces;
    }

    private List<TrainFigures.Target> targets(
            double retained, Interval agreement, Map<String, SummaryFigures.SystemFigures> systems) {
        StudentConfig.Targets targets = context.task().student().targets();
        Optional<ModelFigures.Speed> speed = systems.get(SummaryContest.STUDENT).speed();
        List<TrainFigures.Target> checked = new ArrayList<>();
        targets.retained().ifPresent(demand -> checked.add(Targets.atLeast("retained", demand, Optional.of(retained))));
        targets.agreement()
                .ifPresent(demand -> checked.add(Targets.atLeast("agreement", demand, Optional.of(agreement.value()))));
        targets.size()
                .ifPresent(demand -> checked.add(Targets.atMost("size", demand, Optional.of((double) onnx.length))));
        targets.docsPerSecond()
                .ifPresent(demand -> checked.add(
                        Targets.atLeast("docs_per_second", demand, speed.map(ModelFigures.Speed::docsPerSecond))));
        targets.speedup()
                .ifPresent(demand ->
                        checked.add(Targets.atLeast("speedup", demand, speed.flatMap(ModelFigures.Speed::speedup))));
        targets.joules()
                .ifPresent(
                        demand -> checked.add(Targets.atMost("joules", demand, speed.map(ModelFigures.Speed::joules))));
        return checked;
    }
}
