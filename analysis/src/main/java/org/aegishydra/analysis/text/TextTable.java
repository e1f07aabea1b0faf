package org.aegishydra.analysis.text;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.List;

/** A plain table for people. Stateless. */
public final class TextTable {
    private TextTable() {}

    /** A table under a heading; a column whose name begins with {@code >} is aligned to the right. */
    public static String of(String title, List<String[]> rows, String... columns) {
        if (rows.isEmpty()) {
            return title;
        }
        final Column[] aligned = new Column[columns.length];
        for (int i = 0; i < columns.length; i++) {
            final boolean right = columns[i].startsWith("> ");
            final HorizontalAlign align = right ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
            aligned[i] = new Column()
                    .header(right ? columns[i].substring(2) : columns[i])
                    .headerAlign(align)
                    .dataAlign(align)
                    .maxWidth(Integer.MAX_VALUE);
        }
        return title + "\n"
                + AsciiTable.getTable(
                        AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, aligned, rows.toArray(String[][]::new));
    }
}
