package dev.stillhouse.cli.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.console.WrittenRows;
import dev.stillhouse.cli.measures.Counts;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Digests;
import dev.stillhouse.datasets.schema.Origin;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.datasets.schema.Summaries;
import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.datasets.source.SourceRows;
import dev.stillhouse.reports.record.SummarizeFigures;
import dev.stillhouse.scoring.cascade.Outcome;
import dev.stillhouse.scoring.output.OutputSection;
import dev.stillhouse.scoring.summaries.Digester;
import dev.stillhouse.scoring.summaries.SummarizeConfig;
import dev.stillhouse.scoring.summaries.Summarizer;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.summary.SalienceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The stage {@code summarize}: the published student over the documents to summarise; every input row ends in summaries or rejects. */
final class SummarizeStage implements Stage {
    private final StageContext context;
    private final boolean anew;
    private final SummarizeConfig config;
    private final List<SourceConfig> sources;
    private final Optional<Delivery> delivery;

    /**
     * @param anew whether an incremental run summarises everything
     */
    SummarizeStage(StageContext context, boolean anew) {
        this.context = context;
        this.anew = anew;
        this.config = context.task().summarize();
        this.sources = config.keepingSources();
        if (sources.isEmpty()) {
            throw new ConfigurationException("Missing required key: summarize (the stage needs sources to summarise)");
        }
        this.delivery = config.output()
                .map(output ->
                        new Delivery(context, new OutputSection(Datasets.SUMMARIZE, output), Datasets.SUMMARIES));
    }

    @Override
    public Optional<Delivery> delivery() {
        return delivery;
    }

    @Override
    public String name() {
        return Datasets.SUMMARIZE;
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public JsonNode configuration() {
        ObjectNode summarize = context.task().section("summarize").deepCopy();
        // Neither shapes a summary.
        summarize.remove(List.of("output", "incremental"));
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        configuration.set("summarize", summarize);
        return configuration;
    }

    @Override
    public List<StageInput> inputs() {
        List<StageInput> inputs = new ArrayList<>(context.inputs("summarize", sources));
        inputs.add(context.input(Datasets.TRAIN));
        config.route().ifPresent(route -> inputs.add(context.input(Datasets.LABEL)));
        return inputs;
    }

    @Override
    public void check() {
        config.budget().budget().load();
        context.sources().read(config.section(), sources);
    }

    @Override
    public StageOutcome run(RunWriter writer, Progress progress) {
        long start = System.nanoTime();
        PublishedRun train = context.upstream(Datasets.TRAIN);
        String model = train.manifest().run();
        byte[] student = train.file(Datasets.STUDENT);
        // Here, so that a student of another kind is refused before a row is read.
        SalienceReader.read(student, "of run " + model);
        config.budget().budget().load();
        SummarizeConfig carrying = config.incremental() ? config.carrying(Increment.carried()) : config;
        Summarizer summarizer = new Summarizer(context.spark(), student, model, carrying);
        Optional<SummaryRoute> route = config.route().map(promised -> new SummaryRoute(context, promised));
        Written written = config.incremental()
                ? increment(writer, summarizer, progress)
                : all(writer, summarizer, route, progress);
        if (!config.groupBy().isEmpty()) {
            progress.step("digests");
            writer.write(
                    Datasets.DIGESTS,
                    new Digester(config).digest(writer.read(Datasets.SUMMARIES)),
                    Digests.schema(config.groupBy()),
                    Digests.VERSION);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        progress.step("counting");
        SummarizeFigures figures = new SummarizeMeasures(context, writer, summarizer, written.readDF())
                .figures(model, written.outcome(), seconds);
        List<String> warnings = new ArrayList<>(
                Lineage.outdated(context.workspace(), train.manifest().provenance()));
        warnings.addAll(warnings(figures));
        route.ifPresent(one -> warnings.addAll(one.warnings()));
        Optional<RouteMeasures> measures = route.map(SummaryRoute::measures);
        long fallbacks = figures.byRoute().getOrDefault(Scores.FALLBACK, 0L);
        figures.route()
                .ifPresent(routed -> warnings.addAll(measures.orElseThrow().warnings(routed, fallbacks)));
        Optional<String> refusal =
                figures.route().flatMap(routed -> measures.orElseThrow().refusal(routed));
        SummarizeFigures timed = figures.takingLonger((System.nanoTime() - start) / 1e9 / seconds);
        return new StageOutcome(timed, summary(timed), warnings, refusal);
    }

    /**
     * What was written.
     *
     * @param readDF the documents that were read for it
     * @param outcome what a cascade found; absent without one
     */
    private record Written(Dataset<Row> readDF, Optional<Outcome> outcome) {}

    /** Everything, some of it by the teacher where that was promised. */
    private Written all(RunWriter writer, Summarizer summarizer, Optional<SummaryRoute> route, Progress progress) {
        SourceRows rows = context.sources().read(config.section(), sources);
        Optional<Outcome> outcome = route.map(one -> one.write(writer, rows.documents(), summarizer, progress));
        if (outcome.isEmpty()) {
            students(writer, summarizer.summarize(rows.documents()), schema(), progress);
        }
        writer.write(Datasets.REJECTS, rows.rejects(), Rejects.SCHEMA, Rejects.VERSION);
        return new Written(rows.documents(), outcome);
    }

    /** What is new since the served run, and what that has of the rest. */
    private Written increment(RunWriter writer, Summarizer summarizer, Progress progress) {
        IncrementalStage documents =
                new IncrementalStage(this, Datasets.SUMMARIES, config.section(), sources, config.carriedNames());
        Increment increment = Increment.since(context, documents, anew);
        Dataset<Row> summariesDF = increment.rows(summarizer::summarize, writer.run());
        students(writer, summariesDF, Origin.after(schema()), progress);
        writer.write(Datasets.REJECTS, increment.rejects(increment.read().rejects()), Rejects.SCHEMA, Rejects.VERSION);
        writer.write(InputFiles.NAME, increment.inputs());
        return new Written(increment.read().documents(), Optional.empty());
    }

    private StructType schema() {
        return Summaries.schema(config.carriedNames());
    }

    private void students(RunWriter writer, Dataset<Row> summariesDF, StructType schema, Progress progress) {
        try (WrittenRows written = new WrittenRows(context.spark().sparkContext())) {
            progress.step("summarising", 0, written);
            writer.write(Datasets.SUMMARIES, summariesDF, schema, Summaries.VERSION);
        }
    }

    private List<String> warnings(SummarizeFigures figures) {
        List<String> warnings = new ArrayList<>();
        if (figures.truncated() > 0) {
            warnings.add(Console.count(figures.truncated(), "document")
                    + " longer than summarize.max_chars: only the first " + Console.count(config.maxChars())
                    + " characters of each were read");
        }
        if (figures.empty() > 0) {
            warnings.add(Console.count(figures.empty(), "document") + " without a sentence that fits "
                    + figures.budget() + ": their summaries are empty");
        }
        warnings.addAll(RejectedRows.warnings(Datasets.SUMMARIZE, figures.rejectedByReason()));
        return warnings;
    }

    private static String summary(SummarizeFigures figures) {
        String routed = figures.route()
                .map(route -> String.format(
                        Locale.ROOT,
                        ", %.1f %% by the student, agreement with the teacher at least %.3f",
                        100 * route.coverage(),
                        route.realisedBound().orElse(1.0)))
                .orElse("");
        String taken = figures.reused() == 0 ? "" : Console.count(figures.reused()) + " of them before, ";
        return Console.count(figures.documents(), "document") + " summarised, " + taken
                + Console.count(figures.sentences(), "sentence")
                + (figures.groupBy().isEmpty() ? "" : ", " + Console.count(figures.groups(), "digest")) + ", "
                + Console.count(Counts.total(figures.rejectedByReason())) + " rejected" + routed
                + (figures.reused() > 0
                        ? ""
                        : ", " + Console.count(Math.round(figures.stageDocsPerSecond())) + " documents/s");
    }
}
