package io.github.camelhh1.wiring;

import io.github.camelhh1.image.ImageLook;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.link.AddressGuard;
import io.github.camelhh1.link.FirstBytes;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Looks at the first bytes of images behind links, from wherever videos, too, may be fetched. */
final class LinkPreflight implements Preflight.Links {
    private static final int MOST_BYTES = 64 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final FirstBytes start;
    private final Executor rooms;

    LinkPreflight(EndpointOptions endpoint) {
        ComponentParts component = endpoint.component();
        AddressGuard guard = VideoFetch.guard(endpoint);
        this.start = new FirstBytes(component.imageHosts(guard), guard, component.timers);
        this.rooms = component.rooms;
    }

    /** A header that goes on behind what was fetched may be as good as any. */
    private static ImageLook look(FirstBytes.Start start) {
        ImageLook look = ImageLook.at(start.bytes(), start.length());
        boolean whole = start.length() >= 0 && start.length() <= MOST_BYTES;
        boolean cut = look.header() == null && !whole && start.bytes().available() == 0;
        return cut ? new ImageLook(look.format(), look.length(), null, null) : look;
    }

    @Override
    public CompletionStage<Preflight.Found> look(URI link) {
        return start.fetch(link, MOST_BYTES, LIMIT)
                .thenApplyAsync(
                        found -> found.problem() != null
                                ? new Preflight.Found(null, found.problem())
                                : new Preflight.Found(look(found), null),
                        rooms);
    }
}
