package dev.stillhouse.curation.near;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.udfs.minhash.LshParameters;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Function1;

/**
 * The keys of each document's bands by built-in SQL alone, so that RAPIDS can run them on a GPU: the family {@code xxhash64}. Words are split at ASCII white space and ASCII letters folded; value {@code i} of a signature is the smallest {@code xxhash64(xxhash64(shingle), i)}; a band's key is the {@code xxhash64} of
 * its number and values.
 */
final class SqlSignatures {
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";

    private SqlSignatures() {}

    /**
     * Band keys of documents; none for a document without words.
     *
     * @param documents the columns of {@link Keys} and the text
     */
    static Dataset<Row> of(Dataset<Row> documents, NearDuplicatesConfig config) {
        Column words = filter(
                split(translate(col(Keys.TEXT), UPPER, LOWER), "[ \\t\\n\\r\\f\\x0b]+"), word -> word.notEqual(""));
        Column buckets = with(words, split -> with(hashes(split, config.shingle()), hashes -> buckets(hashes, config)));
        return documents.select(col(Keys.DOCUMENT), buckets.as(Signatures.BUCKETS));
    }

    /** A value under a name, so that what uses it often computes it once: projections that Spark collapses would compute it each time. */
    private static Column with(Column value, Function1<Column, Column> body) {
        return element_at(transform(array(value), body), 1);
    }

    private static Column hashes(Column words, int shingle) {
        Column count = size(words);
        Column windows = transform(
                sequence(lit(1), count.minus(shingle - 1)),
                first -> xxhash64(concat_ws(" ", slice(words, first, lit(shingle)))));
        return when(count.geq(shingle), windows)
                .when(count.gt(0), array(xxhash64(concat_ws(" ", words))))
                .otherwise(array().cast("array<bigint>"));
    }

    private static Column buckets(Column hashes, NearDuplicatesConfig config) {
        LshParameters parameters = config.parameters();
        Column[] keys = new Column[parameters.bands()];
        for (int band = 0; band < keys.length; band++) {
            Column[] parts = new Column[parameters.rows() + 1];
            parts[0] = lit(band);
            for (int row = 0; row < parameters.rows(); row++) {
                int permutation = band * parameters.rows() + row;
                parts[row + 1] = array_min(transform(hashes, hash -> xxhash64(hash, lit(permutation))));
            }
            keys[band] = xxhash64(parts);
        }
        return when(size(hashes).gt(0), array(keys)).otherwise(array().cast("array<bigint>"));
    }
}
