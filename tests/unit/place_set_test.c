#include "registry/place_set.h"

#include "registry/store.h"
#include "suite.h"

static void add(struct place_set *set, int64_t import, uint64_t line)
{
    ck_assert(place_set_add(set, place_of(import, line)));
}

START_TEST(nothing_in_an_empty_one)
{
    struct place_set set = {.count = 0};
    ck_assert(!place_set_has(&set, 0));
    ck_assert(!place_set_has(&set, place_of(1, 2)));
    place_set_free(&set);
}
END_TEST

START_TEST(lines_at_the_borders_of_words)
{
    static const uint64_t lines[] = {0, 2, 63, 64, 127, 128, 5000};
    struct place_set set = {.count = 0};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ck_assert(!place_set_has(&set, place_of(7, lines[i])));
        add(&set, 7, lines[i]);
        add(&set, 7, lines[i]);
    }
    for (uint64_t line = 0; line < 20000; line++) {
        bool expected = false;
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
            expected |= lines[i] == line;
        ck_assert_int_eq(place_set_has(&set, place_of(7, line)), expected);
    }
    ck_assert(!place_set_has(&set, place_of(7, UINT32_MAX)));
    place_set_free(&set);
}
END_TEST

/* Imports come in any order, more of them than there is room for at first. */
START_TEST(imports_are_kept_apart)
{
    enum { IMPORTS = 50 };
    struct place_set set = {.count = 0};
    for (int64_t i = 0; i < IMPORTS; i++)
        add(&set, 1 + i * 27 % IMPORTS * 2, 100 + (uint64_t)(i * 27 % IMPORTS));
    ck_assert_uint_eq(set.count, IMPORTS);
    for (int64_t import = 0; import <= 2 * IMPORTS; import++)
        for (uint64_t line = 90; line < 90 + 2 * IMPORTS; line++)
            ck_assert_int_eq(place_set_has(&set, place_of(import, line)),
                             import % 2 == 1 && line == 100 + (uint64_t)(import / 2));
    place_set_free(&set);
}
END_TEST

SUITE_MAIN("place_set", nothing_in_an_empty_one, lines_at_the_borders_of_words,
           imports_are_kept_apart)
