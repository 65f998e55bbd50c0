#include "input/plain_line.h"

/* What libcsv takes off both ends of a cell that is not quoted. A delimiter never gets here. */
static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static struct slice trim(struct slice cell)
{
    while (cell.length > 0 && is_blank(cell.at[0]))
        cell = slice_from(cell, 1);
    while (cell.length > 0 && is_blank(cell.at[cell.length - 1]))
        cell.length--;
    return cell;
}

size_t plain_line_split(struct slice line, char delimiter, struct cell *cells, size_t most)
{
    if (memchr(line.at, '"', line.length) || memchr(line.at, '\0', line.length))
        return 0;
    for (size_t count = 0; count < most;) {
        const char *delimited = memchr(line.at, delimiter, line.length);
        size_t length = delimited ? (size_t)(delimited - line.at) : line.length;
        cells[count++] = (struct cell){.text = trim((struct slice){line.at, length})};
        if (!delimited)
            return count;
        line = slice_from(line, length + 1);
    }
    return 0;
}
