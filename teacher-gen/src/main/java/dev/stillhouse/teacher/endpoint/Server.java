package dev.stillhouse.teacher.endpoint;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where questions go and how patiently. Serialisable.
 *
 * @param address of {@code chat/completions}
 * @param key sent as a bearer token; empty for none
 * @param timeout of one attempt
 * @param retries attempts after the first
 * @param pause before the second attempt; it doubles
 */
record Server(URI address, Secret key, Duration timeout, int retries, Duration pause) implements Serializable {

    static Server of(EndpointConfig config, Optional<String> key) {
        String root = config.url().endsWith("/") ? config.url() : config.url() + "/";
        return new Server(
                URI.create(root).resolve("chat/completions"),
                new Secret(key.orElse("")),
                config.timeout(),
                config.retries(),
                config.pause());
    }
}
