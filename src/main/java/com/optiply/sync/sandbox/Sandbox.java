package com.optiply.sync.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Two simulated partners, BigCommerce and Optiply, on free ports of 127.0.0.1: what the first run shows and what the tests
 * talk to. Nothing here is configured from outside and nothing outside is changed by it.
 *
 * <p>Safe for several threads; each sandbox is independent of any other.
 */
public final class Sandbox implements AutoCloseable {

    private static final String STORE_HASH = "sandbox";
    private static final String ACCESS_TOKEN = "sandbox-access-token";
    private static final String CLIENT_ID = "sandbox-shop";
    private static final String CLIENT_SECRET = "sandbox-secret";
    private static final String USERNAME = "sandbox-user";
    private static final String PASSWORD = "sandbox pass&word";
    private static final String ACCOUNT_ID = "98";
    private static final String COUPLING_ID = "4711";
    private static final int GENEROUS_CALLS = 1_000_000;
    private static final int WINDOW_MS = 30_000;

    /**
     * How big the shop is.
     *
     * @param products generated products, three variants each
     * @param orders generated Completed orders
     * @param linesPerOrder lines of each generated order
     * @param seed the same seed gives the same shop and the same life
     * @param latencyMs how long each call of either partner waits before it is looked at
     * @param withAwkward whether the hand-written awkward part is there too
     */
    public record Size(int products, int orders, int linesPerOrder, long seed, int latencyMs, boolean withAwkward) {

        /** The awkward part and a generated part. */
        public Size(int products, int orders, int linesPerOrder, long seed, int latencyMs) {
            this(products, orders, linesPerOrder, seed, latencyMs, true);
        }

        /** The awkward part alone, without latency. */
        public static Size awkward() {
            return new Size(0, 0, 0, 1, 0, true);
        }

        /** Without the awkward part: a generated shop of exactly this size. */
        public Size regularOnly() {
            return new Size(products, orders, linesPerOrder, seed, latencyMs, false);
        }
    }

    private final Shop shop;
    private final Calls calls = new Calls();
    private final Quota quota = new Quota(GENEROUS_CALLS, WINDOW_MS);
    private final BigCommerceGate bigcommerceGate = new BigCommerceGate(STORE_HASH, ACCESS_TOKEN, quota);
    private final BigCommerceCatalog catalog;
    private final BigCommerceOrders orders;
    private final Wire bigcommerceWire;
    private final Wire optiplyWire;
    private final OptiplyGate optiplyGate = new OptiplyGate(ACCOUNT_ID, COUPLING_ID);
    private final OptiplyTokens tokens = new OptiplyTokens(CLIENT_ID, CLIENT_SECRET, USERNAME, PASSWORD);
    private final OptiplyAccount account = new OptiplyAccount(tokens);
    private final Partner bigcommerce;
    private final Partner optiply;

    private Sandbox(Size size) {
        shop = new Shop(size);
        catalog = new BigCommerceCatalog(shop);
        orders = new BigCommerceOrders(shop, STORE_HASH);
        bigcommerceWire = new Wire(shop.clock(), calls.bigcommerce(), quota, size.latencyMs());
        optiplyWire = new Wire(account.clock(), calls.optiply(), null, size.latencyMs());
        bigcommerce = new Partner(
                "bigcommerce",
                "sandbox/bigcommerce.camel.yaml",
                Map.of(
                        "calls", calls.bigcommerce(),
                        "gate", bigcommerceGate,
                        "errors", new BigCommerceErrors(),
                        "catalog", catalog,
                        "orders", orders,
                        "wire", bigcommerceWire,
                        "headers",
                                Wire.headers(
                                        "X-Auth-Token", "Accept", "Accept-Encoding", "Content-Type", "User-Agent")));
        try {
            optiply = new Partner(
                    "optiply",
                    "sandbox/optiply.camel.yaml",
                    Map.of(
                            "calls",
                            calls.optiply(),
                            "gate",
                            optiplyGate,
                            "tokens",
                            tokens,
                            "resources",
                            new OptiplyResources(account, ACCOUNT_ID, COUPLING_ID),
                            "wire",
                            optiplyWire,
                            "headers",
                            Wire.headers("Authorization", "Accept", "Content-Type", "User-Agent"),
                            "loginHeaders",
                            Wire.headers("Authorization", "Content-Type", "grant_type", "username", "password")));
        } catch (RuntimeException e) {
            bigcommerce.close();
            throw e;
        }
    }

    /** Starts both partners; they answer when this returns. */
    public static Sandbox start(Size size) {
        return new Sandbox(size);
    }

    /** Base of the simulated BigCommerce, for example {@code http://127.0.0.1:1234}. */
    public String bigcommerceUrl() {
        return "http://127.0.0.1:" + bigcommerce.port();
    }

    /** Base of the simulated Optiply, for example {@code http://127.0.0.1:2345/v1}. */
    public String optiplyUrl() {
        return "http://127.0.0.1:" + optiply.port() + "/v1";
    }

    /** Where the simulated Optiply gives out tokens. */
    public String tokenUrl() {
        return "http://127.0.0.1:" + optiply.port() + "/api/auth/oauth/token";
    }

    /** The keys that a run against this sandbox needs, with good credentials. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("bigcommerce.url", bigcommerceUrl());
        settings.put("bigcommerce.store-hash", STORE_HASH);
        settings.put("bigcommerce.access-token", ACCESS_TOKEN);
        settings.put("optiply.url", optiplyUrl());
        settings.put("optiply.token-url", tokenUrl());
        settings.put("optiply.client-id", CLIENT_ID);
        settings.put("optiply.client-secret", CLIENT_SECRET);
        settings.put("optiply.username", USERNAME);
        settings.put("optiply.password", PASSWORD);
        settings.put("optiply.account-id", ACCOUNT_ID);
        settings.put("optiply.coupling-id", COUPLING_ID);
        return settings;
    }

    /** The simulated shop's data. */
    public Shop shop() {
        return shop;
    }

    /** What the simulated Optiply holds. */
    public OptiplyAccount optiply() {
        return account;
    }

    /** What both partners were asked. */
    public Calls calls() {
        return calls;
    }

    /** How long each call of either partner waits from now on, in milliseconds. */
    public void latency(int ms) {
        bigcommerceLatency(ms);
        optiplyLatency(ms);
    }

    /** How long each call of the simulated BigCommerce waits from now on, in milliseconds. */
    public void bigcommerceLatency(int ms) {
        bigcommerceWire.latency(ms);
    }

    /** How long each call of the simulated Optiply waits from now on, in milliseconds. */
    public void optiplyLatency(int ms) {
        optiplyWire.latency(ms);
    }

    /** BigCommerce's quota from now on; calls beyond it are answered 429. At first a million calls per 30 s. */
    public void quota(int callsInWindow, int windowMs) {
        quota.set(callsInWindow, windowMs);
    }

    /** The most calls that were used up of any window since the quota was set. */
    public int quotaUsedAtMost() {
        return quota.most();
    }

    /** What the merchant's other apps use up of the present window. */
    public void quotaUsedByOthers(int callCount) {
        quota.takeForOthers(callCount);
    }

    /** Optiply answers 429 beyond so many calls a second; 0 = no limit, as at first. */
    public void optiplyRequestsPerSecond(int callCount) {
        optiplyGate.requestsPerSecond(callCount);
    }

    /** Only this token is good at BigCommerce from now on. */
    public void bigcommerceAccessToken(String token) {
        bigcommerceGate.accessToken(token);
    }

    /** Whether an unknown v2 parameter is ignored, as the real one may do; at first it is answered 400. */
    public void ignoreUnknownV2Parameters(boolean ignore) {
        orders.ignoreUnknownParameters(ignore);
    }

    /** Whether category trees answer 401 as plain text, as they do to a token without that scope. */
    public void categoryTreesRefused(boolean refused) {
        catalog.treesRefused(refused);
    }

    /** Whether the deprecated {@code /v3/catalog/categories} answers 404. */
    public void oldCategoriesGone(boolean gone) {
        catalog.categoriesGone(gone);
    }

    /** At most so many variants show inside a product; its own {@code /variants} list shows all. At first no limit. */
    public void variantsEmbeddedAtMost(int most) {
        catalog.embeddedVariants(most);
    }

    /** Whether BigCommerce packs its answers for clients that accept gzip; at first it does. */
    public void gzip(boolean on) {
        bigcommerceWire.gzip(on);
    }

    /** Stops both partners; ports are free again when this returns. */
    @Override
    public void close() {
        try {
            bigcommerce.close();
        } finally {
            optiply.close();
        }
    }
}
