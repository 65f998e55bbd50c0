/* table.c: a table for people, aligned by the columns that characters take on a terminal. */
#include "output/cells.h"
#include "output/width.h"

/* Blanks between columns. */
enum { GAP = 2 };

static void pad(struct buffer *line, size_t blanks)
{
    while (blanks--)
        buffer_append_byte(line, ' ');
}

/* No blanks at the end of a line. */
static void table_line(struct output *output)
{
    struct buffer *line = &output->line;
    while (line->length && line->data[line->length - 1] == ' ')
        line->length--;
    buffer_append_byte(line, '\n');
    output_line(output);
}

/* ---- Widths -----------------------------------------------------------------------------------
 */

/* The next word of a heading, and what stands behind it. */
static struct slice next_word(struct slice *heading)
{
    while (heading->length && *heading->at == ' ')
        *heading = slice_from(*heading, 1);
    const char *blank = heading->length ? memchr(heading->at, ' ', heading->length) : NULL;
    struct slice word = {heading->at, blank ? (size_t)(blank - heading->at) : heading->length};
    *heading = slice_from(*heading, word.length);
    return word;
}

static size_t longest_word(struct slice heading)
{
    size_t longest = 0;
    for (struct slice word = next_word(&heading); word.length; word = next_word(&heading)) {
        size_t width = text_width(word);
        longest = width > longest ? width : longest;
    }
    return longest;
}

/*
 * How narrow a column may become, in the order in which columns give way: first headings are broken
 * between words, which loses nothing; then text is cut; at last headings of figures are cut.
 * Figures themselves never are: a part of a number is another number.
 */
static size_t floor_wrapped(const struct column *column)
{
    size_t word = longest_word(column->heading);
    return word > column->cells_width ? word : column->cells_width;
}

static size_t floor_figures(const struct column *column)
{
    return column->figures_width ? column->figures_width : 1;
}

static size_t floor_text(const struct column *column)
{
    return column_is_right(column) ? floor_wrapped(column) : floor_figures(column);
}

/* The widest column that is above its floor, NULL if none is. */
static struct column *widest(struct output *output, size_t (*lowest)(const struct column *))
{
    struct column *found = NULL;
    for (size_t i = 0; i < output->count; i++) {
        struct column *column = &output->columns[i];
        if (column->width > lowest(column) && (!found || column->width > found->width))
            found = column;
    }
    return found;
}

static size_t table_width(const struct output *output)
{
    size_t width = output->count ? GAP * (output->count - 1) : 0;
    for (size_t i = 0; i < output->count; i++)
        width += output->columns[i].width;
    return width;
}

static void narrow(struct output *output)
{
    static size_t (*const floors[])(const struct column *) = {floor_wrapped, floor_text,
                                                              floor_figures};
    if (output->options.terminal_width <= 0)
        return;
    size_t limit = (size_t)output->options.terminal_width;
    for (size_t i = 0; i < output->count; i++) { /* so that a long text is not cut step by step */
        struct column *column = &output->columns[i];
        if (column->words && column->cells_width > limit)
            column->cells_width = column->width = limit;
    }
    for (size_t i = 0; i < sizeof floors / sizeof *floors; i++)
        for (struct column *column; table_width(output) > limit; column->width--)
            if (!(column = widest(output, floors[i])))
                break;
}

static void measure(struct output *output)
{
    for (size_t i = 0; i < output->held_count; i++) {
        struct column *column = &output->columns[i % output->count];
        size_t width = text_width(held_text(output, &output->held[i]));
        column->cells_width = width > column->cells_width ? width : column->cells_width;
        if (output->held[i].type != CBEC_CELL_TEXT && width > column->figures_width)
            column->figures_width = width;
    }
    for (size_t i = 0; i < output->count; i++) {
        struct column *column = &output->columns[i];
        size_t width = text_width(column->heading);
        column->width = width > column->cells_width ? width : column->cells_width;
    }
    narrow(output);
}

/* ---- Printing ---------------------------------------------------------------------------------
 */

/* Appends a cell and the gap before it. A number that is too wide pushes its row to the right. */
static void table_cell(struct output *output, size_t at, struct slice text, bool number)
{
    const struct column *column = &output->columns[at];
    struct buffer *line = &output->line;
    pad(line, at ? GAP : 0);
    size_t from = line->length;
    size_t used = text_cut(text, number ? SIZE_MAX : column->width, line);
    size_t blanks = used < column->width ? column->width - used : 0;
    pad(line, blanks);
    if (column_is_right(column) && !line->failed) {
        memmove(line->data + from + blanks, line->data + from, line->length - from - blanks);
        memset(line->data + from, ' ', blanks);
    }
}

/* The words of a heading that fit into its column, at least one; `heading` becomes what is left. */
static struct slice heading_line(struct slice *heading, size_t width)
{
    struct slice rest = *heading;
    struct slice line = next_word(&rest);
    *heading = rest;
    for (struct slice word = next_word(&rest); word.length; word = next_word(&rest)) {
        struct slice longer = {line.at, (size_t)(word.at + word.length - line.at)};
        if (text_width(longer) > width)
            break;
        line = longer;
        *heading = rest;
    }
    return line;
}

static size_t heading_lines(const struct column *column)
{
    size_t lines = 0;
    for (struct slice left = column->heading; heading_line(&left, column->width).length;)
        lines++;
    return lines;
}

/* Headings of fewer lines than others stand at the bottom, next to their cells. */
static void table_headings(struct output *output)
{
    size_t most = 1;
    for (size_t i = 0; i < output->count; i++) {
        size_t lines = heading_lines(&output->columns[i]);
        most = lines > most ? lines : most;
    }
    for (size_t row = 0; row < most; row++) {
        if (output->options.color)
            buffer_append(&output->line, SLICE("\x1b[1m"));
        for (size_t i = 0; i < output->count; i++) {
            const struct column *column = &output->columns[i];
            struct slice left = column->heading;
            struct slice words = {left.at, 0};
            for (size_t at = most - heading_lines(column); at <= row; at++)
                words = heading_line(&left, column->width);
            table_cell(output, i, words, false);
        }
        if (output->options.color)
            buffer_append(&output->line, SLICE("\x1b[0m"));
        table_line(output);
    }
}

static void table_release(struct output *output)
{
    measure(output);
    table_headings(output);
    for (size_t i = table_width(output); i; i--)
        buffer_append(&output->line, SLICE("─"));
    table_line(output);
    for (size_t i = 0; i < output->held_count; i++) {
        const struct held_cell *cell = &output->held[i];
        size_t at = i % output->count;
        table_cell(output, at, held_text(output, cell), cell->type != CBEC_CELL_TEXT);
        if (at == output->count - 1)
            table_line(output);
    }
    output->streaming = true;
}

static void table_row(struct output *output, const struct cbec_cell *cells)
{
    if (output_hold(output, cells))
        return;
    if (!output->streaming)
        table_release(output);
    for (size_t i = 0; i < output->count; i++) {
        struct buffer *text = &output->held_text;
        buffer_clear(text);
        cell_display(output, &output->columns[i], &cells[i], text);
        table_cell(output, i, buffer_slice(text), cells[i].type != CBEC_CELL_TEXT);
    }
    table_line(output);
}

static void table_end(struct output *output)
{
    if (!output->streaming)
        table_release(output);
}

const struct printer table_printer = {.name = "table", .row = table_row, .end = table_end};
