package dev.stillhouse.scoring.drift;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udaf;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.udfs.sql.TaskKernel;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.student.StudentKernel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Aggregator;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Takes a {@link DocumentSample} of documents that pass by, as an aggregate function that gives it as bytes; of one dataset, which may pass by again. Serialisable; a student that is needed to measure texts is loaded once an executor. */
public final class SampleAggregator extends Aggregator<Tuple2<Long, byte[]>, DocumentSample, byte[]> {
    private static final long serialVersionUID = 1L;

    /** Code points of the beginning of a text that is kept. */
    private static final int EXCERPT = 240;

    private static final int MOST_BYTES = 4;

    private final @Nullable Broadcast<StudentFiles> files;
    private final String identity;
    private final String pass = UUID.randomUUID().toString();
    private transient volatile @Nullable SampleBound bound;
    private transient volatile @Nullable StudentKernel opened;

    private SampleAggregator(@Nullable Broadcast<StudentFiles> files, String identity) {
        this.files = files;
        this.identity = identity;
    }

    /**
     * The sample of rows of {@link Documents}, as an aggregate.
     *
     * @param files of the student whose vocabulary is asked for; one that takes tokens has none
     */
    public static Column of(SparkSession spark, StudentFiles files) {
        SampleAggregator aggregator = files.tokenizer().isPresent()
                ? new SampleAggregator(null, "")
                : new SampleAggregator(
                        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(files), files.identity());
        return udaf(aggregator, Encoders.tuple(Encoders.LONG(), Encoders.BINARY()))
                .apply(place(), col(Documents.TEXT).cast("binary"));
    }

    /** By which documents come first in a sample. */
    public static Column place() {
        return xxhash64(col(Documents.SOURCE), col(Documents.ID));
    }

    /** The sample that an aggregate gave. */
    public static DocumentSample read(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (DocumentSample) in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read a sample of documents", e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Cannot read a sample of documents", e);
        }
    }

    @Override
    public DocumentSample zero() {
        return new DocumentSample();
    }

    @Override
    public DocumentSample reduce(DocumentSample sample, Tuple2<Long, byte[]> document) {
        long hash = document._1();
        byte[] text = document._2();
        if (bound().admits(hash) && sample.takes(hash)) {
            bound().saw(hash);
            sample.add(
                    hash,
                    new DocumentSample.Measured(length(text), unseenShare(text)),
                    sample.takesExcerpt(hash) ? excerpt(text) : null);
        }
        return sample;
    }

    private SampleBound bound() {
        SampleBound known = bound;
        if (known == null) {
            known = SampleBound.of(pass);
            bound = known;
        }
        return known;
    }

    private float unseenShare(byte[] text) {
        Optional<StudentKernel> kernel = kernel();
        return kernel.isPresent() && kernel.get().hasWords() ? kernel.get().unseenShare(text) : Float.NaN;
    }

    private Optional<StudentKernel> kernel() {
        if (files == null) {
            return Optional.empty();
        }
        StudentKernel kernel = opened;
        if (kernel == null) {
            kernel = TaskKernel.lease(files, identity, identity);
            opened = kernel;
        }
        return Optional.of(kernel);
    }

    /** Code points: bytes that do not continue one. */
    static int length(byte[] utf8) {
        int length = 0;
        for (byte value : utf8) {
            length += (value & 0xC0) == 0x80 ? 0 : 1;
        }
        return length;
    }

    /** The beginning of a text; an ellipsis says that there is more. */
    static String excerpt(byte[] utf8) {
        int most = Math.min(utf8.length, MOST_BYTES * (EXCERPT + 1));
        String beginning = new String(utf8, 0, most, StandardCharsets.UTF_8);
        return beginning.codePointCount(0, beginning.length()) <= EXCERPT
                ? beginning
                : beginning.substring(0, beginning.offsetByCodePoints(0, EXCERPT)) + "…";
    }

    @Override
    public DocumentSample merge(DocumentSample sample, DocumentSample other) {
        sample.addAll(other);
        return sample;
    }

    @Override
    public byte[] finish(DocumentSample sample) {
        return write(sample);
    }

    /** What {@link #read} reads. */
    static byte[] write(DocumentSample sample) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sample);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a sample of documents", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public Encoder<DocumentSample> bufferEncoder() {
        return Encoders.javaSerialization(DocumentSample.class);
    }

    @Override
    public Encoder<byte[]> outputEncoder() {
        return Encoders.BINARY();
    }
}
