package com.optiply.sync.state;

import org.apache.camel.Header;
import org.apache.camel.component.sql.SqlConstants;

/**
 * Holds off who has lost the lease: every write of a result names the epoch, and one that touched no row means that
 * another process has taken over. Safe for several threads.
 */
public final class Fence {

    /** @throws Runs.FencedOff where the statement before touched no row */
    public void held(@Header(SqlConstants.SQL_UPDATE_COUNT) Integer rows) {
        if (rows == null || rows == 0) {
            throw lost();
        }
    }

    static void held(int[] rowsOfEach) {
        for (int rows : rowsOfEach) {
            if (rows == 0) {
                throw lost();
            }
        }
    }

    private static Runs.FencedOff lost() {
        return new Runs.FencedOff("the lease of delivery was lost to another process; this one delivers nothing more");
    }
}
