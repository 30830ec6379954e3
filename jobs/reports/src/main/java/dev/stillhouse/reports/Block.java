package dev.stillhouse.reports;

import java.util.List;

/** A piece of a section, laid out by the template by its {@link #kind}. */
sealed interface Block {
    /** Which part of the template lays it out. */
    String kind();

    /** A sentence. */
    record Prose(String text) implements Block {
        @Override
        public String kind() {
            return "prose";
        }
    }

    /** What is shown in place of a stage that has not run. */
    record Missing(String text, String command) implements Block {
        @Override
        public String kind() {
            return "missing";
        }
    }

    /**
     * A table; rows beyond {@code shown} are folded, and where none is shown the whole table is.
     *
     * @param note what should be known to read it; may be empty
     */
    record Table(String title, String note, List<Column> columns, List<Row> rows, int shown) implements Block {
        Table(String title, String note, List<Column> columns, List<Row> rows) {
            this(title, note, columns, rows, Integer.MAX_VALUE);
        }

        @Override
        public String kind() {
            return "table";
        }

        /** Whether there is more than is shown at once; a handful more is not worth a fold. */
        public boolean folds() {
            return shown > 0 && rows.size() - 3 > shown;
        }

        /** Whether nothing of it is shown at once. */
        public boolean isClosed() {
            return shown == 0;
        }
    }

    /** A column; numbers are set flush right. */
    record Column(String name, boolean number) {
        static Column text(String name) {
            return new Column(name, false);
        }

        static Column number(String name) {
            return new Column(name, true);
        }
    }

    /** A row; a strong one stands out. */
    record Row(List<Cell> cells, boolean strong) {
        static Row of(Cell... cells) {
            return new Row(List.of(cells), false);
        }

        static Row strong(Cell... cells) {
            return new Row(List.of(cells), true);
        }
    }

    /**
     * A cell.
     *
     * @param small what stands below in small type; may be empty
     * @param tone good, bad, quiet, quote or empty
     * @param graphic bar, range or empty
     * @param style custom properties that place the graphic
     */
    record Cell(String text, String small, String tone, String graphic, String style) {
        static Cell of(String text) {
            return new Cell(text, "", "", "", "");
        }

        static Cell of(String text, String small) {
            return new Cell(text, small, "", "", "");
        }

        static Cell toned(String text, String tone) {
            return new Cell(text, "", tone, "", "");
        }

        /** A cell with a bar below, as long as the fraction of the cell's width. */
        static Cell bar(String text, double fraction) {
            return new Cell(text, "", "", "bar", "--w:" + place(fraction));
        }

        /** The same with what stands below in small type. */
        static Cell bar(String text, String small, double fraction) {
            return new Cell(text, small, "", "bar", "--w:" + place(fraction));
        }

        /** A cell that is nothing but an interval on a scale. */
        static Cell range(double low, double value, double high) {
            return new Cell("", "", "", "range", "--a:" + place(low) + ";--v:" + place(value) + ";--b:" + place(high));
        }

        private static String place(double fraction) {
            double bounded = Double.isFinite(fraction) ? Math.max(0, Math.min(1, fraction)) : 0;
            return NumberText.decimal(100 * bounded, 2) + "%";
        }
    }

    /** Where documents went: steps that start at 0, and losses between them. */
    record Funnel(String title, String note, List<Step> steps) implements Block {
        @Override
        public String kind() {
            return "funnel";
        }
    }

    /**
     * A step of a funnel.
     *
     * @param tone step, loss or part
     */
    record Step(String name, String count, String share, String tone, String style) {}

    /**
     * A chart, with its data as a table.
     *
     * @param id element id
     * @param label what it shows, for those who cannot see it
     * @param data what the page's script draws
     */
    record Chart(String id, String title, String label, String note, ChartData data, Table table) implements Block {
        @Override
        public String kind() {
            return "chart";
        }
    }

    /** Sentences that call something out. */
    record Notes(String title, String note, List<String> sentences) implements Block {
        @Override
        public String kind() {
            return "notes";
        }
    }

    /**
     * Small histograms.
     *
     * @param first those that are shown at once
     * @param rest those that are folded
     */
    record Signals(String title, String note, List<SignalCard> first, List<SignalCard> rest) implements Block {
        @Override
        public String kind() {
            return "signals";
        }
    }

    /**
     * One small histogram.
     *
     * @param bars heights, as custom properties
     * @param thresholds places of thresholds, as custom properties, with their conditions
     * @param low the value at the left edge
     * @param high the value at the right edge
     */
    record SignalCard(
            String name,
            String meaning,
            List<String> bars,
            List<Mark> thresholds,
            String low,
            String high,
            String quantiles,
            String failed) {}

    /** A marked place. */
    record Mark(String style, String name) {}

    /** Small histograms of shares then and now, side by side. */
    record Paired(String title, String note, List<PairedCard> cards) implements Block {
        @Override
        public String kind() {
            return "paired";
        }
    }

    /** One small histogram. */
    record PairedCard(String name, String detail, List<PairedBar> bars) {
        /** Name of the bin at the left. */
        public String first() {
            return bars.isEmpty() ? "" : bars.get(0).name();
        }

        /** Name of the bin at the right. */
        public String last() {
            return bars.size() < 2 ? "" : bars.get(bars.size() - 1).name();
        }
    }

    /**
     * A bin then and now.
     *
     * @param then height, as a custom property
     * @param now height, as a custom property
     * @param name of the bin
     * @param thenShare share as text
     * @param nowShare share as text
     */
    record PairedBar(String then, String now, String name, String thenShare, String nowShare) {}

    /** Documents to look at; groups beyond {@code shown} are folded. */
    record Quotes(String title, String note, List<QuoteGroup> groups, int shown) implements Block {
        @Override
        public String kind() {
            return "quotes";
        }
    }

    /** Documents with one thing in common. */
    record QuoteGroup(String name, String detail, List<Quote> quotes) {}

    /** A document: where it is from, its text with what matters marked, and what else is to be known of it. */
    record Quote(String from, List<Piece> pieces, String detail) {}

    /** A piece of a text. */
    record Piece(String text, boolean marked) {}

    /** Documents side by side, those beyond {@code shown} folded. */
    record Pairs(String title, String note, List<Pair> pairs, int shown) implements Block {
        @Override
        public String kind() {
            return "pairs";
        }
    }

    /** Two documents and how alike they are. */
    record Pair(String detail, Quote left, Quote right) {}

    /** Documents with the sentences that are chosen of them, the first open. */
    record Documents(String title, String note, List<Document> documents) implements Block {
        @Override
        public String kind() {
            return "documents";
        }
    }

    /**
     * A document by its sentences.
     *
     * @param name source and id
     * @param detail what it says of the choices
     * @param sentences in the order of the document, and gaps between them
     * @param all how many there are to show; 0 where there is nothing to unfold
     */
    record Document(String name, String detail, List<Sentence> sentences, int all) {}

    /**
     * A sentence of a document.
     *
     * @param mark teacher, student, both or empty by who chose it; gap where it stands for sentences that are left out
     * @param rest whether it is seen only when all are
     * @param salience what the student gives it
     * @param style a custom property: how strong that is, 0 to 1
     */
    record Sentence(String text, String mark, boolean rest, String salience, String style) {}

    /** Summaries to look at; those beyond {@code shown} are folded. */
    record Summaries(String title, String note, List<Summary> summaries, int shown) implements Block {
        @Override
        public String kind() {
            return "summaries";
        }
    }

    /** A summary in its document: what is chosen is marked. */
    record Summary(String from, String headline, List<String> keywords, List<Piece> pieces) {}

    /** Digests to look at; those beyond {@code shown} are folded. */
    record Digests(String title, String note, List<Digest> digests, int shown) implements Block {
        @Override
        public String kind() {
            return "digests";
        }
    }

    /** What a group of documents says. */
    record Digest(String name, String detail, List<Quote> sentences) {}

    /** Text as it is, such as JSON, folded. */
    record Verbatim(String title, String text) implements Block {
        @Override
        public String kind() {
            return "verbatim";
        }
    }

    /** Words and what they mean. */
    record Glossary(List<Term> terms) implements Block {
        @Override
        public String kind() {
            return "glossary";
        }
    }

    /** A word and what it means. */
    record Term(String name, String meaning) {}
}
