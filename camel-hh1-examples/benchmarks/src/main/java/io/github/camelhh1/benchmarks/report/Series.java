package io.github.camelhh1.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The same figure of several repetitions. Of none, each summary is not a number and passes no comparison. */
public record Series(List<Double> values) {

    public double median() {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double least() {
        return values.isEmpty() ? Double.NaN : sorted()[0];
    }

    public double most() {
        return values.isEmpty() ? Double.NaN : sorted()[values.size() - 1];
    }

    private double[] sorted() {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Median, and the spread where there is one. */
    public String text(int decimals) {
        if (values.isEmpty()) {
            return "–";
        }
        String form = "%." + decimals + "f";
        String median = String.format(Locale.ROOT, form, median());
        String least = String.format(Locale.ROOT, form, least());
        String most = String.format(Locale.ROOT, form, most());
        return least.equals(most) ? median : median + " (" + least + " – " + most + ")";
    }
}
