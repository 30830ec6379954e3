package dev.stillhouse.scoring.cascade;

/** What is done where a teacher stops answering. */
public enum OnTeacherFailure {
    STOP,
    STUDENT
}
