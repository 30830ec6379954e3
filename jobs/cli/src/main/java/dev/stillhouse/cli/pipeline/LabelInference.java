package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.console.RowCounter;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.teacher.Labelling;
import dev.stillhouse.teacher.endpoint.EndpointConfig;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.Outputs;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The inference of a run, in one go or several, and what it took. */
final class LabelInference implements AutoCloseable {
    private final Labelling labelling;
    private final List<GoldRow> gold;
    private final String run;
    private final Progress progress;
    private final RowCounter counter;
    private final InferenceMeter meter;
    private Outputs.Result result = Outputs.Result.NONE;
    private double seconds;

    /**
     * The inference of a run.
     *
     * @param run the run that texts are run for
     */
    LabelInference(SparkContext spark, Labelling labelling, List<GoldRow> gold, String run, Progress progress) {
        this.labelling = labelling;
        this.gold = gold;
        this.run = run;
        this.progress = progress;
        this.counter = new RowCounter(spark);
        this.meter = new InferenceMeter(spark, counter.accumulator());
    }

    /**
     * Gets outputs that the caches lack.
     *
     * @param texts with text_hash, text and attributes, the most urgent first
     * @param atMost how many texts there are by now, copies and those before included
     */
    void fill(List<Dataset<Row>> texts, long atMost) {
        progress.step("inference", atMost, counter);
        long start = System.nanoTime();
        result = result.plus(labelling.fill(texts, gold, run, meter));
        seconds += (System.nanoTime() - start) / 1e9;
    }

    /** What it took by now. */
    LabelFigures.Inference figures(Optional<EndpointConfig> endpoint) {
        return figures(result, meter, seconds, endpoint);
    }

    /**
     * What an inference took.
     *
     * @param endpoint the server that was asked, if one was
     */
    static LabelFigures.Inference figures(
            Outputs.Result result, InferenceMeter meter, double seconds, Optional<EndpointConfig> endpoint) {
        return new LabelFigures.Inference(
                result.cached(),
                result.inferred(),
                result.left(),
                meter.tokens(),
                meter.paddingShare(),
                seconds,
                endpoint.map(server -> asked(server, meter)));
    }

    private static LabelFigures.Asked asked(EndpointConfig endpoint, InferenceMeter meter) {
        return new LabelFigures.Asked(
                meter.requests(),
                meter.answerTokens(),
                endpoint.price().map(price -> price.of(meter.tokens(), meter.answerTokens())),
                endpoint.price().map(EndpointConfig.PriceConfig::currency).orElse(""));
    }

    @Override
    public void close() {
        counter.close();
    }
}
