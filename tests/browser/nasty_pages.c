/* nasty_pages.c: text that would be markup, text that is none, and more of everything than fits. */
#include <stdio.h>
#include <string.h>

#include "pages.h"

/* Text that would be markup, or would not be text. */
static const char *const dirt[] = {
    "<script>alert(1)</script>",
    "</style><img src=http://127.0.0.1:9/x>",
    "\" onload=\"alert(1)",
    "'><svg/onload=alert(1)>",
    "]]> --> &amp; &#60;b&#62;",
    "a\nb\tc\x1b[2J\x7f",
    "\xff\xc3( broken \xe4\xb8",
    "\u202e\u200breversed\u2066",
    "\uffff noncharacter \ufdd0",
    "e\u0301 é 中文（全角） 😀",
    "averylongwordthatnobodyhaseverbrokenandthatmustnotwidenthepagehoweverlongitgetsintheend",
};
enum { DIRT = sizeof dirt / sizeof *dirt };

static void add_centuries(struct document *document)
{
    struct section *section = document_add_section(document, "centuries", dirt[0], dirt[5]);
    section_set_columns(
        document, section,
        COLUMNS("year", "new_registrations", "prior_year_total", "complete", dirt[1]), 5);
    for (int year = 1695; year <= 2024; year++) {
        int age = year - 1990;
        int total = year == 1695 ? 1 : age < 0 ? 0 : age * age * 12 + age * 7 % 31;
        section_add_row(document, section,
                        CELLS(INTEGER(year), INTEGER(total), INTEGER(total * 9 / 10),
                              INTEGER(year != 2024), TEXT(dirt[year % DIRT])));
    }
    section->chart = (struct chart){CHART_COLUMNS, 0, 1, 2, 3};
}

static void add_months(struct document *document, const char *id, int months, int factor)
{
    struct section *section = document_add_section(document, id, id, dirt[6]);
    section_set_columns(document, section,
                        COLUMNS("month", "new_registrations", "same_month_prior_year"), 3);
    for (int i = 0; i < months; i++) {
        char month[16];
        snprintf(month, sizeof month, "%d-%02d", 2023 + i / 12, i % 12 + 1);
        section_add_row(document, section,
                        CELLS(TEXT(month), INTEGER(factor * (i * 7919 % 613 + 40)),
                              INTEGER(factor * (i * 6007 % 577 + 11))));
    }
    section->chart = (struct chart){CHART_PAIRS, 0, 1, 2, NO_COLUMN};
}

static void add_cities(struct document *document)
{
    struct section *section = document_add_section(document, "cities", "300 cities", NULL);
    section_set_columns(document, section, COLUMNS("city", "new_registrations", "prior_year_total"),
                        3);
    for (int i = 0; i < 300; i++) {
        char city[256];
        snprintf(city, sizeof city, "%s%d", i < DIRT ? dirt[i] : "巴音郭楞蒙古自治州第", i);
        section_add_row(document, section,
                        CELLS(TEXT(city), INTEGER(90000 / (i + 1)), INTEGER(80000 / (i + 1))));
    }
    section->chart = (struct chart){CHART_BARS, 0, 1, 2, NO_COLUMN};
}

static void add_figures(struct document *document, const char *id, int64_t first, int64_t second,
                        enum chart_kind kind)
{
    struct section *section = document_add_section(document, id, id, NULL);
    section_set_columns(
        document, section,
        COLUMNS("year", "new_registrations", "prior_year_total", "complete", "change_percent"), 5);
    section_add_row(document, section,
                    CELLS(INTEGER(2022), INTEGER(first), NOTHING, INTEGER(1), NOTHING));
    section_add_row(document, section,
                    CELLS(INTEGER(2023), INTEGER(second), INTEGER(first), INTEGER(1), REAL(-0.0)));
    section_add_row(document, section,
                    CELLS(INTEGER(2024), NOTHING, INTEGER(second), INTEGER(0), REAL(1e20)));
    section->chart = (struct chart){kind, 0, 1, 2, 3};
}

static void add_wide(struct document *document)
{
    struct section *section =
        document_add_section(document, "wide", "a table of many columns", NULL);
    const char *names[DIRT];
    struct cbec_cell cells[DIRT];
    for (int i = 0; i < DIRT; i++) {
        names[i] = i ? dirt[i] : "reason";
        cells[i] = TEXT(dirt[(i * 3 + 10) % DIRT]);
    }
    section_set_columns(document, section, names, DIRT);
    section_add_row(document, section, cells);
    section_add_row(document, section, cells);
}

void fill_nasty(struct document *document)
{
    document_set(document, &document->title, dirt[0]);
    document_set(document, &document->sentence, dirt[10]);
    document_set(document, &document->as_of, dirt[2]);
    add_centuries(document);
    add_months(document, "one-year", 12, 1);
    add_months(document, "two-years", 24, 1000);
    add_months(document, "four-years", 48, 1);
    add_months(document, "one-month", 1, 1);
    add_cities(document);
    add_figures(document, "zeros", 0, 0, CHART_COLUMNS);
    add_figures(document, "zero-bars", 0, 0, CHART_BARS);
    add_figures(document, "greatest", INT64_MAX, 1, CHART_COLUMNS);
    add_figures(document, "greatest-bars", INT64_MAX, -5, CHART_BARS);
    add_figures(document, "close", 990, 1000, CHART_COLUMNS);
    add_wide(document);
    struct section *section = document_add_section(document, "no-rows", "no rows", NULL);
    section_set_columns(document, section, COLUMNS("year", "rows"), 2);
    section->chart = (struct chart){CHART_COLUMNS, 0, 1, NO_COLUMN, NO_COLUMN};
    document_add_section(document, "no-columns", "no columns", "nothing");
    for (int i = 0; i < DIRT; i++)
        document_add_fact(document, dirt[i], dirt[(i + 1) % DIRT]);
}
