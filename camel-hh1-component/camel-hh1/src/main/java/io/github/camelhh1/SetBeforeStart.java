package io.github.camelhh1;

import io.github.camelhh1.text.CleanText;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.camel.Component;
import org.apache.camel.StatefulService;
import org.apache.camel.util.SensitiveUtils;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * Options. Their users read them when they start. A later change is refused, because it would be shown and have no
 * effect. The same value may be set again.
 */
class SetBeforeStart implements Cloneable {
    private Set<StatefulService> users = weakSet();
    private int changes;

    private static Set<StatefulService> weakSet() {
        return Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    }

    /** Refuses changes while {@code user} starts, and while it is started. */
    final void usedBy(StatefulService user) {
        users.add(user);
    }

    final int changes() {
        return changes;
    }

    /**
     * For setters: returns {@code after}.
     *
     * @throws IllegalStateException when a user has started; names the option, its value unless that is secret, and the
     *     remedy
     */
    @SuppressWarnings("NullAway") // Null comes back only where null went in.
    final <T> T changed(@Nullable T before, @Nullable T after) {
        if (!Objects.equals(before, after)) {
            List.copyOf(users).stream()
                    .filter(user -> user.isStarting() || user.isStarted())
                    .findFirst()
                    .ifPresent(user -> refuse(after, user));
            changes++;
        }
        return after;
    }

    private static void refuse(@Nullable Object value, StatefulService user) {
        String remedy = user instanceof Component
                ? "stop the component, set it, start the component, and make the routes anew that use it"
                : "stop the routes that use this endpoint (" + CleanText.of(user.toString())
                        + "), set it, and start them again";
        throw new IllegalStateException("hh1: " + option(value)
                + " would be ignored, for what uses it has started. Set it before the Camel context starts, or "
                + remedy
                + ".");
    }

    /** {@code name=value}, with the name of the setter that was called. */
    private static String option(@Nullable Object value) {
        String setter = StackWalker.getInstance().walk(frames -> frames.map(StackWalker.StackFrame::getMethodName)
                .filter(name -> name.startsWith("set"))
                .findFirst()
                .orElseThrow());
        String name = Character.toLowerCase(setter.charAt(3)) + setter.substring(4);
        boolean shown = value == null || value instanceof String || value instanceof Number || value instanceof Boolean;
        return !shown || SensitiveUtils.containsSensitive(name)
                ? name
                : CleanText.of(URISupport.sanitizeUri("?" + name + "=" + value).substring(1));
    }

    /** The copy has no users. */
    @Override
    protected final SetBeforeStart clone() {
        try {
            SetBeforeStart copy = (SetBeforeStart) super.clone();
            copy.users = weakSet();
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("it is Cloneable", e);
        }
    }
}
