#include "registry/key_table.h"

#include <stdlib.h>

#include "draw.h"
#include "suite.h"

enum { KEYS = 20000 };

/* Hashes over the whole range, or so that all meet at its end, or at its start. */
static uint64_t hash_of(uint64_t *state, int kind)
{
    static const uint64_t last = ((uint64_t)1 << KEY_BITS) - 1;
    uint64_t some = draw(state) % (kind == 0 ? KEYS : 50);
    return kind == 0 ? some * UINT64_C(0x9e3779b97f) & last : kind == 1 ? last - some : some;
}

static int by_hash(const void *a, const void *b)
{
    const struct key *first = a, *second = b;
    if (first->hash != second->hash)
        return first->hash < second->hash ? -1 : 1;
    return first->place < second->place ? -1 : 1;
}

static void assert_places(const struct key_table *table, const struct key *keys, size_t count,
                          uint64_t hash)
{
    struct place_list found = {.count = 0};
    size_t nth = 0;
    ck_assert(key_table_find(table, hash, &found));
    for (size_t i = 0; i < count; i++)
        if (keys[i].hash == hash)
            ck_assert_int_eq(found.at[nth++], keys[i].place);
    ck_assert_uint_eq(found.count, nth);
    free(found.at);
}

/* Against an array; keys with the same hash keep the order in which they came. */
START_TEST(found_and_sorted)
{
    static struct key keys[KEYS];
    for (int kind = 0; kind < 3; kind++) {
        uint64_t state = 5;
        struct key_table table = {.count = 0};
        /* Where all meet, each takes as long as there are keys. */
        size_t most = kind == 0 ? KEYS : KEYS / 10;
        for (size_t count = 0; count < most; count++) {
            uint64_t asked = hash_of(&state, kind);
            key_table_expect(&table, asked);
            if (count % 61 == 0)
                assert_places(&table, keys, count, asked);
            keys[count] = (struct key){hash_of(&state, kind), (int64_t)count + 1};
            ck_assert(key_table_add(&table, keys[count]));
            ck_assert_uint_eq(table.count, count + 1);
        }
        qsort(keys, most, sizeof *keys, by_hash);
        const struct key *sorted = key_table_sort(&table);
        for (size_t i = 0; i < most; i++) {
            ck_assert_uint_eq(sorted[i].hash, keys[i].hash);
            ck_assert_int_eq(sorted[i].place, keys[i].place);
        }
        key_table_close(&table);
        ck_assert_uint_eq(table.count, 0);
    }
}
END_TEST

SUITE_MAIN("key_table", found_and_sorted)
