package dev.stillhouse.teacher.outputs;

import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.TextEncoder;
import dev.stillhouse.udfs.onnx.TextEncoder.Batch;
import dev.stillhouse.udfs.onnx.TextEncoder.Tokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.ArraySeq;

/** The work of one partition: rows (text_hash, text) in order of length, run through the model a window at a time, while the window after it is tokenised. Serialisable. */
final class InferPartition implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    /** Several batches of the shortest texts. */
    private static final int WINDOW_TEXTS = 512;

    private static final int WINDOW_CHARACTERS = 1 << 21;

    private final EncoderSpec spec;
    private final InferenceMeter meter;

    InferPartition(EncoderSpec spec, InferenceMeter meter) {
        this.spec = spec;
        this.meter = meter;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return Collections.emptyIterator();
        }
        TextEncoder encoder = TextEncoder.open(spec);
        ExecutorService tokeniser = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "stillhouse-tokeniser");
            thread.setDaemon(true);
            return thread;
        });
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.addTaskCompletionListener((TaskCompletionListener) ended -> close(tokeniser, encoder));
        }
        return new Windows(rows, encoder, tokeniser);
    }

    /** Gives the encoder back once no text is being tokenised, which is native code of it. */
    private static void close(ExecutorService tokeniser, TextEncoder encoder) {
        tokeniser.execute(encoder::close);
        tokeniser.shutdown();
    }

    private void afterBatch(Batch batch) {
        TaskContext task = TaskContext.get();
        if (task != null && task.isInterrupted()) {
            throw new TaskKilledException("killed between two batches");
        }
        meter.add(batch);
    }

    /** A window of texts and their tokens, which may still be on their way. */
    private record Window(List<String> hashes, CompletableFuture<Tokens> tokens) {}

    private final class Windows implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final TextEncoder encoder;
        private final ExecutorService tokeniser;
        private Iterator<Row> done = Collections.emptyIterator();
        private @Nullable Window ahead;

        private Windows(Iterator<Row> rows, TextEncoder encoder, ExecutorService tokeniser) {
            this.rows = rows;
            this.encoder = encoder;
            this.tokeniser = tokeniser;
            this.ahead = read();
        }

        @Override
        public boolean hasNext() {
            return done.hasNext() || ahead != null;
        }

        @Override
        public Row next() {
            if (!done.hasNext()) {
                done = infer().iterator();
            }
            return done.next();
        }

        private @Nullable Window read() {
            if (!rows.hasNext()) {
                return null;
            }
            List<String> hashes = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            int characters = 0;
            while (rows.hasNext() && texts.size() < WINDOW_TEXTS && characters < WINDOW_CHARACTERS) {
                Row row = rows.next();
                hashes.add(row.getString(0));
                texts.add(row.getString(1));
                characters += row.getString(1).length();
            }
            return new Window(hashes, CompletableFuture.supplyAsync(() -> encoder.tokenise(texts), tokeniser));
        }

        private List<Row> infer() {
            Window window = ahead;
            if (window == null) {
                throw new NoSuchElementException("no more rows in this partition");
            }
            ahead = read();
            Tokens tokens = window.tokens().join();
            float[] @Nullable [] outputs = encoder.encode(tokens, InferPartition.this::afterBatch);
            int[] lengths = tokens.lengths();
            List<Row> result = new ArrayList<>(outputs.length);
            for (int i = 0; i < outputs.length; i++) {
                float @Nullable [] output = outputs[i];
                result.add(RowFactory.create(
                        window.hashes().get(i),
                        output == null ? null : ArraySeq.unsafeWrapArray(output),
                        output == null ? Rejects.NOT_FINITE : null,
                        lengths[i]));
            }
            return result;
        }
    }
}
