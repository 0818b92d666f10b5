package com.optiply.sync.operate;

import com.optiply.sync.settings.Settings;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description = "The whole story of one record: why it is in Optiply, or why it is not.",
        mixinStandardHelpOptions = true)
final class ExplainCommand extends Asking {

    @Parameters(
            index = "0",
            paramLabel = "ENTITY",
            description = "products or sell-orders",
            converter = WhatConverter.class)
    String entity;

    @Parameters(index = "1", paramLabel = "ID", description = "Of a product its variant id or SKU, of an order its id.")
    String id;

    @Override
    String question() {
        return "explain";
    }

    @Override
    Map<String, Object> about(Settings settings) {
        return Map.of("entity", entity, "id", id);
    }

    @Override
    void show(Answer answer, PrintStream out) {
        for (Map<String, Object> line : answer.lines()) {
            out.println(line.get("entity") + " " + line.get("remote_id") + ": "
                    + String.valueOf(line.get("verdict")).replace('-', ' '));
            for (Object sentence : (List<?>) line.get("story")) {
                out.println("  " + sentence);
            }
        }
    }
}
