package dev.stillhouse.curation.near;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Proposals;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Runs the {@link ClusterVerifier} over each cluster, its documents streaming in the order of survivors. Serialisable, without state. */
final class Verification implements FlatMapGroupsFunction<Long, Row, Row> {
    private static final long serialVersionUID = 1L;

    private final VerificationRule rule;

    private Verification(VerificationRule rule) {
        this.rule = rule;
    }

    /**
     * Verifies.
     *
     * @param members component, source, id, text, always_keep, buckets, and what order names
     * @param order the order of survivors, total
     * @return shape of {@link Proposals}
     */
    static Dataset<Row> of(Dataset<Row> members, Column[] order, VerificationRule rule) {
        MapFunction<Row, Long> component = row -> row.<Long>getAs(ConnectedComponents.COMPONENT);
        return members.groupByKey(component, Encoders.LONG())
                .flatMapSortedGroups(order, new Verification(rule), Encoders.row(Proposals.SCHEMA));
    }

    @Override
    public Iterator<Row> call(Long component, Iterator<Row> members) {
        ClusterVerifier verifier = new ClusterVerifier(rule);
        Member.Reader reader = new Member.Reader(rule);
        String cluster = String.format("%016x", component);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return members.hasNext();
            }

            @Override
            public Row next() {
                return row(cluster, verifier.judge(member(reader, members.next())));
            }
        };
    }

    private static Member member(Member.Reader reader, Row row) {
        Member.Identity identity = new Member.Identity(
                row.getAs(Documents.SOURCE), row.getAs(Documents.ID), row.<Boolean>getAs(NearDuplicates.ALWAYS_KEEP));
        byte[] text = row.<String>getAs(Documents.TEXT).getBytes(StandardCharsets.UTF_8);
        long[] buckets = row.<Long>getList(row.fieldIndex(Signatures.BUCKETS)).stream()
                .mapToLong(Long::longValue)
                .toArray();
        return reader.read(identity, text, buckets);
    }

    private static Row row(String cluster, Verdict verdict) {
        boolean removed = verdict.removes();
        return RowFactory.create(
                verdict.document().source(),
                verdict.document().id(),
                cluster,
                verdict.outcome(),
                verdict.comparison()
                        .filter(c -> removed)
                        .map(c -> c.kept().source())
                        .orElse(null),
                verdict.comparison()
                        .filter(c -> removed)
                        .map(c -> c.kept().id())
                        .orElse(null),
                verdict.comparison().map(Comparison::sharedBands).orElse(null),
                verdict.comparison().map(Comparison::jaccard).orElse(null),
                verdict.comparison().map(Comparison::containment).orElse(null),
                verdict.comparisons());
    }
}
