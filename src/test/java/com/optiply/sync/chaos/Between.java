package com.optiply.sync.chaos;

import com.optiply.sync.Installation;
import com.optiply.sync.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;

/** A shop, an installation, and a proxy between it and each partner, for tests of one fault at a time. */
final class Between implements AutoCloseable {

    final Sandbox sandbox;
    final FaultyProxy bigcommerce;
    final FaultyProxy optiply;
    final Installation installation;

    Between(Sandbox.Size size) throws IOException {
        sandbox = Sandbox.start(size);
        bigcommerce = new FaultyProxy("bigcommerce", root(sandbox.bigcommerceUrl()));
        optiply = new FaultyProxy("optiply", root(sandbox.optiplyUrl()));
        installation = Installation.of(sandbox)
                .with("bigcommerce.url", bigcommerce.url())
                .with("optiply.url", optiply.url() + "/v1")
                .with(
                        "optiply.token-url",
                        optiply.url() + URI.create(sandbox.tokenUrl()).getPath())
                .with("bigcommerce.timeout", "PT2S")
                .with("optiply.timeout", "PT2S")
                .with("bigcommerce.retry.attempts", "3")
                .with("optiply.retry.attempts", "3");
    }

    private static URI root(String url) {
        URI uri = URI.create(url);
        return URI.create(uri.getScheme() + "://" + uri.getAuthority());
    }

    @Override
    public void close() throws IOException {
        installation.close();
        bigcommerce.close();
        optiply.close();
        sandbox.close();
    }
}
