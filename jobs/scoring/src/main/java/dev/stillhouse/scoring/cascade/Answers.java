package dev.stillhouse.scoring.cascade;

import dev.stillhouse.teacher.outputs.InferenceMeter;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What student and teacher of a cascade say of documents, and how the teacher is asked. For one run; not safe for use by several threads. */
interface Answers {
    /** How sure the student is: a column of what it says, higher where it is surer. */
    Column sureness();

    /** What is decided of a document, as text: a column of what either says. */
    Column decided();

    /**
     * How far they agree, 0 to 1.
     *
     * @param student what it has {@link #decided}
     * @param teacher likewise
     */
    double agreement(String student, String teacher);

    /** Columns of the student's in whose place those of the teacher stand where it answers. */
    List<String> replaced();

    /**
     * Documents about which the teacher need not be asked, (source, id): those of which it has been asked before now, or before the run. Told by what is there when this is called, though lazily.
     *
     * @param textsDF with source, id, text, attributes and text_hash
     */
    Dataset<Row> known(Dataset<Row> textsDF);

    /** Whether anything is run or asked for a text; otherwise it is there, and no question. */
    boolean asks();

    /** How many texts the teacher would have to be asked about now. */
    long questions(Dataset<Row> textsDF);

    /**
     * Asks; what was answered is kept even where the teacher stops answering.
     *
     * @param segment a name for what caches are given that no other has
     * @throws java.io.UncheckedIOException where the teacher stops answering
     */
    void ask(Dataset<Row> textsDF, String segment, InferenceMeter meter);

    /**
     * How many texts the teacher was asked about.
     *
     * @param questions that were to be asked of the texts
     * @param metered what the meter has counted meanwhile
     */
    long put(Dataset<Row> textsDF, long questions, long metered);

    /**
     * What the teacher says by what it was asked by now, lazily.
     *
     * @return (source, id) and {@link #replaced}, a row for each document that it has an answer for
     */
    Dataset<Row> verdicts(Dataset<Row> textsDF);
}
