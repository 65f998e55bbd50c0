#include "registry/filter.h"

#include "draw.h"
#include "suite.h"

enum { EXPECTED = 1 << 19, ASKED = 200000 };

static uint64_t draw_hash(uint64_t *state)
{
    uint64_t first = draw(state);
    return (first << 31 | draw(state)) & (((uint64_t)1 << FILTER_HASH_BITS) - 1);
}

/* How many of a million are taken for members, when there are so many to a block. */
static unsigned let_in(size_t load)
{
    struct filter filter;
    uint64_t state = 1;
    unsigned strangers = 0;
    filter_open(&filter, EXPECTED);
    ck_assert_ptr_nonnull(filter.blocks);
    size_t members = load << filter.bits;
    for (size_t i = 0; i < members; i++)
        filter_add(&filter, draw_hash(&state));
    state = 1;
    for (size_t i = 0; i < members; i++)
        ck_assert(filter_may_have(&filter, draw_hash(&state)));
    for (size_t i = 0; i < ASKED; i++)
        strangers += filter_may_have(&filter, draw_hash(&state));
    filter_close(&filter);
    return strangers * (1000000 / ASKED);
}

/* As filter.c says of full blocks, and of three times as many members. */
START_TEST(few_strangers_are_let_in)
{
    ck_assert_uint_lt(let_in(32), 2000);
    ck_assert_uint_lt(let_in(96), 130000);
    ck_assert_uint_gt(let_in(96), 0);
}
END_TEST

START_TEST(without_memory_all_may_be_members)
{
    const struct filter filter = {.blocks = NULL};
    ck_assert(filter_may_have(&filter, 1));
}
END_TEST

SUITE_MAIN("filter", few_strangers_are_let_in, without_memory_all_may_be_members)
