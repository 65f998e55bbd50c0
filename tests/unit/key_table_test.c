#include "registry/key_table.h"

#include <stdlib.h>
#include <string.h>

#include "draw.h"
#include "suite.h"

enum { KEYS = 20000, FIRST = 7 };

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

static void assert_reads(const struct key_table *table, const struct key *keys, size_t count)
{
    struct key read[100];
    size_t slot = 0, done = 0, got;
    do {
        got = key_table_read(table, &slot, read, 100);
        for (size_t i = 0; i < got; i++, done++) {
            ck_assert_uint_lt(done, count);
            ck_assert_uint_eq(read[i].hash, keys[done].hash);
            ck_assert_int_eq(read[i].place, keys[done].place);
        }
    } while (got == 100);
    ck_assert_uint_eq(done, count);
    ck_assert_uint_eq(key_table_read(table, &slot, read, 100), 0);
}

/* Against an array. */
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
            keys[count] = (struct key){hash_of(&state, kind), FIRST + (int64_t)count};
            ck_assert(key_table_takes(&table, keys[count].place));
            ck_assert(key_table_add(&table, keys[count]));
            ck_assert_uint_eq(table.count, count + 1);
        }
        qsort(keys, most, sizeof *keys, by_hash);
        assert_reads(&table, keys, most);
        key_table_close(&table);
        ck_assert_uint_eq(table.count, 0);
    }
}
END_TEST

/* Lines of many imports, in no order; and no more stretches than a slot has room for. */
START_TEST(takes_places_of_many_imports)
{
    enum { LAST = KEY_TABLE_STRETCHES - 1 };
    static struct key keys[2 * KEY_TABLE_STRETCHES];
    static struct key_table table;
    uint64_t state = 2;
    for (int64_t i = 0; i < 2 * KEY_TABLE_STRETCHES; i++) {
        int64_t import = 70000 + (i % 2 ? LAST - i / 2 : i / 2);
        uint64_t hash = i % 3 ? draw(&state) % 100 : ((uint64_t)1 << KEY_BITS) - 1;
        keys[i] = (struct key){hash, import << 32 | (int64_t)(draw(&state) >> 13)};
        ck_assert(key_table_takes(&table, keys[i].place));
        ck_assert(key_table_add(&table, keys[i]));
    }
    ck_assert(!key_table_takes(&table, INT64_C(69999) << 32));
    ck_assert(!key_table_takes(&table, INT64_C(70000) << 32 | 1 << KEY_TABLE_STRETCH_BITS));
    ck_assert(key_table_takes(&table, (INT64_C(70000) << 32) + (1 << KEY_TABLE_STRETCH_BITS) - 1));
    struct key read[2 * KEY_TABLE_STRETCHES + 1];
    size_t slot = 0, count = 2 * KEY_TABLE_STRETCHES;
    ck_assert_uint_eq(key_table_read(&table, &slot, read, count + 1), count);
    for (size_t i = 1; i < count; i++)
        ck_assert_uint_le(read[i - 1].hash, read[i].hash);
    qsort(read, count, sizeof *read, by_hash);
    qsort(keys, count, sizeof *keys, by_hash);
    ck_assert(memcmp(read, keys, count * sizeof *read) == 0);
    key_table_close(&table);
    ck_assert(key_table_takes(&table, 1));
}
END_TEST

SUITE_MAIN("key_table", found_and_sorted, takes_places_of_many_imports)
