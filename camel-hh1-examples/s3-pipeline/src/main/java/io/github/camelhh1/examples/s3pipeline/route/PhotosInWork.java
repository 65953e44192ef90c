package io.github.camelhh1.examples.s3pipeline.route;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Which photos are in work, so that none is taken twice; also the step in which a photo is taken. A consumer of Camel
 * 4.18 that lists an object and then finds it moved ends its poll without removing the object from this list, and would
 * never see another object of that name. An object that was listed and not taken before the next poll is therefore let
 * through: a poll hands over all objects that it found before the next one begins.
 */
public final class PhotosInWork implements IdempotentRepository, Processor {
    private final Map<String, Boolean> taken = new ConcurrentHashMap<>();

    @Override
    public void process(Exchange exchange) {
        taken.replace(S3Headers.key(exchange), true);
    }

    @Override
    public boolean add(String key) {
        boolean inWork = taken.getOrDefault(key, false);
        if (!inWork) {
            taken.put(key, false);
        }
        return !inWork;
    }

    @Override
    public boolean contains(String key) {
        return taken.getOrDefault(key, false);
    }

    @Override
    public boolean remove(String key) {
        return taken.remove(key) != null;
    }

    @Override
    public boolean confirm(String key) {
        return true;
    }

    @Override
    public void clear() {
        taken.clear();
    }

    @Override
    public void start() {
        // Holds nothing open.
    }

    @Override
    public void stop() {
        clear();
    }
}
