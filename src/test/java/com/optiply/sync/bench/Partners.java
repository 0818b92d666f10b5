package com.optiply.sync.bench;

import com.optiply.sync.Json;
import com.optiply.sync.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The simulated partners in a process of their own. Arguments: products, orders, latency in ms, calls per 30 s (0: no
 * limit). Prints the settings a run needs as one JSON line, then obeys the lines on its standard input.
 */
public final class Partners {

    private static final int LINES = 3;
    private static final int WINDOW_MS = 30_000;

    private static int changes;

    private Partners() {}

    public static void main(String[] arguments) throws IOException {
        int products = Integer.parseInt(arguments[0]);
        int orders = Integer.parseInt(arguments[1]);
        int latency = Integer.parseInt(arguments[2]);
        int quota = Integer.parseInt(arguments[3]);
        try (Sandbox sandbox = Sandbox.start(new Sandbox.Size(products, orders, LINES, 1, latency).regularOnly())) {
            if (quota > 0) {
                sandbox.quota(quota, WINDOW_MS);
            }
            System.out.println(Json.text(sandbox.settings()));
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                obey(sandbox, command, products);
            }
        }
    }

    private static void obey(Sandbox sandbox, String command, int products) {
        Map<String, Object> answer = new LinkedHashMap<>();
        switch (command) {
            case "reset" -> sandbox.calls().reset();
            case "empty" -> {
                sandbox.optiply().clear();
                sandbox.calls().reset();
            }
            case "change" -> {
                // another one each time, or it would change nothing
                String price = new BigDecimal("17.35")
                        .add(BigDecimal.valueOf(changes++))
                        .toPlainString();
                for (int product = 10001; product <= 10000 + products; product += 100) {
                    sandbox.shop().changeProductPrice(product, price);
                }
            }
            case "figures" -> {
                answer.put("bigcommerce", sandbox.calls().bigcommerce().total());
                answer.put("quotaUsedAtMost", sandbox.quotaUsedAtMost());
                answer.put("bigcommerce429", sandbox.calls().bigcommerce().status(429));
                answer.put(
                        "bigcommerceConnections", sandbox.calls().bigcommerce().connections());
                answer.put("optiply", sandbox.calls().optiply().total());
                answer.put("optiplyConnections", sandbox.calls().optiply().connections());
                answer.put("optiplyPeak", sandbox.calls().optiply().peak());
                answer.put("heldProducts", sandbox.optiply().productCount());
                answer.put("heldSellOrders", sandbox.optiply().sellOrderCount());
                answer.put(
                        "firstCall",
                        sandbox.calls().bigcommerce().last().isEmpty()
                                ? 0L
                                : sandbox.calls()
                                        .bigcommerce()
                                        .last()
                                        .get(0)
                                        .at()
                                        .toEpochMilli());
            }
            case "cpu" ->
                answer.put(
                        "cpuMs",
                        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                                        .getProcessCpuTime()
                                / 1_000_000);
            default -> {
                if (command.startsWith("latency ")) {
                    sandbox.latency(Integer.parseInt(command.substring("latency ".length())));
                } else {
                    answer.put("unknown", command);
                }
            }
        }
        System.out.println(Json.text(answer));
    }
}
