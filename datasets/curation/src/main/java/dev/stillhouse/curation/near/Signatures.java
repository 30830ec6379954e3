package dev.stillhouse.curation.near;

import dev.stillhouse.udfs.minhash.Bands;
import dev.stillhouse.udfs.minhash.LshParameters;
import dev.stillhouse.udfs.minhash.MinHasher;
import dev.stillhouse.udfs.minhash.Shingles;
import dev.stillhouse.udfs.text.TextScan;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The keys of each document's bands, by the kernel. Serialisable, without state. */
final class Signatures implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    static final String BUCKETS = "buckets";

    static final StructType SCHEMA = new StructType()
            .add(Keys.DOCUMENT, DataTypes.LongType, false)
            .add(BUCKETS, DataTypes.createArrayType(DataTypes.LongType, false), false);

    private final int shingle;
    private final int bands;
    private final int rows;

    private Signatures(int shingle, LshParameters parameters) {
        this.shingle = shingle;
        this.bands = parameters.bands();
        this.rows = parameters.rows();
    }

    /**
     * Band keys of documents; none for a document without words.
     *
     * @param documents the columns of {@link Keys} and the text
     */
    static Dataset<Row> of(Dataset<Row> documents, NearDuplicatesConfig config) {
        return documents
                .select(Keys.DOCUMENT, Keys.TEXT)
                .mapPartitions(new Signatures(config.shingle(), config.parameters()), Encoders.row(SCHEMA));
    }

    @Override
    public Iterator<Row> call(Iterator<Row> documents) {
        LshParameters parameters = new LshParameters(bands, rows);
        MinHasher hasher = new MinHasher(parameters.permutations());
        Shingles shingles = new Shingles(shingle);
        TextScan scan = new TextScan();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return documents.hasNext();
            }

            @Override
            public Row next() {
                Row document = documents.next();
                scan.scan(document.getString(1).getBytes(StandardCharsets.UTF_8));
                shingles.read(scan);
                long[] keys = shingles.count() == 0 ? new long[0] : Bands.keys(hasher.signature(shingles), parameters);
                return RowFactory.create(document.getLong(0), keys);
            }
        };
    }
}
