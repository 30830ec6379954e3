import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Encoders built as other systems build them, whose own jars are for Scala 2.12 and do not load beside Spark 4. A line of standard input is {@code STRUCTURE TEXTS.parquet OUT.parquet}, tab-separated; the answer is {@code done SECONDS}, from Parquet to Parquet.
 *
 * <p>{@code synapseml}, after ONNXModel of SynapseML 1.0: a session for each partition with the runtime's default threads, batches of 10 rows in the order in which they come; tokens are given, as they have to be. {@code djl}, after TextEmbedder of DJL's Spark extension 0.36: a model for each partition, default threads, texts tokenised and run one at a time.
 */
public final class StandIns {
    private static final StructType OUT =
            new StructType().add("id", "string").add("vector", "array<float>");

    private StandIns() {}

    /** Arguments: the ONNX file, tokenizer.json, and the longest input in tokens. */
    public static void main(String[] files) throws IOException {
        SparkSession spark = SparkSession.builder().appName("stillhouse benchmark").getOrCreate();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split("\t");
            int batch = words[0].equals("synapseml") ? 10 : 1;
            Encode encode = new Encode(Files.readAllBytes(Path.of(files[0])), files[1], files[2], batch);
            // As many partitions as cores, which is the best for a session each.
            Dataset<Row> textsDF = spark.read()
                    .parquet(words[1])
                    .select("id", "text")
                    .repartition(spark.sparkContext().defaultParallelism());
            Dataset<Row> inputDF = batch == 1 ? textsDF : tokens(spark, textsDF, files);
            long start = System.nanoTime();
            inputDF.mapPartitions(encode, Encoders.row(OUT)).write().mode("overwrite").parquet(words[2]);
            System.out.println("done " + (System.nanoTime() - start) / 1e9);
        }
    }

    private static Dataset<Row> tokens(SparkSession spark, Dataset<Row> textsDF, String[] files) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (HuggingFaceTokenizer pieces = tokenizer(files[1], files[2])) {
            for (Row row : textsDF.collectAsList()) {
                rows.add(RowFactory.create(row.getString(0), pieces.encode(row.getString(1)).getIds()));
            }
        }
        Dataset<Row> tokensDF = spark.createDataFrame(rows, new StructType().add("id", "string").add("tokens", "array<bigint>"))
                .repartition(spark.sparkContext().defaultParallelism())
                .cache();
        tokensDF.count();
        return tokensDF;
    }

    private static HuggingFaceTokenizer tokenizer(String file, String maxTokens) throws IOException {
        return HuggingFaceTokenizer.newInstance(
                Files.newInputStream(Path.of(file)),
                Map.of("padding", "false", "truncation", "true", "maxLength", maxTokens, "modelMaxLength", maxTokens));
    }

    private record Encode(byte[] model, String tokenizer, String maxTokens, int batch)
            implements MapPartitionsFunction<Row, Row> {

        @Override
        public Iterator<Row> call(Iterator<Row> rows) throws OrtException, IOException {
            OrtEnvironment runtime = OrtEnvironment.getEnvironment();
            List<Row> encoded = new ArrayList<>();
            try (OrtSession session = runtime.createSession(model);
                    HuggingFaceTokenizer pieces = StandIns.tokenizer(tokenizer, maxTokens)) {
                List<String> ids = new ArrayList<>();
                List<long[]> waiting = new ArrayList<>();
                while (rows.hasNext()) {
                    Row row = rows.next();
                    ids.add(row.getString(0));
                    waiting.add(row.get(1) instanceof String text
                            ? pieces.encode(text).getIds()
                            : row.<Long>getList(1).stream().mapToLong(Long::longValue).toArray());
                    if (waiting.size() == batch || !rows.hasNext()) {
                        float[][] vectors = run(runtime, session, waiting);
                        for (int i = 0; i < vectors.length; i++) {
                            encoded.add(RowFactory.create(ids.get(i), vectors[i]));
                        }
                        ids.clear();
                        waiting.clear();
                    }
                }
            }
            return encoded.iterator();
        }

        private static float[][] run(OrtEnvironment runtime, OrtSession session, List<long[]> rows) throws OrtException {
            int longest = rows.stream().mapToInt(row -> row.length).max().orElse(1);
            long[] ids = new long[rows.size() * longest];
            long[] mask = new long[ids.length];
            for (int r = 0; r < rows.size(); r++) {
                long[] row = rows.get(r);
                System.arraycopy(row, 0, ids, r * longest, row.length);
                java.util.Arrays.fill(mask, r * longest, r * longest + row.length, 1);
            }
            long[] shape = {rows.size(), longest};
            try (OnnxTensor idsTensor = OnnxTensor.createTensor(runtime, LongBuffer.wrap(ids), shape);
                    OnnxTensor maskTensor = OnnxTensor.createTensor(runtime, LongBuffer.wrap(mask), shape);
                    OnnxTensor typesTensor = OnnxTensor.createTensor(runtime, LongBuffer.wrap(new long[ids.length]), shape);
                    OrtSession.Result result = session.run(Map.of(
                            "input_ids", idsTensor, "attention_mask", maskTensor, "token_type_ids", typesTensor))) {
                return pooled((float[][][]) result.get(0).getValue(), rows);
            }
        }

        private static float[][] pooled(float[][][] hidden, List<long[]> rows) {
            float[][] vectors = new float[rows.size()][hidden[0][0].length];
            for (int r = 0; r < vectors.length; r++) {
                for (int t = 0; t < rows.get(r).length; t++) {
                    for (int d = 0; d < vectors[r].length; d++) {
                        vectors[r][d] += hidden[r][t][d];
                    }
                }
                double squares = 0;
                for (float value : vectors[r]) {
                    squares += (double) value * value;
                }
                for (int d = 0; d < vectors[r].length; d++) {
                    vectors[r][d] /= (float) Math.sqrt(squares);
                }
            }
            return vectors;
        }
    }
}
