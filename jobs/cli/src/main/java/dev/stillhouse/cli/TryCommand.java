package dev.stillhouse.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.config.LoadedTask;
import dev.stillhouse.cli.config.TaskKind;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.cli.console.Printable;
import dev.stillhouse.cli.pipeline.Datasets;
import dev.stillhouse.cli.pipeline.Explanation;
import dev.stillhouse.cli.pipeline.Explanation.Given;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.Workspace;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.student.DecidingNgrams.Deciding;
import dev.stillhouse.udfs.summary.SalienceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code try}: what the published student says about a text, and why. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        description =
                "Show what the published student says about texts: label, probabilities or score, and the n-grams that decided where it has some; of a student that summarises the sentences with their salience, those of the summary marked. Needs no Spark session.")
final class TryCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private TaskArguments arguments = new TaskArguments();

    @Parameters(index = "1..*", paramLabel = "TEXT", arity = "1..*", description = "Texts to score, each in quotes.")
    private List<String> texts = new ArrayList<>();

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "Labels and n-grams to show of each text, or reasons of each sentence (default 5).")
    private int top = 5;

    @Option(names = "--json", description = "Print a JSON object for each text, one a line.")
    private boolean json;

    TryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (top < 1) {
            throw new ConfigurationException("Invalid --top: " + top + " (must be at least 1)");
        }
        LoadedTask task = arguments.read();
        PublishedRun run = Workspace.of(task.workspace(), Environment.hadoop())
                .current(Datasets.TRAIN)
                .orElseThrow(() -> new DataException("Cannot try the student: stage " + Datasets.TRAIN
                        + " has no published run; run ./stillhouse train " + arguments.task()));
        if (task.task().kind() == TaskKind.SUMMARIZE) {
            String name = "of run " + run.manifest().run();
            summarize(new SummaryTrial(SalienceReader.read(run.file(Datasets.STUDENT), name), name));
            return ExitCode.DONE;
        }
        Explanation explanation = Explanation.ofPublished(run);
        for (String text : texts) {
            Given given = explanation.of(text, top);
            if (json) {
                console.line(json(text, given));
            } else {
                print(text, given, explanation.isExact());
            }
        }
        return ExitCode.DONE;
    }

    private void summarize(SummaryTrial trial) {
        for (String text : texts) {
            if (json) {
                console.line(trial.json(text, top));
            } else {
                trial.print(console, text, top);
            }
        }
    }

    private void print(String text, Given given, boolean isExact) {
        console.line(Printable.of(text));
        for (Explanation.Share label : given.labels()) {
            String mark = given.link() == Link.LOGISTIC ? threshold(label) : "";
            console.line(
                    String.format(Locale.ROOT, "  %.4f  %s%s", label.probability(), Printable.of(label.name()), mark));
        }
        if (!isExact) {
            console.line("  what decided cannot be shown: this student is an encoder, not a sum over words");
        } else if (given.deciding().isEmpty()) {
            console.line("  no word or n-gram of it is known: "
                    + (given.link() == Link.IDENTITY ? "this is the mean score" : "these are the labels' base rates"));
        } else {
            console.line(heading(given));
            for (Deciding deciding : given.deciding()) {
                console.line(String.format(
                        Locale.ROOT,
                        "  %+7.3f  %s (%s)",
                        deciding.added(),
                        Printable.of(deciding.ngram()),
                        deciding.part()));
            }
        }
        console.line("");
    }

    private static String threshold(Explanation.Share label) {
        return String.format(
                Locale.ROOT, "  %s %.4f", label.given() ? "given, from" : "not given, below", label.threshold());
    }

    private static String heading(Given given) {
        String first = Printable.of(given.labels().get(0).name());
        return switch (given.link()) {
            case SOFTMAX ->
                "  for " + first + " and against "
                        + Printable.of(given.labels().get(1).name()) + ":";
            case LOGISTIC -> "  for " + first + ":";
            case IDENTITY -> "  added to the score:";
        };
    }

    private static String json(String text, Given given) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("text", text);
        switch (given.link()) {
            case SOFTMAX -> root.put("label", given.labels().get(0).name());
            case LOGISTIC -> {
                ArrayNode labels = root.putArray("labels");
                given.labels().stream().filter(Explanation.Share::given).forEach(label -> labels.add(label.name()));
            }
            case IDENTITY -> root.put("score", given.labels().get(0).probability());
        }
        if (given.link() != Link.IDENTITY) {
            ObjectNode probabilities = root.putObject("probabilities");
            given.labels().forEach(label -> probabilities.put(label.name(), label.probability()));
        }
        ArrayNode deciding = root.putArray("deciding");
        given.deciding().forEach(one -> deciding.addObject()
                .put("ngram", one.ngram())
                .put("part", one.part())
                .put("added", one.added()));
        try {
            return new ObjectMapper().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write an explanation as JSON", e);
        }
    }
}
