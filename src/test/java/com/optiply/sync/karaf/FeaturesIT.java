package com.optiply.sync.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

/** What is handed to a container: the features files and the bundles. */
@Tag("karaf")
class FeaturesIT {

    private static final String KARAF = System.getProperty("karaf.version");

    @ParameterizedTest
    @ValueSource(strings = {"features.xml", "thin-features.xml"})
    void aFeaturesFileKeepsToTheSchemaOfTheContainer(String name) throws IOException, SAXException {
        Schema schema = schema();

        assertThatCode(() -> schema.newValidator()
                        .validate(new StreamSource(Path.of("target/karaf", name).toFile())))
                .doesNotThrowAnyException();
    }

    @Test
    void theThinBundleHoldsNothingOfCamel() throws IOException {
        try (JarFile bundle = new JarFile("target/bigcommerce-optiply-karaf-thin.jar")) {
            assertThat(bundle.stream().map(ZipEntry::getName))
                    .contains("com/optiply/sync/Wiring.class", "routes/1-start.camel.yaml")
                    .noneMatch(name -> name.startsWith("lib/camel-") || name.startsWith("org/apache/camel/"));
        }
    }

    private static Schema schema() throws IOException, SAXException {
        String core = "target/apache-karaf-%s/system/org/apache/karaf/features/org.apache.karaf.features.core/%s/"
                + "org.apache.karaf.features.core-%s.jar";
        try (JarFile jar = new JarFile(core.formatted(KARAF, KARAF, KARAF))) {
            ZipEntry schema = jar.getEntry("org/apache/karaf/features/karaf-features-1.6.0.xsd");
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(new StreamSource(jar.getInputStream(schema)));
        }
    }
}
