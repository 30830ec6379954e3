package dev.stillhouse.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.datasets.source.SourceConfig.PartOfSpeech;
import dev.stillhouse.datasets.source.SourceKind;
import dev.stillhouse.teacher.TeacherConfig;
import dev.stillhouse.teacher.endpoint.SummaryQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation shows is what the code reads. */
class ExamplesTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Path EXAMPLES = TaskFiles.REPOSITORY.resolve("examples");

    @Test
    void everyExampleIsValid() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            List<Path> tasks =
                    files.filter(file -> file.toString().endsWith(".yaml")).toList();
            assertThat(tasks).isNotEmpty().allSatisfy(file -> assertThat(TaskFiles.refusal(file))
                    .isEqualTo("accepted"));
        }
    }

    @Test
    void theFirstExampleIsTheTaskOfTheReadme() {
        LoadedTask loaded =
                new TaskFileReader(SourceCheck.NONE).read(EXAMPLES.resolve("wordnet-topics.yaml"), List.of());
        TaskFile task = loaded.task();
        assertThat(task.corpus()).singleElement().satisfies(source -> {
            assertThat(source.source()).isEqualTo(SourceKind.WORDNET);
            assertThat(source.partOfSpeech()).contains(PartOfSpeech.NOUN);
        });
        assertThat(task.evaluate().rows()).contains(4000L);
        assertThat(task.teacher().gold()).isEqualTo(5000);
        assertThat(task.student().pool()).contains(50_000);
        assertThat(task.score().sources()).singleElement().satisfies(source -> assertThat(source.partOfSpeech())
                .isEmpty());
        assertThat(loaded.workspace())
                .isEqualTo(TaskFiles.REPOSITORY
                        .toAbsolutePath()
                        .normalize()
                        .resolve("out/wordnet-topics")
                        .toString());
    }

    static Stream<Arguments> snippets() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(TaskFiles.REPOSITORY.resolve("README.md")));
        try (Stream<Path> files = Files.list(TaskFiles.REPOSITORY.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        List<Arguments> snippets = new ArrayList<>();
        for (Path page : pages) {
            Matcher yaml = YAML.matcher(Files.readString(page));
            for (int number = 1; yaml.find(); number++) {
                snippets.add(Arguments.of(page.getFileName() + " " + number, yaml.group(1)));
            }
        }
        assertThat(snippets.stream().map(snippet -> snippet.get()[0].toString().replaceAll(" .*", "")))
                .contains(
                        "README.md",
                        "curation.md",
                        "drift.md",
                        "soft-labels.md",
                        "sources.md",
                        "student.md",
                        "summaries.md",
                        "task-file.md");
        return snippets.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("snippets")
    void everySnippetIsReadAsATaskFile(String place, String yaml) {
        String section = yaml.startsWith("- ") ? "corpus:\n" + yaml : yaml;
        String task = section.startsWith("task:") ? section : TaskFiles.MINIMAL + section;
        assertThat(TaskFiles.refusal(TaskFiles.file(task))).as(place).isEqualTo("accepted");
    }

    @Test
    void theTaskFileOfThePageIsValid() throws IOException {
        Matcher yaml = YAML.matcher(Files.readString(TaskFiles.REPOSITORY.resolve("docs/task-file.md")));
        assertThat(yaml.find()).isTrue();
        TaskFile task = TaskFiles.read(yaml.group(1));
        assertThat(task.student().targets().size()).contains(10_000_000L);
        assertThat(task.corpus().get(0).text()).isEqualTo("concat_ws('\\n', title, body)");
    }

    @Test
    void theTeachersOfThePageAreValid() throws IOException {
        Matcher yaml = YAML.matcher(Files.readString(TaskFiles.REPOSITORY.resolve("docs/soft-labels.md")));
        Set<TeacherConfig.Kind> kinds = EnumSet.of(TeacherConfig.Kind.EMBEDDING_HEAD);
        while (yaml.find()) {
            kinds.add(
                    TaskFiles.read(TaskFiles.MINIMAL + yaml.group(1)).teacher().kind());
        }
        // Those of sentences are on a page of their own.
        assertThat(kinds)
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(TeacherConfig.Kind.REFERENCE, TeacherConfig.Kind.SALIENCE)));
    }

    @Test
    void theTeachersOfSummariesOfThePageAreValid() throws IOException {
        String page = Files.readString(TaskFiles.REPOSITORY.resolve("docs/summaries.md"));
        Matcher yaml = YAML.matcher(page);
        Set<TeacherConfig.Kind> kinds = EnumSet.noneOf(TeacherConfig.Kind.class);
        while (yaml.find()) {
            String snippet = yaml.group(1);
            TeacherConfig teacher = TaskFiles.read(snippet.startsWith("task:") ? snippet : TaskFiles.MINIMAL + snippet)
                    .teacher();
            kinds.add(teacher.kind());
            teacher.members().forEach(member -> kinds.add(member.kind()));
        }
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        TeacherConfig.Kind.REFERENCE,
                        TeacherConfig.Kind.SALIENCE,
                        TeacherConfig.Kind.HTTP,
                        TeacherConfig.Kind.ENSEMBLE);
        assertThat(page).contains(SummaryQuestion.PROMPT.substring(0, SummaryQuestion.PROMPT.indexOf('\n')));
    }
}
