package com.optiply.sync.bench;

import com.optiply.sync.Json;
import com.optiply.sync.Program;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Run;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The product in a process of its own. Arguments: a folder for databases, the settings as JSON. Obeys the lines on its
 * standard input: {@code first} runs both kinds with a new database, {@code again} with the one that is there; each
 * prints what it took.
 */
public final class Product {

    private Product() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        Json.document(arguments[1]).forEach((key, value) -> settings.put(key, String.valueOf(value)));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Program program = null;
        int databases = 0;
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            if (command.equals("first")) {
                if (program != null) {
                    program.close();
                }
                settings.put(
                        "database.url",
                        "jdbc:h2:file:" + Path.of(arguments[0]).toAbsolutePath().resolve("d" + databases++ + "/sync"));
                program = Program.start(Settings.of(settings), false);
            }
            System.out.println(Json.text(measured(program)));
        }
        if (program != null) {
            program.close();
        }
    }

    private static Map<String, Object> measured(Program program) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long began = System.nanoTime();
        Map<String, Object> figures = new LinkedHashMap<>();
        for (String what : List.of("products", "sell-orders")) {
            Run run = program.run(what, false);
            figures.put(what, run.getReport());
        }
        figures.put("wallMs", (System.nanoTime() - began) / 1_000_000);
        figures.put("cpuMs", (system.getProcessCpuTime() - cpu) / 1_000_000);
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        figures.put("heapMb", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        return figures;
    }
}
