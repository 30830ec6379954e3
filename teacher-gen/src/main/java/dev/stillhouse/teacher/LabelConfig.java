package dev.stillhouse.teacher;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import java.util.List;

/** A label of a teacher that knows it by words: an entry of {@code teacher.labels}. */
public record LabelConfig(
        @Key("The label, as it is written in gold and given to documents.")
        String name,

        @Key(
                value =
                        "What a document of this label is about, in words; several ways to say it help. Absent: the label itself.",
                defaultValue = "[]")
        List<String> descriptions) {

    public LabelConfig {
        descriptions = List.copyOf(descriptions);
        new Checks()
                .that(!name.isBlank(), new Violation("name", "\"\"", "a label"))
                .that(
                        descriptions.stream().noneMatch(String::isBlank),
                        new Violation("descriptions", descriptions.toString(), "words"))
                .verify();
    }

    /** The label as a line of a list, with its descriptions. */
    String line() {
        return "- " + name + (descriptions.isEmpty() ? "" : ": " + String.join("; ", descriptions));
    }

    /** The descriptions, or the label itself with its separators as spaces. */
    List<String> words() {
        return descriptions.isEmpty() ? List.of(name.replaceAll("[._-]+", " ").strip()) : descriptions;
    }
}
