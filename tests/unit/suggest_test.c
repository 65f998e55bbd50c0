#include "util/suggest.h"

#include "suite.h"

static const char *const QUERIES[] = {"active_by_year", "capital_classes", "compare_years",
                                      "conflicts",      "new_by_month",    "new_by_year",
                                      "new_by_day",     "sources"};

static void check(const char *written, const char *expected)
{
    struct suggestion suggestion = {.written = slice_of(written)};
    char text[128];
    for (size_t i = 0; i < sizeof QUERIES / sizeof *QUERIES; i++)
        suggestion_add(&suggestion, slice_of(QUERIES[i]));
    ck_assert_str_eq(suggestion_text(&suggestion, text), expected);
    buffer_free(&suggestion.best);
}

START_TEST(near_names)
{
    check("new_by_yaer", "; did you mean new_by_year?");
    check("new_by_yea", "; did you mean new_by_year?");
    check("newbyyear", "; did you mean new_by_year?");
    check("NEW_BY_YEAR", "; did you mean new_by_year?");
    check("new-by-month", "; did you mean new_by_month?");
    check("new_by_dya", "; did you mean new_by_day?");
    check("sorces", "; did you mean sources?");
    check("source", "; did you mean sources?");
    check("conflict", "; did you mean conflicts?");
}
END_TEST

START_TEST(beginnings)
{
    check("cap", "; did you mean capital_classes?");
    check("compare", "; did you mean compare_years?");
    check("active", "; did you mean active_by_year?");
}
END_TEST

START_TEST(nothing_near)
{
    check("", "");
    check("weather", "");
    check("xyz", "");
    check("历年新增", "");
    check("a_name_that_is_so_long_that_it_can_be_none_of_those_that_are_known_here", "");
}
END_TEST

START_TEST(no_names)
{
    struct suggestion suggestion = {.written = SLICE("x")};
    char text[128] = "before";
    ck_assert_str_eq(suggestion_text(&suggestion, text), "");
}
END_TEST

/* The text has room for 127 bytes, whatever the names are. */
START_TEST(long_names)
{
    char name[65];
    memset(name, 'n', 64);
    name[64] = '\0';
    struct suggestion suggestion = {.written = {name, 63}};
    suggestion_add(&suggestion, slice_of(name));
    char text[128];
    suggestion_text(&suggestion, text);
    ck_assert_ptr_nonnull(strstr(text, name));
}
END_TEST

SUITE_MAIN("suggest", near_names, beginnings, nothing_near, no_names, long_names)
