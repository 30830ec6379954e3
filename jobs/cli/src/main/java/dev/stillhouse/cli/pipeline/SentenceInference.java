package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.console.RowCounter;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.teacher.endpoint.EndpointConfig;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.Outputs;
import dev.stillhouse.teacher.sentences.SentenceTeacher;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The inference of a teacher of sentences: of each member by a meter of its own, so that what a model reads is not taken for what a server is paid for.
 *
 * @param run the run that texts are run for
 * @param endpoint the server that is asked, if one is
 */
record SentenceInference(SparkContext spark, String run, Progress progress, Optional<EndpointConfig> endpoint) {

    /**
     * Gets what the caches lack.
     *
     * @param documents the most urgent first
     * @return what all of it took; empty where the teacher runs nothing
     */
    Optional<LabelFigures.Inference> fill(SentenceTeacher teacher, List<Dataset<Row>> documents) {
        return teacher.members().stream()
                .filter(SentenceTeacher::infers)
                .map(member -> one(member, documents))
                .reduce(SentenceInference::sum);
    }

    private LabelFigures.Inference one(SentenceTeacher member, List<Dataset<Row>> documents) {
        try (RowCounter counter = new RowCounter(spark)) {
            InferenceMeter meter = new InferenceMeter(spark, counter.accumulator());
            progress.step("inference", 0, counter);
            long start = System.nanoTime();
            Outputs.Result result = member.fill(documents, run, meter);
            return new LabelFigures.Inference(
                    result.cached(),
                    result.inferred(),
                    result.left(),
                    meter.tokens(),
                    meter.paddingShare(),
                    (System.nanoTime() - start) / 1e9,
                    endpoint.filter(server -> member.isPaid()).map(server -> LabelInference.asked(server, meter)));
        }
    }

    /** Of a server's tokens and those that a model read the server's alone, which are what costs. */
    private static LabelFigures.Inference sum(LabelFigures.Inference one, LabelFigures.Inference other) {
        double computed = computed(one) + computed(other);
        double padding = one.paddingShare() * computed(one) + other.paddingShare() * computed(other);
        return new LabelFigures.Inference(
                one.cached() + other.cached(),
                one.inferred() + other.inferred(),
                one.left() + other.left(),
                tokens(one, other),
                computed > 0 ? padding / computed : 0,
                one.seconds() + other.seconds(),
                one.asked().or(other::asked));
    }

    private static long tokens(LabelFigures.Inference one, LabelFigures.Inference other) {
        if (one.asked().isPresent() == other.asked().isPresent()) {
            return one.tokens() + other.tokens();
        }
        return one.asked().isPresent() ? one.tokens() : other.tokens();
    }

    /** Tokens with padding. */
    private static double computed(LabelFigures.Inference inference) {
        return inference.tokens() / (1 - inference.paddingShare());
    }
}
