package dev.stillhouse.reports;

import java.util.Locale;
import java.util.Optional;

/** Numbers as people read them: grouped digits, decimal units, a dash for what is absent or not finite. */
final class NumberText {
    static final String ABSENT = "–";

    private NumberText() {}

    /** A count, such as 12,345. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A fraction as percent: 0.978 is 97.8 %, and what is neither none nor all is shown as neither. */
    static String percent(double fraction) {
        if (!Double.isFinite(fraction)) {
            return ABSENT;
        }
        if (fraction > 0 && fraction < 0.0005) {
            return "< 0.1 %";
        }
        return fraction < 1 && fraction >= 0.9995 ? "> 99.9 %" : decimal(100 * fraction, 1) + " %";
    }

    /** A part of a whole as percent; a dash if there is no whole. */
    static String share(long part, long whole) {
        return whole == 0 ? ABSENT : percent((double) part / whole);
    }

    /** A score between 0 and 1, with three digits. */
    static String score(double value) {
        return decimal(value, 3);
    }

    static String score(Optional<Double> value) {
        return value.map(NumberText::score).orElse(ABSENT);
    }

    /** A difference of scores, always with its sign. */
    static String signed(double value) {
        return signed(value, 3);
    }

    /** A difference with so many decimals, with its sign where it is not nothing. */
    static String signed(double value, int decimals) {
        String digits = decimal(Math.abs(value), decimals);
        if (!Double.isFinite(value) || digits.equals(decimal(0, decimals))) {
            return digits;
        }
        return (value < 0 ? "−" : "+") + digits;
    }

    /** ROUGE in percent. */
    static String rouge(double percent) {
        return decimal(percent, 1);
    }

    /** Bytes in decimal units, such as 1.2 MB for 1,200,000. */
    static String bytes(long value) {
        if (value < 1000) {
            return value + " B";
        }
        double kilo = value / 1e3;
        if (kilo < 999.5) {
            return significant(kilo) + " kB";
        }
        double mega = value / 1e6;
        return mega < 999.5 ? significant(mega) + " MB" : significant(value / 1e9) + " GB";
    }

    /** A rate or a ratio: with decimals only where it is small. */
    static String significant(double value) {
        if (Math.abs(value) >= 99.95) {
            return decimal(value, 0);
        }
        return decimal(value, Math.abs(value) >= 9.995 ? 1 : 2);
    }

    /** A measured value: whole numbers as counts, others as rates. */
    static String value(double value) {
        return Double.isFinite(value) && value == Math.rint(value) ? count((long) value) : significant(value);
    }

    /** A time span, such as 3 min 20 s. */
    static String seconds(double value) {
        if (!Double.isFinite(value)) {
            return ABSENT;
        }
        if (value < 59.95) {
            return decimal(value, 1) + " s";
        }
        long whole = Math.round(value);
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : count(whole / 3600) + " h " + whole % 3600 / 60 + " min";
    }

    /** A value with a fixed number of decimals and grouped digits. */
    static String decimal(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + decimals + "f", value) : ABSENT;
    }
}
