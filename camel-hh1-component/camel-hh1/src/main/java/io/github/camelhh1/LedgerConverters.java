package io.github.camelhh1;

import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.Ledgers;
import javax.sql.DataSource;
import org.apache.camel.Converter;

/** Makes a {@link Ledger} of other values of the option {@code ledger}. */
@Converter(generateLoader = true)
public final class LedgerConverters {
    private LedgerConverters() {}

    /** {@code memory}, or a JDBC URL. */
    @Converter
    public static Ledger toLedger(String name) {
        return Ledgers.of(name);
    }

    @Converter
    public static Ledger toLedger(DataSource dataSource) {
        return Ledgers.jdbc(dataSource);
    }
}
