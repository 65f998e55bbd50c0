#include "registry/key_index.h"

#include <stdlib.h>

#include "draw.h"
#include "suite.h"

enum { KEYS = 5000 };

static int by_hash(const void *a, const void *b)
{
    const struct key *first = a, *second = b;
    return (first->hash > second->hash) - (first->hash < second->hash);
}

static void assert_places(const struct key_index *index, const struct key *keys, uint64_t hash)
{
    struct place_list found = {.count = 0};
    size_t nth = 0;
    key_index_expect(index, hash);
    ck_assert(key_index_find(index, hash, &found));
    for (size_t i = 0; i < KEYS; i++)
        if (keys[i].hash == hash)
            ck_assert_int_eq(found.at[nth++], keys[i].place);
    ck_assert_uint_eq(found.count, nth);
    free(found.at);
}

/* Hashes often meet, or begin alike and end otherwise. */
static void draw_keys(struct key *keys, uint64_t last, uint64_t *state)
{
    for (size_t i = 0; i < KEYS; i++) {
        uint64_t place = draw(state) << 31 | draw(state);
        keys[i] = (struct key){draw(state) % 500 << (i % 2 ? KEY_BITS - 9 : 0) | draw(state) % 3,
                               (int64_t)(place % last + 1)};
    }
    qsort(keys, KEYS, sizeof *keys, by_hash);
}

/* Against an array, whatever is left of a slot for the places: of a few lines, or of lines of many
 * imports. */
START_TEST(found)
{
    static struct key keys[KEYS];
    uint64_t state = 3;
    for (int bits = 13; bits < 50; bits += 4) {
        struct key_index index;
        draw_keys(keys, UINT64_C(1) << bits, &state);
        key_index_open(&index, KEYS, INT64_C(1) << bits);
        ck_assert(index.keys);
        for (size_t i = 0; i < KEYS; i += KEYS / 10)
            ck_assert(key_index_add(&index, keys + i, KEYS / 10));
        key_index_finish(&index);
        for (size_t i = 0; i < KEYS; i += 7) {
            assert_places(&index, keys, keys[i].hash);
            assert_places(&index, keys, keys[i].hash ^ UINT64_C(1) << draw(&state) % KEY_BITS);
        }
        assert_places(&index, keys, 0);
        assert_places(&index, keys, (UINT64_C(1) << KEY_BITS) - 1);
        key_index_close(&index);
    }
}
END_TEST

START_TEST(takes_no_more_than_it_has_room_for)
{
    struct key_index index;
    const struct key keys[] = {{1, 5}, {1, 8}, {2, 7}};
    key_index_open(&index, 2, 7);
    ck_assert(key_index_add(&index, &keys[0], 1));
    ck_assert(!key_index_add(&index, &keys[1], 1)); /* its place lies behind the last one */
    ck_assert(index.is_unfit && !index.is_full);
    key_index_close(&index);
    key_index_open(&index, 2, 8);
    ck_assert(!key_index_add(&index, keys, 3));
    ck_assert(index.is_full && !index.is_unfit);
    ck_assert_uint_eq(index.count, 2);
    key_index_close(&index);
    key_index_open(&index, 1000, 8);
    const struct key disordered[] = {{UINT64_C(1) << 35, 1}, {1, 2}};
    ck_assert(!key_index_add(&index, disordered, 2));
    ck_assert(index.is_unfit);
    key_index_close(&index);
}
END_TEST

/* Where so little of a hash could be kept that all memory would be starts. */
START_TEST(there_is_none_for_places_too_long)
{
    struct key_index index;
    key_index_open(&index, KEYS, INT64_C(1) << 53);
    ck_assert(!index.keys);
    key_index_close(&index);
}
END_TEST

SUITE_MAIN("key_index", found, takes_no_more_than_it_has_room_for,
           there_is_none_for_places_too_long)
