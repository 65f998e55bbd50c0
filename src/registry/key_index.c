#include "registry/key_index.h"

#include <stdlib.h>

#include "util/large.h"

/* So many keys share a start, on the average: a line of the processor's cache. */
#define KEYS_PER_START 4

/* No more starts, whatever places there are (16 MB). */
#define START_MOST_BITS 22

void key_index_open(struct key_index *index, size_t capacity, int64_t last)
{
    *index = (struct key_index){.capacity = capacity};
    while (index->place_bits < 63 && last >> index->place_bits)
        index->place_bits++;
    while (index->bits <= START_MOST_BITS && (capacity / KEYS_PER_START >> index->bits ||
                                              KEY_BITS - index->bits + index->place_bits > 64))
        index->bits++;
    if (index->bits > START_MOST_BITS)
        return;
    index->keys = large_alloc(capacity + 1, sizeof *index->keys);
    index->starts = large_alloc(((size_t)1 << index->bits) + 1, sizeof *index->starts);
    if (!index->keys || !index->starts)
        key_index_close(index);
}

void key_index_close(struct key_index *index)
{
    free(index->keys);
    free(index->starts);
    *index = (struct key_index){.keys = NULL};
}

static size_t start_of(const struct key_index *index, uint64_t hash)
{
    return hash >> (KEY_BITS - index->bits);
}

/* The bits of a hash that its start does not tell, where they are kept: above the place. */
static uint64_t rest_of(const struct key_index *index, uint64_t hash)
{
    uint64_t mask = ((uint64_t)1 << (KEY_BITS - index->bits)) - 1;
    return (hash & mask) << index->place_bits;
}

bool key_index_add(struct key_index *index, const struct key *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t start = start_of(index, keys[i].hash);
        index->is_full = index->count == index->capacity;
        index->is_unfit = keys[i].place >> index->place_bits != 0 || start + 1 < index->started;
        if (index->is_full || index->is_unfit)
            return false;
        for (; index->started <= start; index->started++)
            index->starts[index->started] = (uint32_t)index->count;
        index->keys[index->count++] = rest_of(index, keys[i].hash) | (uint64_t)keys[i].place;
    }
    return true;
}

void key_index_finish(struct key_index *index)
{
    for (; index->started <= (size_t)1 << index->bits; index->started++)
        index->starts[index->started] = (uint32_t)index->count;
}

void key_index_expect(const struct key_index *index, uint64_t hash)
{
    if (index->keys)
        __builtin_prefetch(&index->starts[start_of(index, hash)]);
}

bool key_index_find(const struct key_index *index, uint64_t hash, struct place_list *places)
{
    size_t start = start_of(index, hash);
    uint64_t rest = rest_of(index, hash);
    for (size_t i = index->starts[start]; i < index->starts[start + 1]; i++) {
        uint64_t place = index->keys[i] ^ rest; /* where the rest is another one it is more */
        if (place >> index->place_bits == 0 && !place_list_add(places, (int64_t)place))
            return false;
    }
    return true;
}
