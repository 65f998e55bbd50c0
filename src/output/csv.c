/* csv.c: comma-separated values after RFC 4180, with \n. For programs, and for spreadsheets. */
#include <inttypes.h>

#include "output/cells.h"
#include "util/utf8.h"

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

/* A cell of text that is whole UTF-8. */
static void csv_valid_text(struct slice text, struct buffer *out)
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

/* Bytes that are no UTF-8, as file names may have, show as U+FFFD. */
static void csv_text(struct slice text, struct buffer *out)
{
    bool cut;
    size_t valid = utf8_valid_prefix(text, &cut);
    if (valid == text.length) {
        csv_valid_text(text, out);
        return;
    }
    struct buffer whole = {0};
    for (; valid < text.length; valid = utf8_valid_prefix(text, &cut)) {
        buffer_append(&whole, (struct slice){text.at, valid});
        buffer_append(&whole, SLICE("\xef\xbf\xbd"));
        text = slice_from(text, valid + 1);
    }
    buffer_append(&whole, text);
    csv_valid_text(buffer_slice(&whole), out);
    out->failed |= whole.failed;
    buffer_free(&whole);
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
