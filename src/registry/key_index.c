#include "registry/key_index.h"

#include <stdlib.h>

#include "util/large.h"

/* So many keys share a start, on the average: a line of the processor's cache. */
#define KEYS_PER_START 4

void key_index_open(struct key_index *index, size_t capacity)
{
    *index = (struct key_index){.capacity = capacity};
    while (capacity / KEYS_PER_START >> index->bits)
        index->bits++;
    index->keys = large_alloc(capacity + 1, sizeof *index->keys);
    index->starts = large_zeros(((size_t)1 << index->bits) + 1, sizeof *index->starts);
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

bool key_index_add(struct key_index *index, const struct key *keys, size_t count)
{
    index->is_full = count > index->capacity - index->count;
    if (index->is_full)
        return false;
    memcpy(index->keys + index->count, keys, count * sizeof *keys);
    index->count += count;
    return true;
}

void key_index_finish(struct key_index *index)
{
    size_t start = 0;
    for (size_t i = 0; i < index->count; i++)
        for (; start <= start_of(index, index->keys[i].hash); start++)
            index->starts[start] = (uint32_t)i;
    for (; start <= (size_t)1 << index->bits; start++)
        index->starts[start] = (uint32_t)index->count;
}

void key_index_expect(const struct key_index *index, uint64_t hash)
{
    if (index->keys)
        __builtin_prefetch(&index->starts[start_of(index, hash)]);
}

bool key_index_find(const struct key_index *index, uint64_t hash, struct place_list *places)
{
    size_t start = start_of(index, hash);
    for (size_t i = index->starts[start]; i < index->starts[start + 1]; i++)
        if (index->keys[i].hash == hash && !place_list_add(places, index->keys[i].place))
            return false;
    return true;
}
