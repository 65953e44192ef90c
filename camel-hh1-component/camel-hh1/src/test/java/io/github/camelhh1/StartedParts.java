package io.github.camelhh1;

import io.github.camelhh1.http.HostNames;
import io.github.camelhh1.key.RememberedKeys;
import io.github.camelhh1.wiring.ComponentParts;

/** Lets tests of other packages see what a started component is made of. */
public final class StartedParts {
    private StartedParts() {}

    public static ComponentParts of(Hh1Component component) {
        return component.parts();
    }

    public static RememberedKeys keys(Hh1Component component) {
        return component.rememberedKeys;
    }

    /** Sets the resolver of a component that is not started yet. */
    public static void resolver(Hh1Component component, HostNames.Resolver resolver) {
        component.resolver(resolver);
    }
}
