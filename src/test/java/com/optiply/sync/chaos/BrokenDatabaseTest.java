package com.optiply.sync.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Expected;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A database file with a broken page, which is met only when that page is read. */
class BrokenDatabaseTest {

    private static final String RULE = "total_ex_tax";

    /** From the document of a record to what stands behind it in its row. */
    private static final int BROKEN = 300;

    @Test
    void aBrokenPageEndsTheRunWithTheCureAndACopyGoesOn() throws IOException {
        try (Between between = new Between(new Sandbox.Size(60, 40, 2, 1, 0).regularOnly())) {
            between.installation.with("sell-orders.line-subtotal", RULE);
            between.installation.sync();
            between.installation.stop();
            int writes = between.sandbox.optiply().writes();
            Path file = Path.of(between.installation.value("database.url").replace("jdbc:h2:file:", "") + ".mv.db");
            byte[] copy = Files.readAllBytes(file);
            long product = ((Number) between.sandbox.shop().products().get(30).get("id")).longValue();
            Files.write(file, broken(copy, "\"articleCode\":\"" + product + "\""));

            Run run = between.installation.fullSync("products");

            assertThat(run.getExitCode()).isEqualTo(3);
            assertThat(run.getReport()).containsEntry("outcome", "failed");
            assertThat(run.getReport().get("message"))
                    .asString()
                    .contains("the database cannot be used: ", "database.url", "put back a copy of it")
                    .doesNotContain("SQL statement", "cannot be used: null");
            assertThat(between.sandbox.optiply().writes()).isEqualTo(writes);

            between.installation.stop();
            Files.write(file, copy);
            between.sandbox.shop().changeProductPrice(product, "1.23");
            between.installation.sync();
            assertThat(between.sandbox.optiply().twins()).isEmpty();
            assertThat(between.sandbox.optiply().content())
                    .isEqualTo(Expected.of(between.sandbox.shop(), Set.of(10), RULE));
        }
    }

    /** Overwrites each place where the text stands. */
    private static byte[] broken(byte[] bytes, String text) {
        byte[] broken = bytes.clone();
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        for (int at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + 1)) {
            Arrays.fill(broken, at, Math.min(broken.length, at + BROKEN), (byte) 0xff);
        }
        return broken;
    }
}
