package com.optiply.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Run;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a library of somebody else's Camel application: the README's example, word for word. */
class LibraryTest {

    @Test
    void aForeignApplicationIncludesTheRoutesOfTheJarAndStartsARunFromARouteOfItsOwn(@TempDir Path folder)
            throws Exception {
        try (Sandbox sandbox = Sandbox.start(new Sandbox.Size(4, 4, 3, 7, 0))) {
            Map<String, String> keys = sandbox.settings();
            keys.put("database.url", "jdbc:h2:file:" + folder.resolve("sync"));
            keys.put("sell-orders.line-subtotal", "total_ex_tax");
            keys.put("clocks.enabled", "false");

            Main main = new Main();
            try (Wiring wiring = new Wiring(Settings.of(keys))) {
                main.configure().withRoutesIncludePattern("classpath:routes/*.camel.yaml");
                main.setOverrideProperties(wiring.properties());
                main.addMainListener(new MainListenerSupport() {
                    @Override
                    public void beforeConfigure(BaseMainSupport starting) {
                        wiring.bind(starting.getCamelContext());
                    }
                });
                main.configure().addRoutesBuilder(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:stock-was-counted").to("direct:run-products", "direct:run-sell-orders");
                    }
                });
                main.start();

                Run run = main.getCamelTemplate().requestBody("direct:stock-was-counted", null, Run.class);

                assertThat(run.getReport()).containsEntry("outcome", "complete");
                assertThat(sandbox.optiply().content())
                        .isEqualTo(Expected.of(sandbox.shop(), Set.of(10), "total_ex_tax"));
                assertThat(main.getCamelContext().getTypeConverter().convertTo(HttpMethods.class, " patch "))
                        .as("Camel's own leniency with method names stays, for the application's other routes too")
                        .isEqualTo(HttpMethods.PATCH);
                main.stop();
            }
        }
    }
}
