#include "registry/tally_cells.h"

static bool read_number(struct slice *bytes, uint64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < bytes->length && i < 9; i++) {
        unsigned char byte = (unsigned char)bytes->at[i];
        *number |= (uint64_t)(byte & 127) << 7 * i;
        if (byte < 128) {
            *bytes = slice_from(*bytes, i + 1);
            return true;
        }
    }
    return false;
}

static void append_number(struct buffer *out, uint64_t number)
{
    for (; number >= 128; number >>= 7)
        buffer_append_byte(out, (char)(number | 128));
    buffer_append_byte(out, (char)number);
}

bool cells_next(struct cells *cells)
{
    uint64_t further, number;
    if (!read_number(&cells->bytes, &further) || !read_number(&cells->bytes, &number))
        return false;
    cells->key += further;
    cells->number = (int64_t)number;
    return true;
}

bool cells_change(struct slice before, const struct cell_change *changes, size_t count,
                  uint64_t mask, struct buffer *out)
{
    struct cells cells = {.bytes = before};
    bool more = cells_next(&cells);
    uint64_t last = 0;
    buffer_clear(out);
    for (size_t i = 0; more || i < count;) {
        bool changes_next = i < count && (!more || (changes[i].key & mask) <= cells.key);
        uint64_t key = changes_next ? changes[i].key & mask : cells.key;
        int64_t number = 0;
        if (more && cells.key == key) {
            number = cells.number;
            more = cells_next(&cells);
        }
        for (; i < count && (changes[i].key & mask) == key; i++)
            number += changes[i].change;
        if (number < 0)
            return false;
        if (number == 0)
            continue;
        append_number(out, key - last);
        append_number(out, (uint64_t)number);
        last = key;
    }
    return true;
}
