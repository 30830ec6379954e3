package dev.stillhouse.cli.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every key of the task file with its type, default and meaning, for the terminal and as Markdown, from the same annotations that the reader reads by. */
public final class Describe {
    private static final int NARROWEST = 40;

    private Describe() {}

    /** Lines of at most {@code width} characters (at least 40), but never broken inside a word: a line with key, type and default, then the meaning, indented. */
    public static String terminal(int width) {
        List<Entry> entries = entries();
        int column =
                entries.stream().mapToInt(entry -> entry.path().length()).max().orElse(0) + 2;
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            String type = entry.type() + (entry.standard().isEmpty() ? "" : "  (" + entry.standard() + ")");
            String indent = " ".repeat(column);
            String head = wrap(type, indent, Math.max(NARROWEST, width));
            text.append(entry.path())
                    .append(head.substring(entry.path().length()))
                    .append('\n');
            text.append(wrap(entry.meaning(), "    ", Math.max(NARROWEST, width)))
                    .append('\n');
        }
        return text.toString();
    }

    /** One table for the file and one for each section, under headings of the third level. */
    public static String markdown() {
        StringBuilder text = new StringBuilder();
        String section = "-";
        for (Entry entry : entries()) {
            if (!entry.section().equals(section)) {
                section = entry.section();
                text.append(text.isEmpty() ? "" : "\n")
                        .append("### ")
                        .append(section.isEmpty() ? "The file" : "`" + section + "`")
                        .append("\n\n");
                text.append("| key | type | default | meaning |\n|---|---|---|---|\n");
            }
            String standard = entry.key().key().defaultValue().isEmpty()
                    ? entry.standard()
                    : "`" + entry.key().key().defaultValue() + "`";
            text.append("| `%s` | %s | %s | %s |%n"
                    .formatted(
                            entry.name(),
                            entry.type(),
                            standard,
                            entry.meaning().replace("|", "\\|")));
        }
        return text.toString();
    }

    private static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        Map<Class<?>, String> described = new HashMap<>();
        collect(TaskFile.class, "", described, entries);
        return entries.stream().map(entry -> entry.keysAt(described)).toList();
    }

    private static void collect(Class<?> type, String section, Map<Class<?>, String> described, List<Entry> entries) {
        List<RecordKey> keys = RecordKey.of(type);
        for (RecordKey key : keys) {
            entries.add(new Entry(section, key, ""));
        }
        for (RecordKey key : keys) {
            if (key.isSection() && described.putIfAbsent(key.type(), path(section, key)) == null) {
                collect(key.type(), path(section, key), described, entries);
            }
        }
    }

    private static String path(String section, RecordKey key) {
        String name = key.name() + (key.isSection() && key.shape() == RecordKey.Shape.LIST ? "[]" : "");
        return section.isEmpty() ? name : section + "." + name;
    }

    private static String wrap(String text, String indent, int width) {
        StringBuilder lines = new StringBuilder(indent);
        int column = indent.length();
        for (String word : text.split(" ")) {
            boolean first = column == indent.length();
            if (!first && column + 1 + word.length() > width) {
                lines.append('\n').append(indent);
                column = indent.length();
                first = true;
            }
            lines.append(first ? "" : " ").append(word);
            column += word.length() + (first ? 0 : 1);
        }
        return lines.toString();
    }

    /** One key: the section that holds it, and the path under which its keys are described, where that is another one. */
    private record Entry(String section, RecordKey key, String keysAt) {

        Entry keysAt(Map<Class<?>, String> described) {
            String at = described.getOrDefault(key.type(), "");
            return new Entry(section, key, at.equals(Describe.path(section, key)) ? "" : at);
        }

        String name() {
            return key.name();
        }

        String path() {
            return section.isEmpty() ? name() : section + "." + name();
        }

        String meaning() {
            return key.key().value();
        }

        String type() {
            boolean list = key.shape() == RecordKey.Shape.LIST;
            if (key.isSection()) {
                return (list ? "list of sections" : "section") + (keysAt.isEmpty() ? "" : " like " + keysAt);
            }
            if (key.type().isEnum()) {
                return (list ? "list of " : "")
                        + Scalars.names(key.type(), ", ").replaceFirst(", ([^,]+)$", " or $1");
            }
            String one = Scalars.type(key.type(), key.key().unit());
            return key.shape() == RecordKey.Shape.MAP ? one + " by name" : (list ? "list of " : "") + one;
        }

        String standard() {
            if (key.isRequired()) {
                return "required";
            }
            String standard = key.key().defaultValue();
            return standard.isEmpty() ? "" : "default " + standard;
        }
    }
}
