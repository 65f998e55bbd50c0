#include "output/cells.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "output/width.h"

/* Results are counts and short; more than this is a list, whose first rows say enough of its
 * columns. */
enum { ROWS_HELD = 10000, BYTES_HELD = 16 << 20 };

static const struct printer *const printers[OUTPUT_FORMATS] = {
    [OUTPUT_TABLE] = &table_printer,
    [OUTPUT_CSV] = &csv_printer,
    [OUTPUT_JSON] = &json_printer,
    [OUTPUT_MARKDOWN] = &markdown_printer,
};

/* From here on numbers have no tenths, and those that they would have fit into no integer. */
#define TENTHS_END 9e14

bool output_format_find(const char *name, enum output_format *format)
{
    for (size_t i = 0; i < OUTPUT_FORMATS; i++)
        if (strcmp(printers[i]->name, name) == 0) {
            *format = (enum output_format)i;
            return true;
        }
    return false;
}

/* ---- Life of an output ------------------------------------------------------------------------
 */

/* Names and headings of all columns lie in one piece of memory; they are cut from it when it is
 * done. */
static bool columns_copy(struct output *output, const char *const *names)
{
    struct buffer text = {0};
    for (size_t i = 0; i < output->count; i++) {
        struct column *column = &output->columns[i];
        struct slice name = slice_of(names[i]);
        buffer_append(&text, name);
        size_t from = text.length;
        struct buffer heading = {0};
        word_heading(output->options.language, name, &heading);
        text_visible(buffer_slice(&heading), &text);
        text.failed |= heading.failed;
        buffer_free(&heading);
        column->name.length = name.length;
        column->heading.length = text.length - from;
        column->label = column_is_label(name);
    }
    buffer_append_byte(&text, '\0'); /* no names at all are still a piece of memory */
    output->names = text.data;
    char *at = text.data;
    for (size_t i = 0; !text.failed && i < output->count; i++) {
        output->columns[i].name.at = at;
        output->columns[i].heading.at = at + output->columns[i].name.length;
        at += output->columns[i].name.length + output->columns[i].heading.length;
    }
    return !text.failed;
}

struct output *output_begin(enum output_format format, FILE *file,
                            const struct output_options *options, const char *const *columns,
                            size_t count)
{
    struct output *output = calloc(1, sizeof *output);
    if (!output)
        return NULL;
    output->printer = printers[format];
    output->file = file;
    output->count = count;
    if (options)
        output->options = *options;
    output->columns = calloc(count ? count : 1, sizeof *output->columns);
    if (!output->columns || !columns_copy(output, columns)) {
        output_abandon(output);
        return NULL;
    }
    if (output->printer->begin)
        output->printer->begin(output);
    return output;
}

static void remember(struct output *output, int error)
{
    if (!output->error)
        output->error = error ? error : EIO;
}

void output_line(struct output *output)
{
    if (output->line.failed)
        remember(output, ENOMEM);
    errno = 0;
    if (!output->error && output->line.length &&
        fwrite(output->line.data, 1, output->line.length, output->file) != output->line.length)
        remember(output, errno);
    buffer_clear(&output->line);
}

bool output_row(struct output *output, const struct cbec_cell *cells)
{
    if (!output || output->error)
        return false;
    output->printer->row(output, cells);
    output->rows++;
    return !output->error;
}

bool output_end(struct output *output)
{
    if (!output) {
        errno = ENOMEM;
        return false;
    }
    if (output->printer->end && !output->error)
        output->printer->end(output);
    errno = 0;
    if (fflush(output->file) != 0 || ferror(output->file))
        remember(output, errno);
    int error = output->error;
    output_abandon(output);
    if (error)
        errno = error;
    return !error;
}

void output_abandon(struct output *output)
{
    if (!output)
        return;
    buffer_free(&output->line);
    buffer_free(&output->held_text);
    free(output->held);
    free(output->names);
    free(output->columns);
    free(output);
}

/* ---- Cells ------------------------------------------------------------------------------------
 */

bool cell_is_null(const struct cbec_cell *cell)
{
    return cell->type == CBEC_CELL_NULL || (cell->type == CBEC_CELL_REAL && !isfinite(cell->real));
}

static bool is_one_of(struct slice name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equal(name, slice_of(names[i])))
            return true;
    return false;
}

bool column_is_label(struct slice name)
{
    static const char *const labels[] = {"year", "import", "line", "header_row", "number"};
    return is_one_of(name, labels, sizeof labels / sizeof *labels);
}

bool column_is_flag(struct slice name)
{
    static const char *const flags[] = {"complete", "counts"};
    return is_one_of(name, flags, sizeof flags / sizeof *flags);
}

bool column_is_right(const struct column *column)
{
    return column->figures && !column->words;
}

/* With all its digits, and a point in every locale. */
static void format_real(double real, struct buffer *out)
{
    char text[40];
    snprintf(text, sizeof text, "%.15g", real);
    char *point = text + strspn(text, "-0123456789e+");
    if (*point)
        *point = '.';
    buffer_append(out, slice_of(text));
}

bool number_is_tenths(double number)
{
    double size = fabs(number);
    return size >= TENTHS_END || fabs(size * 10 - round(size * 10)) <= size * 1e-9;
}

void format_percent(double percent, struct buffer *out)
{
    double size = fabs(percent);
    if (size >= TENTHS_END) {
        buffer_append_format(out, "%.0f.0", percent); /* %f heeds the locale */
        return;
    }
    int64_t tenths = llround(size * 10);
    if (!number_is_tenths(percent)) {
        format_real(percent, out);
        return;
    }
    buffer_append_format(out, "%s%" PRId64 ".%" PRId64, percent < 0 && tenths ? "-" : "",
                         tenths / 10, tenths % 10);
}

void format_count(int64_t count, char text[32])
{
    char digits[24];
    uint64_t size = count < 0 ? -(uint64_t)count : (uint64_t)count;
    size_t length = (size_t)snprintf(digits, sizeof digits, "%" PRIu64, size);
    char *at = text;
    if (count < 0)
        *at++ = '-';
    for (size_t i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            *at++ = ',';
        *at++ = digits[i];
    }
    *at = '\0';
}

void format_number(const struct cbec_cell *cell, bool label, struct buffer *out)
{
    char count[32];
    if (cell->type == CBEC_CELL_REAL) {
        format_percent(cell->real, out);
    } else if (label) {
        buffer_append_format(out, "%" PRId64, cell->integer);
    } else {
        format_count(cell->integer, count);
        buffer_append(out, slice_of(count));
    }
}

void cell_display(const struct output *output, const struct column *column,
                  const struct cbec_cell *cell, struct buffer *out)
{
    if (cell_is_null(cell))
        buffer_append(out, SLICE("–"));
    else if (cell->type == CBEC_CELL_TEXT)
        text_visible(word_value(output->options.language, column->name, cell_text(cell)), out);
    else
        format_number(cell, column->label, out);
}

/* ---- Held rows --------------------------------------------------------------------------------
 */

static bool hold_reserve(struct output *output)
{
    if (output->held_capacity - output->held_count >= output->count)
        return true;
    size_t capacity = output->held_capacity * 2 + output->count * 16;
    struct held_cell *held = reallocarray(output->held, capacity, sizeof *held);
    if (!held) {
        remember(output, ENOMEM);
        return false;
    }
    output->held = held;
    output->held_capacity = capacity;
    return true;
}

bool output_hold(struct output *output, const struct cbec_cell *cells)
{
    if (output->streaming || output->rows >= ROWS_HELD || output->held_text.length >= BYTES_HELD)
        return false;
    if (!hold_reserve(output))
        return true; /* nothing more will be printed */
    for (size_t i = 0; i < output->count; i++) {
        struct column *column = &output->columns[i];
        struct held_cell held = {cell_is_null(&cells[i]) ? CBEC_CELL_NULL : cells[i].type,
                                 output->held_text.length, 0};
        cell_display(output, column, &cells[i], &output->held_text);
        held.length = output->held_text.length - held.from;
        column->words |= held.type == CBEC_CELL_TEXT;
        column->figures |= held.type == CBEC_CELL_INTEGER || held.type == CBEC_CELL_REAL;
        output->held[output->held_count++] = held;
    }
    if (output->held_text.failed)
        remember(output, ENOMEM);
    return true;
}

struct slice held_text(const struct output *output, const struct held_cell *cell)
{
    if (cell->length == 0) /* perhaps there is no memory to point into */
        return (struct slice){0};
    return (struct slice){output->held_text.data + cell->from, cell->length};
}
