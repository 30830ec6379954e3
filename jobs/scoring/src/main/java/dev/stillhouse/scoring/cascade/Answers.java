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

    /** Columns of the student's, if there are any, that are emptied where the teacher answers. */
    List<String> cleared();

    /** How many members the teacher has, each with a meter of its own. */
    int members();

    /**
     * Documents of which the teacher had been asked before this was made, (source, id); lazily.
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
     * @param meters one for each member, kept over a run
     * @return how many texts some member was not asked about since the budget of its server is spent
     * @throws java.io.UncheckedIOException where the teacher stops answering
     */
    long ask(Dataset<Row> textsDF, String segment, List<InferenceMeter> meters);

    /**
     * How many texts the teacher was asked about, those included to which no answer came.
     *
     * @param questions that were to be asked of the texts
     * @param metered texts that the meter of each member has counted meanwhile
     */
    long put(Dataset<Row> textsDF, long questions, long[] metered);

    /**
     * What the teacher says by what it was asked by now, lazily.
     *
     * @return (source, id) and {@link #replaced}, a row for each document that it has an answer for
     */
    Dataset<Row> verdicts(Dataset<Row> textsDF);
}
