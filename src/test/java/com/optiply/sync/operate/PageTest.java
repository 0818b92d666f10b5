package com.optiply.sync.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Program;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The operator's page in a real browser, on the awkward shop. */
class PageTest {

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private Program program;
    private DeskServer desk;
    private ChromeDriver browser;

    @BeforeEach
    void start() throws IOException {
        Path chromium = first("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
        Path driver = first("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");
        Assumptions.assumeTrue(
                chromium != null && driver != null,
                "skipped: there is no Chromium with its chromedriver here (Debian: apt-get install chromium chromium-driver)");
        sandbox = Sandbox.start(Sandbox.Size.awkward());
        Path routes = Files.createDirectory(folder.resolve("routes"));
        try (Stream<Path> own = Files.list(Path.of("routes"))) {
            for (Path route : own.toList()) {
                Files.copy(route, routes.resolve(route.getFileName()));
            }
        }
        new Shell(sandbox, folder).with("routes.directory", routes.toString());
        program = Program.start(
                Settings.load(folder.resolve("application.properties"), true, Map.of(), new Properties()), false);
        desk = program.openDesk();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--window-size=1280,1600");
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.toFile())
                        .build(),
                options);
        browser.manage().timeouts().implicitlyWait(Duration.ZERO);
    }

    private static Path first(String... places) {
        return Stream.of(places)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    @AfterEach
    void stop() {
        if (browser != null) {
            browser.quit();
        }
        if (program != null) {
            program.close();
        }
        if (sandbox != null) {
            sandbox.close();
        }
    }

    private void open() {
        browser.get(desk.url());
        eventually("glance-title", "well");
    }

    private WebElement byId(String id) {
        return browser.findElement(By.id(id));
    }

    private void eventually(String id, String words) {
        Awaitility.await(id + " says " + words)
                .atMost(30, TimeUnit.SECONDS)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(byId(id).getText()).contains(words));
    }

    private void press(String words) {
        button(words).click();
    }

    private WebElement button(String words) {
        return browser.findElements(By.tagName("button")).stream()
                .filter(one -> words.equals(one.getText()) || words.equals(one.getDomAttribute("aria-label")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button “" + words + "”"));
    }

    /** For a look by eye. */
    private void picture(String name) throws Exception {
        Path pictures = Path.of("target", "pictures");
        Files.createDirectories(pictures);
        Files.write(pictures.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }

    @Test
    void aParkedRecordAppearsAndVanishesWithARetryWhenItsCauseIsGone() throws Exception {
        open();
        eventually("parked", "Nothing is parked");

        press("Run now");
        eventually("said", "Products: complete, 87 created");
        eventually("parked", "products/1015");
        eventually("glance-title", "Something waits for you");
        assertThat(byId("troubles").getText()).contains("2 products stand parked");
        picture("parked");

        press("Retry products/1015");
        eventually("said", "1 still parked");

        sandbox.shop().changeStock(1015, 4);
        press("Retry products/1015");
        eventually("said", "1 retried with success");
        Awaitility.await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> assertThat(
                        byId("parked").getText())
                .doesNotContain("products/1015")
                .contains("products/1017"));

        press("Discard products/1017");
        browser.findElement(By.cssSelector("#discard input")).sendKeys("no yachts", Keys.TAB);
        browser.findElement(By.cssSelector("#discard button.danger")).click();
        eventually("parked", "Nothing is parked");
        eventually("glance-title", "All is well");
        assertThat(sandbox.optiply().productsByRemoteId("1015")).hasSize(1);
        picture("well");
    }

    @Test
    void whyARunFailedIsThereToReadForEverybody() throws Exception {
        open();
        sandbox.bigcommerceAccessToken("another");

        press("Run now");

        eventually("runs", "it does not accept bigcommerce.access-token");
        eventually("glance-title", "Something is wrong");
        eventually("troubles", "set the right credentials");
        picture("failed");
    }

    @Test
    void aSavedFileThatIsNotInEffectIsSeenAtOneGlanceUntilItIsMended() throws Exception {
        open();
        Path settings = folder.resolve("application.properties");
        Path route = folder.resolve("routes").resolve("9-mine.camel.yaml");
        String good = Files.readString(settings);
        Files.writeString(route, "- nonsense: 1\n");
        Files.writeString(settings, good + "sell-orders.all-statuses=perhaps\n");

        eventually("glance-title", "Something is wrong");
        eventually("troubles", "9-mine.camel.yaml");
        eventually("troubles", "sell-orders.all-statuses = \"perhaps\"");
        assertThat(byId("troubles").getText()).contains("true or false", "what ran before goes on");
        picture("not-in-effect");

        Files.delete(route);
        Files.writeString(settings, good + "bigcommerce.page-size=99\n");
        eventually("glance-title", "Something waits for you");
        assertThat(byId("troubles").getText()).contains("bigcommerce.page-size").doesNotContain("9-mine");

        Files.writeString(settings, good);
        eventually("glance-title", "All is well");
    }

    @Test
    void progressMovesDuringASync() {
        open();
        sandbox.latency(120);

        press("Run now");

        Awaitility.await().atMost(30, TimeUnit.SECONDS).ignoreExceptions().untilAsserted(() -> assertThat(
                        browser.findElements(By.tagName("progress")))
                .isNotEmpty());
        eventually("in-hand", "products (incremental): delivered");
        int before = delivered();
        Awaitility.await().atMost(20, TimeUnit.SECONDS).ignoreExceptions().until(() -> delivered() > before);
    }

    private int delivered() {
        return Integer.parseInt(byId("in-hand").getText().replaceAll("(?s).*delivered (\\d+) of.*", "$1"));
    }

    @Test
    void markupInANameStaysText() {
        sandbox.shop().changeStock(1015, null);
        sandbox.shop()
                .changeProduct(
                        116,
                        product -> product.put(
                                "name", "<script>window.hacked = true</script><img src=x onerror=window.hacked=true>"));
        open();
        press("Run now");
        eventually("said", "Products: complete");

        browser.findElement(By.cssSelector("#explain select")).sendKeys("product");
        browser.findElement(By.cssSelector("#explain input")).sendKeys("1019", Keys.ENTER);

        eventually("story", "<script>alert('x')</script> cushion");
        assertThat(browser.executeScript("return window.hacked")).isNull();
        assertThat(browser.findElements(By.cssSelector("main script, main img")))
                .isEmpty();
    }

    @Test
    void aDryRunIsShownAndChangesNothing() throws Exception {
        open();
        press("Dry run");

        eventually("dry-body", "would create 87");
        assertThat(byId("dry-body").getText()).contains("products/1001", "created");
        assertThat(sandbox.optiply().writes()).isZero();
        picture("dry-run");
    }

    @Test
    void everythingCanBeDoneWithTheKeyboard() {
        open();
        browser.findElement(By.cssSelector("#start select")).sendKeys(Keys.TAB);
        browser.switchTo().activeElement().sendKeys(Keys.SPACE, Keys.TAB);
        assertThat(browser.switchTo().activeElement().getText()).isEqualTo("Run now");

        browser.switchTo().activeElement().sendKeys(Keys.ENTER);

        eventually("said", "Products: complete");
        assertThat(program.wiring().database()).isNotNull();
        assertThat(byId("runs").getText()).contains("products, full");
    }

    @Test
    void everyControlHasANameAndEveryPictureWordsForAScreenReader() {
        open();
        press("Run now");
        eventually("parked", "products/1015");

        List<String> nameless = List.of(browser.executeScript(
                        "return [...document.querySelectorAll('button, input, select, [role=img], [role=region], dialog, progress')]"
                                + ".filter(e => !(e.labels && e.labels.length) && !e.getAttribute('aria-label')"
                                + " && !e.getAttribute('aria-labelledby') && !e.textContent.trim())"
                                + ".map(e => e.outerHTML).join('\\n')")
                .toString());

        assertThat(nameless).containsExactly("");
        assertThat(browser.findElement(By.tagName("html")).getDomAttribute("lang"))
                .isEqualTo("en");
        assertThat(browser.findElements(By.cssSelector("h1"))).hasSize(1);
        assertThat(byId("said").getDomAttribute("aria-live")).isEqualTo("polite");
    }

    @Test
    void itFitsAPhoneAndKnowsTheDark() throws Exception {
        open();
        press("Run now");
        eventually("said", "Sell orders: complete");
        eventually("parked", "products/1015");
        picture("light");
        String light = background();

        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        assertThat(background()).isNotEqualTo(light);
        picture("dark");

        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 375, "height", 2400, "deviceScaleFactor", 1, "mobile", true));
        assertThat((Long) browser.executeScript("return document.documentElement.scrollWidth"))
                .as("nothing to scroll sideways")
                .isLessThanOrEqualTo(375);
        picture("phone");
    }

    private String background() {
        return String.valueOf(browser.executeScript("return getComputedStyle(document.body).backgroundColor"));
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        open();

        Object foreign = browser.executeScript(
                "return performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin))");

        assertThat((List<?>) foreign).isEmpty();
    }
}
