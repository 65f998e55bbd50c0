#include <math.h>
#include <stdint.h>

#include "suite.h"
#include "util/percent.h"

static double percent(int64_t part, int64_t whole)
{
    double result = NAN;
    ck_assert(percent_of(part, whole, &result));
    return result;
}

START_TEST(one_decimal)
{
    ck_assert_double_eq(percent(4715, 5821), 81.0);
    ck_assert_double_eq(percent(1, 3), 33.3);
    ck_assert_double_eq(percent(2, 3), 66.7);
    ck_assert_double_eq(percent(0, 7), 0.0);
    ck_assert_double_eq(percent(7, 7), 100.0);
}
END_TEST

/* 8.35 as a binary fraction lies below 8.35, and would become 8.3. */
START_TEST(halves_go_away_from_zero)
{
    ck_assert_double_eq(percent(167, 2000), 8.4);
    ck_assert_double_eq(percent(-167, 2000), -8.4);
    ck_assert_double_eq(percent(1, 2000), 0.1);
    ck_assert_double_eq(percent(-1, 2000), -0.1);
}
END_TEST

START_TEST(no_zero_is_negative)
{
    ck_assert(!signbit(percent(-1, 2001)));
}
END_TEST

START_TEST(of_nothing_there_is_none)
{
    double result;
    ck_assert(!percent_of(1, 0, &result));
    ck_assert(!percent_of(1, -1, &result));
}
END_TEST

/* SQL may ask for any two numbers. */
START_TEST(of_the_largest_numbers)
{
    ck_assert_double_eq(percent(INT64_MAX, INT64_MAX), 100.0);
    ck_assert_double_eq(percent(INT64_MIN + 1, INT64_MAX), -100.0);
    ck_assert_double_eq(percent(INT64_MIN, 1), (double)INT64_MIN * 100);
    ck_assert_double_eq(percent(1, INT64_MAX), 0.0);
}
END_TEST

START_TEST(whole_ones_do_not_round_twice)
{
    ck_assert_int_eq(whole_percent(4715, 5821), 81);
    ck_assert_int_eq(whole_percent(1, 200), 1);
    ck_assert_int_eq(whole_percent(805, 1000), 81);
    ck_assert_int_eq(whole_percent(8046, 10000), 80); /* 80.46, to tenths 80.5 */
}
END_TEST

SUITE_MAIN("percent", one_decimal, halves_go_away_from_zero, no_zero_is_negative,
           of_nothing_there_is_none, of_the_largest_numbers, whole_ones_do_not_round_twice)
