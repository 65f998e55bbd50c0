/* Rows as comma, semicolon or tab separated text, the ways vendors write it. */
#include <errno.h>
#include <iconv.h>

#include "fixtures.h"

static void append_quoted(struct buffer *out, const char *text)
{
    buffer_append_byte(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            buffer_append_byte(out, '"');
        buffer_append_byte(out, *text);
    }
    buffer_append_byte(out, '"');
}

static void append_cell(const struct text_style *style, const struct cell *cell, struct buffer *out)
{
    const char *text = cell->text ? cell->text : text_of("%.0f", cell->number);
    char needs_quotes[] = "\"\n\r?";
    needs_quotes[3] = style->delimiter;
    bool wrapped = style->wrap || strncmp(text, "=\"", 2) == 0;
    if (style->wrap)
        buffer_append_byte(out, '=');
    if (style->wrap || style->quote_all || (!wrapped && strpbrk(text, needs_quotes)))
        append_quoted(out, text);
    else
        buffer_append(out, slice_of(text));
}

static void append_line(const struct text_style *style, const struct line *line, struct buffer *out)
{
    for (size_t i = 0; i < line->count; i++) {
        if (i > 0)
            buffer_append_byte(out, style->delimiter);
        if (line->mark == 'q' && i + 1 == line->count) {
            buffer_append(out, SLICE("\"never closed"));
            continue;
        }
        append_cell(style, &line->cells[i], out);
        if (line->mark == '0' && i + 1 == line->count)
            buffer_append_byte(out, '\0');
    }
    buffer_append(out, slice_of(style->newline));
}

void write_text(const struct text_style *style, struct table *table, struct buffer *out)
{
    unsigned number = 1;
    if (style->mark)
        buffer_append(out, slice_of(style->mark));
    for (size_t i = 0; i < table->count; i++) {
        size_t begin = out->length;
        table->lines[i].number = number;
        append_line(style, &table->lines[i], out);
        for (size_t at = begin; at < out->length; at++)
            number += out->data[at] == '\n';
    }
}

void recode(struct buffer *bytes, const char *encoding)
{
    iconv_t converter = iconv_open(encoding, "UTF-8");
    struct buffer made = {0};
    size_t room = bytes->length * 2 + 16;
    if (converter == (iconv_t)-1 || !buffer_reserve(&made, room))
        give_up(encoding);
    char *from = bytes->data, *to = made.data;
    size_t left = bytes->length;
    if (iconv(converter, &from, &left, &to, &room) == (size_t)-1)
        give_up(encoding);
    made.length = (size_t)(to - made.data);
    iconv_close(converter);
    buffer_free(bytes);
    *bytes = made;
}
