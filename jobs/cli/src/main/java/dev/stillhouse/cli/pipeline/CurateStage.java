package dev.stillhouse.cli.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.config.EvaluateConfig;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.cli.measures.Counts;
import dev.stillhouse.curation.CurateConfig;
import dev.stillhouse.curation.Curator;
import dev.stillhouse.curation.EvaluationCut;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Evaluation;
import dev.stillhouse.datasets.schema.Proposals;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.Removed;
import dev.stillhouse.datasets.schema.Rewritten;
import dev.stillhouse.datasets.source.KeptColumn;
import dev.stillhouse.datasets.source.SourceRows;
import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stage {@code curate}: reads the corpus and what to evaluate on, removes what does not belong, and accounts for every row. */
final class CurateStage implements Stage {
    private final StageContext context;
    private final CurateConfig config;
    private final EvaluateConfig evaluate;

    CurateStage(StageContext context) {
        this.context = context;
        this.config = context.task().curate();
        this.evaluate = context.task().evaluate();
        if (context.task().corpus().isEmpty()) {
            throw new ConfigurationException("Missing required key: corpus (curate needs sources to read)");
        }
    }

    @Override
    public String name() {
        return Datasets.CURATE;
    }

    @Override
    public int version() {
        return 4;
    }

    @Override
    public JsonNode configuration() {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        for (String section : List.of("corpus", "evaluate", "curate")) {
            configuration.set(section, context.task().section(section));
        }
        return configuration;
    }

    @Override
    public List<StageInput> inputs() {
        List<StageInput> inputs =
                new ArrayList<>(context.inputs("corpus", context.task().corpus()));
        inputs.addAll(context.inputs("evaluate", evaluate.sources()));
        return inputs;
    }

    @Override
    public void check() {
        curator();
        corpus();
        evaluation();
    }

    @Override
    public StageOutcome run(RunWriter writer, Progress progress) {
        Curator curator = curator();
        progress.step("reading");
        SourceRows corpus = corpus();
        SourceRows evaluation = evaluation();
        writer.write(Datasets.REJECTS, corpus.rejects(), Rejects.SCHEMA, Rejects.VERSION);
        writer.write(Datasets.EVALUATION_REJECTS, evaluation.rejects(), Rejects.SCHEMA, Rejects.VERSION);
        try (Curator.Result curated = curator.curate(corpus.documents(), evaluation.documents(), progress::step)) {
            writer.write(Datasets.CURATED, curated.curated(), Curated.SCHEMA, Curated.VERSION);
            writer.write(Datasets.REMOVED, curated.removed(), Removed.SCHEMA, Removed.VERSION);
            writer.write(Datasets.EVALUATION, curated.evaluation(), Evaluation.SCHEMA, Evaluation.VERSION);
            writer.write(Datasets.REWRITTEN, curated.rewritten(), Rewritten.SCHEMA, Rewritten.VERSION);
            writer.write(Datasets.PROPOSALS, curated.proposals(), Proposals.SCHEMA, Proposals.VERSION);
        }
        check(writer);
        progress.step("counting");
        CurateFigures figures = new CurateMeasures(context, writer, configuration()).figures();
        return new StageOutcome(figures, summary(figures), warnings(writer, figures), Optional.empty());
    }

    private Curator curator() {
        Curator curator =
                new Curator(config, cut(), KeptColumn.names(context.task().corpus()));
        curator.check(context.spark());
        return curator;
    }

    private SourceRows corpus() {
        return context.sources().read("corpus", context.task().corpus());
    }

    private SourceRows evaluation() {
        return context.sources().read("evaluate", evaluate.sources());
    }

    private EvaluationCut cut() {
        if (!evaluate.sources().isEmpty()) {
            return EvaluationCut.NONE;
        }
        return evaluate.rows().map(EvaluationCut::ofRows).orElseGet(() -> EvaluationCut.ofShare(evaluate.share()));
    }

    private void check(RunWriter writer) {
        long read = writer.rows(Datasets.REJECTS) + writer.rows(Datasets.CURATED) + writer.rows(Datasets.REMOVED);
        if (read == 0) {
            throw new DataException("Cannot curate an empty corpus: its sources have no rows, or where selects none");
        }
        checkRejects(writer, Datasets.REJECTS, read);
        checkRejects(
                writer,
                Datasets.EVALUATION_REJECTS,
                writer.rows(Datasets.EVALUATION_REJECTS) + writer.rows(Datasets.EVALUATION));
        if (writer.rows(Datasets.CURATED) == 0) {
            throw new DataException("Cannot go on: curation kept none of " + read + " rows; see "
                    + writer.path(Datasets.REMOVED) + " for the reasons");
        }
    }

    private void checkRejects(RunWriter writer, String dataset, long read) {
        long rejected = writer.rows(dataset);
        if (rejected > config.maxRejectedShare() * read) {
            throw new DataException("Cannot accept what was read: " + rejected + " of " + read
                    + " rows are rejects, see " + writer.path(dataset)
                    + " (must be at most curate.max_rejected_share, " + config.maxRejectedShare() + ")");
        }
    }

    private static List<String> warnings(RunWriter writer, CurateFigures figures) {
        List<String> warnings = new ArrayList<>();
        long rejected = writer.rows(Datasets.REJECTS) + writer.rows(Datasets.EVALUATION_REJECTS);
        if (rejected > 0) {
            warnings.add(Console.count(rejected, "row") + " not taken as documents: see " + Datasets.CURATE + "/"
                    + Datasets.REJECTS + " and " + Datasets.CURATE + "/" + Datasets.EVALUATION_REJECTS);
        }
        if (figures.cutsWithoutKeeper() > 0) {
            warnings.add(
                    Console.count(figures.cutsWithoutKeeper(), "repeated span")
                            + " cut although the document that was to keep it went later: see rewritten for the text as it was read");
        }
        return warnings;
    }

    private static String summary(CurateFigures figures) {
        return Console.count(figures.read()) + " read, " + Console.count(figures.kept()) + " kept, "
                + Console.count(Counts.total(figures.removedByReason())) + " removed, "
                + Console.count(Counts.total(figures.rejectedByReason())) + " rejected, "
                + Console.count(figures.evaluation()) + " to evaluate on";
    }
}
