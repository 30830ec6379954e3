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
        List<LabelFigures.Inference> all = teacher.members().stream()
                .filter(SentenceTeacher::infers)
                .map(member -> one(member, documents))
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(sum(all));
    }

    private LabelFigures.Inference one(SentenceTeacher member, List<Dataset<Row>> documents) {
        try (RowCounter counter = new RowCounter(spark)) {
            InferenceMeter meter = new InferenceMeter(spark, counter.accumulator());
            progress.step("inference", 0, counter);
            long start = System.nanoTime();
            Outputs.Result result = member.fill(documents, run, meter);
            return LabelInference.figures(
                    result, meter, (System.nanoTime() - start) / 1e9, endpoint.filter(server -> member.isPaid()));
        }
    }

    /** Tokens are a server's alone where one is asked, since those are what costs; padding is that of all. */
    static LabelFigures.Inference sum(List<LabelFigures.Inference> all) {
        boolean isAsked = all.stream().anyMatch(one -> one.asked().isPresent());
        double computed = all.stream().mapToDouble(SentenceInference::computed).sum();
        double padding = all.stream()
                .mapToDouble(one -> one.paddingShare() * computed(one))
                .sum();
        return new LabelFigures.Inference(
                all.stream().mapToLong(LabelFigures.Inference::cached).sum(),
                all.stream().mapToLong(LabelFigures.Inference::inferred).sum(),
                all.stream().mapToLong(LabelFigures.Inference::left).sum(),
                all.stream()
                        .filter(one -> !isAsked || one.asked().isPresent())
                        .mapToLong(LabelFigures.Inference::tokens)
                        .sum(),
                computed > 0 ? padding / computed : 0,
                all.stream().mapToDouble(LabelFigures.Inference::seconds).sum(),
                all.stream().flatMap(one -> one.asked().stream()).findFirst());
    }

    /** Tokens with padding. */
    private static double computed(LabelFigures.Inference inference) {
        return inference.tokens() / (1 - inference.paddingShare());
    }
}
