/* csv.c: comma-separated values after RFC 4180, with \n. For programs, and for spreadsheets. */
#include <inttypes.h>

#include "output/cells.h"

static bool has_byte_of(struct slice text, const char *bytes)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] && strchr(bytes, text.at[i]))
            return true;
    return false;
}

/* RFC 4180 keeps blanks at the ends, but some readers drop them unless they are quoted. */
static bool needs_quotes(struct slice text)
{
    if (text.length == 0)
        return false;
    struct slice first = {text.at, 1};
    struct slice last = slice_from(text, text.length - 1);
    return has_byte_of(text, ",\"\r\n") || has_byte_of(first, " \t") || has_byte_of(last, " \t");
}

static void csv_text(struct slice text, struct buffer *out)
{
    /* A spreadsheet would run text that begins like this as a formula. */
    struct slice guard = {"'", has_byte_of((struct slice){text.at, text.length > 0}, "=+-@\t\r")};
    if (!needs_quotes(text)) {
        buffer_append(out, guard);
        buffer_append(out, text);
        return;
    }
    buffer_append_byte(out, '"');
    buffer_append(out, guard);
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '"')
            buffer_append_byte(out, '"');
        buffer_append_byte(out, text.at[i]);
    }
    buffer_append_byte(out, '"');
}

/* A row of one empty cell would be an empty line, which readers skip. */
static void csv_line(struct output *output)
{
    if (output->count == 1 && output->line.length == 0)
        buffer_append(&output->line, SLICE("\"\""));
    buffer_append_byte(&output->line, '\n');
    output_line(output);
}

static void csv_begin(struct output *output)
{
    if (output->options.bom)
        buffer_append(&output->line, SLICE("\xef\xbb\xbf"));
    for (size_t i = 0; i < output->count; i++) {
        if (i)
            buffer_append_byte(&output->line, ',');
        csv_text(output->columns[i].name, &output->line);
    }
    csv_line(output);
}

static void csv_row(struct output *output, const struct cbec_cell *cells)
{
    for (size_t i = 0; i < output->count; i++) {
        if (i)
            buffer_append_byte(&output->line, ',');
        if (cell_is_null(&cells[i]))
            continue;
        if (cells[i].type == CBEC_CELL_INTEGER)
            buffer_append_format(&output->line, "%" PRId64, cells[i].integer);
        else if (cells[i].type == CBEC_CELL_REAL)
            format_percent(cells[i].real, &output->line);
        else
            csv_text(cell_text(&cells[i]), &output->line);
    }
    csv_line(output);
}

const struct printer csv_printer = {.name = "csv", .begin = csv_begin, .row = csv_row};
