#include "registry/prints.h"

#include "draw.h"
#include "suite.h"

enum { PLACES = 9000 };

/* Of two imports; there are gaps of all sizes. */
static int64_t place_of_nth(int nth)
{
    return ((int64_t)(1 + nth / (PLACES / 2)) << 32) + nth % (PLACES / 2);
}

static void assert_print(struct prints *prints, int64_t place, uint64_t expected)
{
    uint64_t print;
    ck_assert_int_eq(prints_find(prints, place, &print, NULL), CBEC_OK);
    ck_assert_uint_eq(print, expected);
}

/* Against an array, while they are added and when they are on file, in any order. */
START_TEST(found_where_they_were_added)
{
    static uint64_t expected[PLACES];
    uint64_t state = 11;
    struct prints prints;
    struct cbec_registry *registry;
    ck_assert_int_eq(registry_open_memory(&registry, NULL), CBEC_OK);
    ck_assert_int_eq(prints_open(&prints, registry, NULL), CBEC_OK);
    for (int nth = 0; nth < PLACES; nth++) {
        int64_t place = place_of_nth(nth);
        bool is_gap = draw(&state) % 5 == 0 || (nth > 1000 && nth < 1000 + 2 * PRINT_PLACES);
        expected[nth] = is_gap ? 0 : (draw(&state) << 17) + 1;
        if (nth > 0 && draw(&state) % 3 == 0) {
            int asked = (int)(draw(&state) % (uint64_t)nth);
            assert_print(&prints, place_of_nth(asked), expected[asked]);
        }
        if (!is_gap)
            ck_assert_int_eq(prints_add(&prints, place, expected[nth], NULL), CBEC_OK);
        assert_print(&prints, place, expected[nth]);
        assert_print(&prints, place + 1, 0);
    }
    ck_assert_int_eq(prints_save(&prints, NULL), CBEC_OK);
    for (int nth = 0; nth < PLACES; nth++)
        assert_print(&prints, place_of_nth(nth), expected[nth]);
    for (int i = 0; i < PLACES; i++) {
        int nth = (int)(draw(&state) % PLACES);
        assert_print(&prints, place_of_nth(nth), expected[nth]);
    }
    assert_print(&prints, 5, 0);
    prints_close(&prints);
    cbec_close(registry);
}
END_TEST

/* Whatever differs, and whoever says it, the print differs. */
START_TEST(say_what_differs)
{
    struct kept kept = {.of = {{.number = 0}}};
    uint64_t seen[3 * FIELD_COUNT + 2];
    size_t count = 0;
    seen[count++] = print_of(1, &kept);
    seen[count++] = print_of(2, &kept);
    for (int field = 0; field < FIELD_COUNT; field++) {
        static const struct value values[] = {
            {.number = 1}, {.text = {"", 0}}, {.text = {"一", 3}}};
        for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
            kept.of[field] = values[i];
            seen[count++] = print_of(1, &kept);
        }
        kept.of[field] = (struct value){.number = 0};
    }
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_gt(seen[i], 0);
        ck_assert_uint_lt(seen[i], (uint64_t)1 << 8 * PRINT_BYTES);
        for (size_t j = 0; j < i; j++)
            ck_assert_uint_ne(seen[i], seen[j]);
    }
}
END_TEST

SUITE_MAIN("prints", found_where_they_were_added, say_what_differs)
