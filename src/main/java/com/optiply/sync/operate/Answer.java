package com.optiply.sync.operate;

import java.util.List;
import java.util.Map;

/**
 * What the desk answers: the lines that {@code --json} prints, and the exit code that goes with them.
 *
 * <p>Its lines are not to be changed.
 */
public record Answer(List<Map<String, Object>> lines, int exitCode) {

    /** An answer that was to be had. */
    public static Answer of(List<Map<String, Object>> lines) {
        return new Answer(lines, 0);
    }
}
