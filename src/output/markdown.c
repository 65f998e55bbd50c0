/* markdown.c: a table in GitHub's markdown. Rows are held, as the types of the cells align columns.
 */
#include <ctype.h>

#include "output/cells.h"

/* Bytes above ASCII are asked of no ctype function, whose answer would depend on the locale. */
static bool is_ascii(struct slice text, size_t at, int (*is)(int))
{
    return at < text.length && (unsigned char)text.at[at] < 0x80 && is((unsigned char)text.at[at]);
}

/* True for a byte that markdown would take for itself. */
static bool is_markup(struct slice text, size_t at)
{
    char byte = text.at[at];
    if (byte == '\\') /* before anything else it stands for itself, as in \n */
        return is_ascii(text, at + 1, ispunct);
    if (byte == '_') /* inside a word it stands for itself */
        return !(at && is_ascii(text, at - 1, isalnum) && is_ascii(text, at + 1, isalnum));
    return strchr("|`*[<&~", byte) != NULL;
}

/* `text` is visible already: it has no line breaks. */
static void markdown_cell(struct slice text, struct buffer *out)
{
    buffer_append_byte(out, ' ');
    for (size_t i = 0; i < text.length; i++) {
        if (is_markup(text, i))
            buffer_append_byte(out, '\\');
        buffer_append_byte(out, text.at[i]);
    }
    buffer_append(out, SLICE(" |"));
}

static void markdown_line(struct output *output)
{
    buffer_append_byte(&output->line, '\n');
    output_line(output);
}

static void markdown_release(struct output *output)
{
    struct buffer *line = &output->line;
    buffer_append_byte(line, '|');
    for (size_t i = 0; i < output->count; i++)
        markdown_cell(output->columns[i].heading, line);
    buffer_append(line, SLICE("\n|"));
    for (size_t i = 0; i < output->count; i++)
        buffer_append(line,
                      column_is_right(&output->columns[i]) ? SLICE(" ---: |") : SLICE(" --- |"));
    markdown_line(output);
    for (size_t i = 0; i < output->held_count; i++) {
        if (i % output->count == 0)
            buffer_append_byte(line, '|');
        markdown_cell(held_text(output, &output->held[i]), line);
        if (i % output->count == output->count - 1)
            markdown_line(output);
    }
    output->streaming = true;
}

static void markdown_row(struct output *output, const struct cbec_cell *cells)
{
    if (output_hold(output, cells))
        return;
    if (!output->streaming)
        markdown_release(output);
    buffer_append_byte(&output->line, '|');
    for (size_t i = 0; i < output->count; i++) {
        struct buffer *text = &output->held_text;
        buffer_clear(text);
        cell_display(output, &output->columns[i], &cells[i], text);
        markdown_cell(buffer_slice(text), &output->line);
    }
    markdown_line(output);
}

static void markdown_end(struct output *output)
{
    if (!output->streaming)
        markdown_release(output);
}

const struct printer markdown_printer = {
    .name = "markdown", .row = markdown_row, .end = markdown_end};
