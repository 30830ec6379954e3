package dev.stillhouse.cli.console;

import java.util.stream.Collectors;

/** Text of documents and names of labels as a terminal may show them. */
public final class Printable {
    private Printable() {}

    /** The text with what would move the cursor, end the line or turn the direction of writing spelled out, as in {@code \\u202e}. Empty where it is. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isActive(point)) {
                shown.append(String.format("\\u%04x", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    /** As {@link #of}, of a message of our own of several lines, whose ends stay. */
    static String lines(String message) {
        return message.lines().map(Printable::of).collect(Collectors.joining("\n"));
    }

    /** Controls, ends of lines, marks and overrides of direction, and surrogates that are alone. Joiners stay, of which emoji and some scripts are made. */
    private static boolean isActive(int point) {
        int type = Character.getType(point);
        byte direction = Character.getDirectionality(point);
        boolean turns = type == Character.FORMAT
                && (point == 0x200E || point == 0x200F || point == 0x061C || isExplicit(direction));
        return turns
                || type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static boolean isExplicit(byte direction) {
        return switch (direction) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                    Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE -> true;
            default -> false;
        };
    }
}
