package io.github.camelhh1.ledger;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The most that may be spent in a day; null for no limit. */
public record Caps(@Nullable Long seconds, @Nullable BigDecimal cost) {}
