package com.optiply.sync;

import com.optiply.sync.operate.Commands;

/** The entry of {@code java -jar}. */
public final class App {

    private App() {}

    public static void main(String[] arguments) {
        System.exit(Commands.run(arguments));
    }
}
