package com.optiply.sync.operate;

import java.util.List;
import java.util.Map;

/** Whoever answers the operator's questions: the desk of this process, or that of the process which holds the database. */
public interface Asked extends AutoCloseable {

    /**
     * Answers a question; returns when it is answered, which for long work may take hours.
     *
     * @param about what the question is about, as its JSON says it
     * @throws WrongUse where the question cannot be meant
     */
    Answer ask(String question, Map<String, Object> about);

    /** How far the work in hand is. */
    List<Map<String, Object>> inHand();

    @Override
    default void close() {}
}
