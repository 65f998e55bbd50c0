/* json.c: an array of objects, one a line, so that it is read by programs and by line tools alike.
 */
#include <inttypes.h>
#include <utf8proc.h>

#include "output/cells.h"
#include "output/width.h"

static void json_escape(unsigned codepoint, struct buffer *out)
{
    static const char named[] = {
        ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    if (codepoint < sizeof named && named[codepoint]) {
        buffer_append_format(out, "\\%c", named[codepoint]);
    } else if (codepoint < 0x10000) {
        buffer_append_format(out, "\\u%04x", codepoint);
    } else { /* a pair of surrogates */
        unsigned above = codepoint - 0x10000;
        buffer_append_format(out, "\\u%04x\\u%04x", 0xd800 + (above >> 10),
                             0xdc00 + (above & 0x3ff));
    }
}

void json_string(struct slice text, struct buffer *out)
{
    buffer_append_byte(out, '"');
    while (text.length) {
        utf8proc_int32_t codepoint;
        size_t most = text.length < 4 ? text.length : 4;
        utf8proc_ssize_t length =
            utf8proc_iterate((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)most, &codepoint);
        size_t taken = length > 0 ? (size_t)length : 1;
        if (length <= 0) {
            buffer_append(out, SLICE("\xef\xbf\xbd"));
        } else if (character_is_hidden(codepoint)) {
            json_escape((unsigned)codepoint, out);
        } else {
            if (codepoint == '"' || codepoint == '\\')
                buffer_append_byte(out, '\\');
            buffer_append(out, (struct slice){text.at, taken});
        }
        text = slice_from(text, taken);
    }
    buffer_append_byte(out, '"');
}

static void json_begin(struct output *output)
{
    buffer_append_byte(&output->line, '[');
    output_line(output);
}

static void json_row(struct output *output, const struct cbec_cell *cells)
{
    struct buffer *line = &output->line;
    buffer_append(line, output->rows ? SLICE(",\n  {") : SLICE("\n  {"));
    for (size_t i = 0; i < output->count; i++) {
        if (i)
            buffer_append(line, SLICE(", "));
        json_string(output->columns[i].name, line);
        buffer_append(line, SLICE(": "));
        if (cell_is_null(&cells[i]))
            buffer_append(line, SLICE("null"));
        else if (cells[i].type == CBEC_CELL_INTEGER)
            buffer_append_format(line, "%" PRId64, cells[i].integer);
        else if (cells[i].type == CBEC_CELL_REAL)
            format_percent(cells[i].real, line);
        else
            json_string(cell_text(&cells[i]), line);
    }
    buffer_append_byte(line, '}');
    output_line(output);
}

static void json_end(struct output *output)
{
    buffer_append(&output->line, output->rows ? SLICE("\n]\n") : SLICE("]\n"));
    output_line(output);
}

const struct printer json_printer = {
    .name = "json", .begin = json_begin, .row = json_row, .end = json_end};
