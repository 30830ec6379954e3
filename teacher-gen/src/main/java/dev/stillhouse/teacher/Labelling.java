package dev.stillhouse.teacher;

import static org.apache.spark.sql.functions.broadcast;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.teacher.MemberSpec.Candidate;
import dev.stillhouse.teacher.MemberSpec.Selection;
import dev.stillhouse.teacher.Teacher.Member;
import dev.stillhouse.teacher.outputs.Cost;
import dev.stillhouse.teacher.outputs.EncoderSource;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.OutputSource;
import dev.stillhouse.teacher.outputs.Outputs;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.Entailment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** A teacher at work: gets its members' outputs for documents, in one go or several, and fits on gold rows what is to be fitted. Not safe for use by several threads. */
public final class Labelling implements AutoCloseable {
    /** What the members' models returned for a text: {@code float[members][dimensions]}; null where one gave nothing. */
    public static final String OUTPUTS = "outputs";

    /** Texts that precisions are timed with. */
    private static final int SAMPLE = 256;

    private final SparkSession spark;
    private final Path caches;
    private final String kind;
    private final List<MemberSpec> members;
    private final LongSupplier nanoTime;
    private final List<Chosen> chosen = new ArrayList<>();
    private int segments;

    /**
     * A teacher that is to label.
     *
     * @param caches folder of the label caches
     * @param kind its kind in task files
     * @param members at least one
     * @param nanoTime nanoseconds that never run backwards, such as {@code System::nanoTime}
     */
    public Labelling(SparkSession spark, Path caches, String kind, List<MemberSpec> members, LongSupplier nanoTime) {
        this.spark = spark;
        this.caches = caches;
        this.kind = kind;
        this.members = List.copyOf(members);
        this.nanoTime = nanoTime;
    }

    /**
     * Refuses what cannot come to probabilities, before a text is run.
     *
     * @throws dev.stillhouse.udfs.errors.ConfigurationException if labels of the task, of gold and of a model do not belong together
     */
    public void check(List<GoldRow> gold) {
        for (MemberSpec member : members) {
            Candidate candidate = member.candidates().get(0);
            candidate.source().check();
            candidate.fitting().check(gold);
        }
    }

    /**
     * Gets the outputs; where a member can be asked in several ways, the gold rows are asked in all the first time, and the others in the one that they choose.
     *
     * @param texts rows with text_hash, text and attributes: the most urgent first; the first time the gold rows' are among them
     * @param segment a name for what caches are given that no other has
     */
    public Outputs.Result fill(List<Dataset<Row>> texts, List<GoldRow> gold, String segment, InferenceMeter meter) {
        Outputs.Result all = Outputs.Result.NONE;
        boolean isFirst = chosen.isEmpty();
        for (int m = 0; m < members.size(); m++) {
            MemberSpec member = members.get(m);
            Candidate candidate =
                    isFirst ? member.candidates().get(0) : chosen.get(m).candidate();
            String reason = isFirst ? candidate.choice() : chosen.get(m).reason();
            if (isFirst && member.candidates().size() > 1) {
                List<Tried> tried = tried(member, gold(texts, gold), gold, new Asking(segment, meter));
                Tried.Choice best = Tried.choose(member.selection(), tried);
                candidate = best.tried().candidate();
                reason = best.reason();
                // What the trial ran is no earlier run's.
                all = all.plus(new Outputs.Result(
                        -best.tried().inferred(),
                        tried.stream().mapToLong(Tried::inferred).sum(),
                        0));
            }
            Outputs outputs = isFirst
                    ? candidate.source().open(spark, caches)
                    : chosen.get(m).outputs();
            List<Dataset<Row>> urgent = isFirst ? urgent(candidate, texts, gold) : texts;
            all = all.plus(outputs.fill(urgent, segment(segment), meter));
            Dataset<Row> outputsDF = outputs.read().persist(StorageLevel.MEMORY_AND_DISK());
            if (isFirst) {
                chosen.add(new Chosen(candidate, reason, outputs, outputsDF));
            } else {
                chosen.set(m, new Chosen(candidate, reason, outputs, outputsDF))
                        .outputsDF()
                        .unpersist();
            }
        }
        return all;
    }

    /**
     * What filling would do and cost, by each member; of several ways to ask the first, and without what the gold rows cost in the others.
     *
     * @param texts rows with text_hash, text and attributes
     */
    public List<Plan> plan(List<Dataset<Row>> texts) {
        return members.stream()
                .map(member -> {
                    OutputSource source = member.candidates().get(0).source();
                    Outputs.Need need = source.open(spark, caches).need(texts);
                    return new Plan(source.name(), need, source.cost(spark, need, nanoTime));
                })
                .toList();
    }

    /** The teacher, once its members' outputs are there. */
    public FittedTeacher fit(List<GoldRow> gold) {
        List<Member> named = new ArrayList<>();
        List<FittedHead> fitted = new ArrayList<>();
        for (int m = 0; m < members.size(); m++) {
            MemberSpec member = members.get(m);
            Candidate candidate = chosen.get(m).candidate();
            FittedHead head = candidate.fitting().fit(chosen.get(m).outputsDF(), gold);
            fitted.add(head);
            named.add(named(member, chosen.get(m), head));
        }
        return FittedTeacher.of(
                kind, named, fitted, members.stream().map(MemberSpec::weight).toList());
    }

    /**
     * Documents with the members' outputs, a row for each row.
     *
     * @param documents with text_hash
     * @return the same with {@link #OUTPUTS}, and {@code reason} where that is null
     */
    public Dataset<Row> join(Dataset<Row> documents) {
        return MemberOutputs.join(
                documents, chosen.stream().map(Chosen::outputsDF).toList());
    }

    private static Member named(MemberSpec member, Chosen chosen, FittedHead head) {
        Candidate candidate = chosen.candidate();
        // Of several questions the one that was asked says more than what was fitted; precisions are asked alike.
        String choice = Stream.of(candidate.choice().isEmpty() ? head.choice() : "", chosen.reason())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
        Optional<EncoderSpec> model =
                candidate.source() instanceof EncoderSource encoder ? Optional.of(encoder.spec()) : Optional.empty();
        return new Member(
                member.kind(),
                candidate.source().name(),
                candidate.precision(),
                model.map(EncoderSpec::maxTokens).orElse(0),
                model.map(EncoderSpec::windows).orElse(1),
                model.map(EncoderSpec::entailment).orElse(Entailment.NONE),
                candidate.source().identity(),
                choice);
    }

    private List<Tried> tried(MemberSpec member, Dataset<Row> goldDF, List<GoldRow> gold, Asking asking) {
        List<String> sample = member.selection() == Selection.FASTEST_ALIKE ? sample(goldDF) : List.of();
        long characters = sample.stream().mapToLong(String::length).sum();
        List<Tried> tried = new ArrayList<>();
        for (Candidate candidate : member.candidates()) {
            Outputs outputs = candidate.source().open(spark, caches);
            long inferred = outputs.fill(List.of(goldDF), segment(asking.segment()), asking.meter())
                    .inferred();
            FittedHead head = candidate.fitting().fit(outputs.read(), gold);
            Cost cost =
                    candidate.source().cost(spark, new Outputs.Need(0, sample.size(), characters, sample), nanoTime);
            tried.add(new Tried(candidate, head, inferred, cost.seconds()));
        }
        return tried;
    }

    private static List<String> sample(Dataset<Row> goldDF) {
        return goldDF.dropDuplicates(Curated.TEXT_HASH)
                .orderBy(Curated.TEXT_HASH)
                .limit(SAMPLE)
                .select(Curated.TEXT)
                .as(Encoders.STRING())
                .collectAsList();
    }

    /** Where texts cost, the gold ones come first: without them there is no teacher. */
    private List<Dataset<Row>> urgent(Candidate candidate, List<Dataset<Row>> texts, List<GoldRow> gold) {
        if (!candidate.source().isPaid()) {
            return texts;
        }
        List<Dataset<Row>> all = new ArrayList<>(List.of(gold(texts, gold)));
        all.addAll(texts);
        return all;
    }

    private Dataset<Row> gold(List<Dataset<Row>> texts, List<GoldRow> gold) {
        Dataset<Row> hashesDF = spark.createDataset(
                        gold.stream().map(GoldRow::textHash).distinct().toList(), Encoders.STRING())
                .toDF(Curated.TEXT_HASH);
        return texts.stream()
                .reduce(Dataset::union)
                .orElseThrow()
                .join(broadcast(hashesDF), new String[] {Curated.TEXT_HASH}, "left_semi");
    }

    private String segment(String run) {
        return segments++ == 0 ? run : run + "-" + segments;
    }

    @Override
    public void close() {
        chosen.forEach(each -> each.outputsDF().unpersist());
    }

    /**
     * What a member would do.
     *
     * @param name of its model, server or column
     */
    public record Plan(String name, Outputs.Need need, Cost cost) {}

    private record Chosen(Candidate candidate, String reason, Outputs outputs, Dataset<Row> outputsDF) {}

    private record Asking(String segment, InferenceMeter meter) {}
}
