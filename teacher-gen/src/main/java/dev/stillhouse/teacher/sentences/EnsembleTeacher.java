package dev.stillhouse.teacher.sentences;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Labels by {@link Votes} of several teachers, each by its weight among those that say something of the document. */
public final class EnsembleTeacher implements SentenceTeacher {
    private static final String MEMBER = "member";
    private static final String SAID = "said";
    private static final String[] KEY = {SentenceLabels.SOURCE, SentenceLabels.ID};

    private final List<Member> members;
    private final Budget budget;

    /**
     * @param members at least one
     * @param budget of a summary
     */
    public EnsembleTeacher(List<Member> members, Budget budget) {
        this.members = List.copyOf(members);
        this.budget = budget;
    }

    /**
     * One of the teachers.
     *
     * @param weight greater than 0
     */
    public record Member(SentenceTeacher teacher, double weight) {}

    @Override
    public String name() {
        return members.stream().map(member -> member.teacher().name()).collect(Collectors.joining(" + "));
    }

    @Override
    public String identity() {
        return members.stream()
                .map(member -> member.weight() + " " + member.teacher().identity())
                .collect(Collectors.joining(", ", "ensemble-1 " + budget.key() + " of ", ""));
    }

    @Override
    public boolean needsReferences() {
        return members.stream().allMatch(member -> member.teacher().needsReferences());
    }

    @Override
    public List<SentenceTeacher> members() {
        return members.stream().map(Member::teacher).toList();
    }

    @Override
    public UnaryOperator<Dataset<Row>> known() {
        List<UnaryOperator<Dataset<Row>>> known =
                members.stream().map(member -> member.teacher().known()).toList();
        return documentsDF -> known.stream()
                .map(member -> member.apply(documentsDF))
                .reduce(Dataset::intersect)
                .orElseThrow();
    }

    @Override
    public Dataset<Row> label(Dataset<Row> documentsDF) {
        Dataset<Row> saidDF = said(documentsDF)
                .groupBy(SentenceLabels.SOURCE, SentenceLabels.ID)
                .agg(array_sort(collect_list(
                                struct(MEMBER, SentenceLabels.BEGIN, SentenceLabels.SALIENCE, SentenceLabels.CHOSEN)))
                        .as(SAID));
        double[] weights = members.stream().mapToDouble(Member::weight).toArray();
        FlatMapFunction<Row, Row> vote = new Vote(new Votes(budget), weights, identity());
        return documentsDF
                .select(Curated.SOURCE, Curated.ID, Curated.TEXT)
                .join(saidDF, KEY)
                .flatMap(vote, Encoders.row(SentenceLabels.SCHEMA));
    }

    /** What all of them say, by their number. */
    private Dataset<Row> said(Dataset<Row> documentsDF) {
        List<Dataset<Row>> said = new ArrayList<>();
        for (int m = 0; m < members.size(); m++) {
            said.add(members.get(m).teacher().label(documentsDF).withColumn(MEMBER, lit(m)));
        }
        return said.stream().reduce(Dataset::union).orElseThrow();
    }

    /** The documents that none of them says anything of, with the first one's reason. */
    @Override
    public Dataset<Row> rejects(Dataset<Row> documentsDF) {
        Dataset<Row> rejectsDF = members.get(0).teacher().rejects(documentsDF);
        for (Member member : members.subList(1, members.size())) {
            rejectsDF = rejectsDF.join(member.teacher().rejects(documentsDF).drop(Rejects.REASON), KEY, "left_semi");
        }
        return rejectsDF;
    }

    /** What its members warn of, and of how many documents each says nothing where another member does. */
    @Override
    public List<String> warnings(Dataset<Row> documentsDF) {
        List<String> warnings = new ArrayList<>();
        long mute = rejects(documentsDF).count();
        for (Member member : members) {
            long silent = member.teacher().rejects(documentsDF).count() - mute;
            if (silent > 0) {
                warnings.add("Documents of which " + member.teacher().name()
                        + " says nothing, so that the other members alone decide: " + silent);
            }
            warnings.addAll(member.teacher().warnings(documentsDF));
        }
        return warnings;
    }

    private record Vote(Votes votes, double[] weights, String teacher) implements FlatMapFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<Row> call(Row document) {
            String text = document.getString(2);
            Sentences sentences = new SentenceSplitter().split(text);
            return votes.label(text, sentences, opinions(document.getList(3), sentences.size()))
                    .rows(document.getString(0), document.getString(1), teacher)
                    .iterator();
        }

        /** Rows (member, begin, salience, chosen) in this order, with as many of each member as there are sentences. */
        private List<Votes.Opinion> opinions(List<Row> said, int sentences) {
            List<Votes.Opinion> opinions = new ArrayList<>();
            for (int start = 0; start < said.size(); start += sentences) {
                float[] saliences = new float[sentences];
                boolean[] isChosen = new boolean[sentences];
                for (int i = 0; i < sentences; i++) {
                    Row row = said.get(start + i);
                    saliences[i] = row.getFloat(2);
                    isChosen[i] = row.getBoolean(3);
                }
                opinions.add(new Votes.Opinion(weights[said.get(start).getInt(0)], saliences, isChosen));
            }
            return opinions;
        }
    }
}
