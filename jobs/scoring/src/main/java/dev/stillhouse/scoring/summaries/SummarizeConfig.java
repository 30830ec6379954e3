package dev.stillhouse.scoring.summaries;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.datasets.schema.Digests;
import dev.stillhouse.datasets.schema.Origin;
import dev.stillhouse.datasets.schema.Summaries;
import dev.stillhouse.datasets.source.KeptColumn;
import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.datasets.source.SourceSection;
import dev.stillhouse.scoring.cascade.OnTeacherFailure;
import dev.stillhouse.scoring.cascade.RouteConfig;
import dev.stillhouse.scoring.output.OutputConfig;
import dev.stillhouse.udfs.summary.SummaryRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The section {@code summarize}: what to summarise, and how. */
public record SummarizeConfig(
        @Key(value = "What to summarise; the list may stand for the section.", alone = true)
        List<SourceConfig> sources,

        @Key("How long a summary may be, in one unit; without it 100 words. Teachers choose for it too.")
        BudgetConfig budget,

        @Key(value = "Whether to give the sentence that says the most.", defaultValue = "false")
        boolean headline,

        @Key(value = "How many keywords to give, 0 to 100.", defaultValue = "0")
        int keywords,

        @Key(
                value =
                        "Columns to make digests by: source, or a column of every source, which is then kept. None: no digests.",
                defaultValue = "[]")
        List<String> groupBy,

        @Key(value = "Sentences of a digest at most, 1 to 100.", defaultValue = "5")
        int digestSentences,

        @Key(
                value = "Columns of every source to carry along into the summaries, or `expression as name`, as text.",
                defaultValue = "[]")
        List<String> keep,

        @Key(
                value =
                        "Characters of a text that are read, from its beginning; how many texts were longer is in the report. At least 1.",
                defaultValue = "1000000")
        int maxChars,

        @Key(
                "What is promised of the summaries; documents that the student is not sure enough of go to the teacher, which must be one that needs no references.")
        Optional<RouteConfig> route,

        @Key(
                value =
                        "Where the teacher stops answering documents that route sends it: stop (what it answered is kept, and the next run goes on from there) or student (the student's summaries stay, with route fallback, and count as disagreeing with the teacher's).",
                defaultValue = "stop")
        OnTeacherFailure onTeacherFailure,

        @Key("Where the published summaries are delivered as well; without this section they stay in the workspace.")
        Optional<OutputConfig> output,

        @Key(
                value =
                        "Whether the summaries of documents that the served run has summarised by the same student, and that have not changed, are taken over.",
                defaultValue = "false")
        boolean incremental) {

    public SummarizeConfig {
        sources = List.copyOf(sources);
        groupBy = List.copyOf(groupBy);
        keep = List.copyOf(keep);
        Checks checks = new Checks()
                .between(0, SummaryRequest.MOST_KEYWORDS, "keywords", keywords)
                .between(1, 100, "digest_sentences", digestSentences)
                .atLeast(1, "max_chars", maxChars)
                .that(
                        !incremental || route.isEmpty(),
                        new Violation("incremental", "true", "false with route, whose promise is about all of a run"));
        List<String> taken = new ArrayList<>(Summaries.COLUMNS);
        taken.addAll(incremental ? Origin.names() : List.of());
        Set<String> seen = new HashSet<>(taken);
        for (int i = 0; i < keep.size(); i++) {
            Optional<KeptColumn> column = KeptColumn.of(keep.get(i));
            checks.that(
                    column.isPresent() && seen.add(column.get().name().toLowerCase(Locale.ROOT)),
                    new Violation(
                            "keep[" + i + "]",
                            keep.get(i),
                            "a column's name, or `expression as name`, the name of letters, digits and _, named once and none of "
                                    + String.join(", ", taken)));
        }
        Set<String> groups = new HashSet<>(List.of(Digests.DOCUMENTS, Digests.DIGEST));
        groups.addAll(taken);
        List<String> kept = keep.stream()
                .flatMap(entry -> KeptColumn.of(entry).stream())
                .map(KeptColumn::name)
                .toList();
        for (int i = 0; i < groupBy.size(); i++) {
            String group = groupBy.get(i);
            checks.that(
                    isGroup(group, kept)
                            && groups.add(group.equals(Summaries.SOURCE) ? "source$" : group.toLowerCase(Locale.ROOT)),
                    new Violation(
                            "group_by[" + i + "]",
                            group,
                            "source or a kept column, named once and no column of summaries or digests"));
        }
        checks.verify();
    }

    /** Spark does not tell names apart by case, so a group is written as the column that is kept is. */
    private static boolean isGroup(String group, List<String> kept) {
        return group.equals(Summaries.SOURCE)
                || (KeptColumn.of(group).isPresent()
                        && kept.stream().noneMatch(name -> name.equalsIgnoreCase(group) && !name.equals(group)));
    }

    /** The sources, which keep the columns to carry along and to group by. */
    public List<SourceConfig> keepingSources() {
        List<String> names = keptNames();
        List<String> groups = groupBy.stream()
                .filter(group -> !group.equals(Summaries.SOURCE) && !names.contains(group))
                .toList();
        return sources.stream()
                .map(source -> keeping(source.keeping(keep), groups))
                .toList();
    }

    /** The section, which asks its sources for the columns to carry along and to group by. */
    public SourceSection section() {
        Map<KeptColumn, String> keys = new HashMap<>();
        groupBy.forEach(group -> keys.put(new KeptColumn(group, group), "group_by"));
        keep.stream().flatMap(entry -> KeptColumn.of(entry).stream()).forEach(column -> keys.put(column, "keep"));
        return new SourceSection("summarize", keys);
    }

    /** A group's column that the source keeps by another expression stays that. */
    private static SourceConfig keeping(SourceConfig source, List<String> groups) {
        List<String> known = KeptColumn.names(List.of(source));
        return source.keeping(
                groups.stream().filter(group -> !known.contains(group)).toList());
    }

    /** Names of the columns that are carried along: those to keep, and those to group by. */
    public List<String> carriedNames() {
        Stream<String> groups = groupBy.stream().filter(group -> !group.equals(Summaries.SOURCE));
        return Stream.concat(keptNames().stream(), groups).distinct().toList();
    }

    private List<String> keptNames() {
        return keep.stream()
                .flatMap(entry -> KeptColumn.of(entry).stream())
                .map(KeptColumn::name)
                .toList();
    }

    /** The same with {@link BudgetConfig#countedBy}. */
    public SummarizeConfig countedBy(String model) {
        return with(budget.countedBy(model), keep, incremental);
    }

    /** The same for the documents of an incremental run, which carries columns of their attributes along that no source is asked to keep; what earlier runs gave is the increment's business. */
    public SummarizeConfig carrying(List<String> names) {
        return with(budget, Stream.concat(keep.stream(), names.stream()).toList(), false);
    }

    private SummarizeConfig with(BudgetConfig newBudget, List<String> newKeep, boolean isIncremental) {
        return new SummarizeConfig(
                sources,
                newBudget,
                headline,
                keywords,
                groupBy,
                digestSentences,
                newKeep,
                maxChars,
                route,
                onTeacherFailure,
                output,
                isIncremental);
    }

    /** What is wanted of a document. */
    public SummaryRequest request() {
        return new SummaryRequest(budget.budget(), headline, keywords);
    }
}
