#include "registry/place_set.h"

#include <stdlib.h>
#include <string.h>

#include "registry/store.h"

#define LINES_OF_WORD 64

static uint64_t line_of(int64_t place)
{
    return (uint64_t)place & (((uint64_t)1 << PLACE_LINE_BITS) - 1);
}

/* The first import that is not before the one of this place. */
static size_t find(const struct place_set *set, int64_t place)
{
    size_t low = 0, high = set->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set->of[middle].import < place >> PLACE_LINE_BITS)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool insert_import(struct place_set *set, size_t nth, int64_t import)
{
    if (set->count == set->capacity) {
        size_t capacity = set->capacity ? set->capacity * 2 : 8;
        struct place_lines *of = realloc(set->of, capacity * sizeof *of);
        if (!of)
            return false;
        set->of = of;
        set->capacity = capacity;
    }
    memmove(set->of + nth + 1, set->of + nth, (set->count - nth) * sizeof *set->of);
    set->of[nth] = (struct place_lines){.import = import};
    set->count++;
    return true;
}

/* Makes room for a line, and for as many again as there were. */
static bool grow(struct place_lines *lines, uint64_t line)
{
    size_t count = (size_t)(line / LINES_OF_WORD) + 1;
    count = count > 2 * lines->count ? count : 2 * lines->count;
    uint64_t *words = realloc(lines->words, count * sizeof *words);
    if (!words)
        return false;
    memset(words + lines->count, 0, (count - lines->count) * sizeof *words);
    lines->words = words;
    lines->count = count;
    return true;
}

bool place_set_add(struct place_set *set, int64_t place)
{
    size_t nth = find(set, place);
    uint64_t line = line_of(place);
    bool known = nth < set->count && set->of[nth].import == place >> PLACE_LINE_BITS;
    if (!known && !insert_import(set, nth, place >> PLACE_LINE_BITS))
        return false;
    struct place_lines *lines = &set->of[nth];
    if (line / LINES_OF_WORD >= lines->count && !grow(lines, line))
        return false;
    lines->words[line / LINES_OF_WORD] |= (uint64_t)1 << line % LINES_OF_WORD;
    return true;
}

bool place_set_has(const struct place_set *set, int64_t place)
{
    size_t nth = find(set, place);
    uint64_t line = line_of(place);
    if (nth == set->count || set->of[nth].import != place >> PLACE_LINE_BITS)
        return false;
    const struct place_lines *lines = &set->of[nth];
    return line / LINES_OF_WORD < lines->count &&
           (lines->words[line / LINES_OF_WORD] >> line % LINES_OF_WORD & 1);
}

void place_set_free(struct place_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        free(set->of[i].words);
    free(set->of);
    *set = (struct place_set){.count = 0};
}
