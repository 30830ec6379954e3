package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Printable;
import java.util.Locale;

/** Lines of Markdown as they come. Not safe for use by several threads. */
final class CardLines {
    private final StringBuilder text = new StringBuilder();

    String text() {
        return text.toString();
    }

    void heading(String name) {
        line("\n## " + name + "\n");
    }

    void line(String line) {
        text.append(line).append('\n');
    }

    /** A name as text of a table: a label may hold what Markdown or HTML would act on. */
    static String code(String name) {
        return Printable.of(name.replaceAll("[|`<>\\r\\n]", " "));
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
