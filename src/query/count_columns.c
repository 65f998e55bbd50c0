#include "query/count_columns.h"

/* ---- Values ------------------------------------------------------------------------------------
 */

static int64_t year_of(int64_t day)
{
    return date_unpack(day).year;
}

/* Month and day of a day, in their order. */
static int64_t within_year(int64_t day)
{
    return day & ((1 << 9) - 1);
}

static int64_t year(struct counts_asked *asked, const struct counted *counted)
{
    (void)asked;
    return year_of(counted->founded);
}

static int64_t month(struct counts_asked *asked, const struct counted *counted)
{
    (void)asked;
    return counted->precision != BY_YEAR ? counted->founded >> 5 : 0;
}

/* By the same day of its year as the as-of date is of its own; 29 February is past in a year
 * without it. */
static int64_t by_same_day(struct counts_asked *asked, const struct counted *counted)
{
    return within_year(counted->founded) <= within_year(asked->as_of);
}

/* From founding to the as-of date; a year since 29 February is full on 28 February of a year
 * without it. */
static int64_t full_years(struct counts_asked *asked, const struct counted *counted)
{
    static const struct date end_of_february = {.month = 2, .day = 29};
    struct date as_of = date_unpack(asked->as_of);
    struct date month_end = date_last_day((struct date){as_of.year, as_of.month, 0});
    int64_t day = within_year(asked->as_of);
    if (as_of.month == 2 && as_of.day == month_end.day)
        day = date_pack(end_of_february);
    return as_of.year - year_of(counted->founded) - (within_year(counted->founded) > day);
}

static int64_t status(struct counts_asked *asked, const struct counted *counted)
{
    (void)asked;
    return counted->status;
}

static int64_t extant(struct counts_asked *asked, const struct counted *counted)
{
    (void)asked;
    const struct status_group *group = status_group_numbered(counted->status);
    return group && group->extant;
}

static int64_t capital(struct counts_asked *asked, const struct counted *counted)
{
    (void)asked;
    return counted->capital;
}

static int64_t source_set(struct counts_asked *asked, const struct counted *counted)
{
    (void)asked;
    return counted->source_set;
}

static int64_t exit_year(struct counts_asked *asked, const struct counted *counted)
{
    (void)asked;
    return counted->exit_year;
}

/* The number of a word; another text is given one below 0. */
static int64_t word(struct counts_asked *asked, struct value value)
{
    if (!value.text.at)
        return value.number;
    int64_t number = texts_add(&asked->texts, value.text);
    asked->no_memory |= number == 0;
    return -number;
}

static int64_t city(struct counts_asked *asked, const struct counted *counted)
{
    return word(asked, counted->city);
}

static int64_t industry(struct counts_asked *asked, const struct counted *counted)
{
    return word(asked, counted->industry);
}

static int64_t type(struct counts_asked *asked, const struct counted *counted)
{
    return word(asked, counted->type);
}

static int64_t province(struct counts_asked *asked, const struct counted *counted)
{
    return word(asked, counted->province);
}

/* ---- Showing -----------------------------------------------------------------------------------
 */

static void show_text(sqlite3_context *context, const char *text)
{
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

/* YYYY-MM, or NULL where none is known. */
static void show_month(sqlite3_context *context, int64_t month, const struct counts_asked *asked,
                       struct statement *words)
{
    char text[DATE_TEXT_SIZE];
    (void)asked;
    (void)words;
    if (month == 0)
        return;
    date_format(date_unpack(month << 5), text);
    show_text(context, text);
}

static void show_status(sqlite3_context *context, int64_t number, const struct counts_asked *asked,
                        struct statement *words)
{
    (void)asked;
    (void)words;
    const struct status_group *group = status_group_numbered((int)number);
    show_text(context, group ? group->name : NULL);
}

static void show_capital(sqlite3_context *context, int64_t band, const struct counts_asked *asked,
                         struct statement *words)
{
    (void)asked;
    (void)words;
    show_text(context, capital_band_name((enum capital_band)band));
}

static void show_word(sqlite3_context *context, int64_t number, const struct counts_asked *asked,
                      struct statement *words)
{
    bool row = false;
    struct slice text = SLICE("unknown");
    if (number < 0)
        text = texts_at(&asked->texts, (uint32_t)-number);
    if (number > 0) {
        statement_bind_integer(words, 1, number);
        if (statement_step(words, &row, NULL) == CBEC_OK && row)
            text = statement_text(words, 0);
    }
    sqlite3_result_text64(context, text.at, text.length, SQLITE_TRANSIENT, SQLITE_UTF8);
    statement_reset(words);
}

/* ---- Tables ------------------------------------------------------------------------------------
 */

#define KIND(kind) (1u << COUNTED_##kind)
#define KINDS_BY_STATUS (KIND(STATUS) | KIND(DAY))
#define KINDS_BY_YEAR (KINDS_BY_STATUS | KIND(CITY) | KIND(INDUSTRY) | KIND(TYPE) | KIND(CAPITAL))

const struct count_column counted_columns[] = {
    {"year", KINDS_BY_YEAR, year, NULL},
    {"month", KIND(DAY), month, show_month},
    {"by_same_day", KIND(DAY), by_same_day, NULL},
    {"full_years", KIND(DAY), full_years, NULL},
    {"status", KINDS_BY_STATUS, status, show_status},
    {"extant", KINDS_BY_STATUS, extant, NULL},
    {"city", KIND(CITY), city, show_word},
    {"industry", KIND(INDUSTRY), industry, show_word},
    {"type", KIND(TYPE), type, show_word},
    {"capital", KIND(CAPITAL), capital, show_capital},
    {"province", KINDS_BY_YEAR, province, show_word},
    {"source_set", KINDS_BY_YEAR, source_set, NULL},
    {"enterprises", KINDS_BY_YEAR, NULL, NULL},
    {0},
};

const struct count_column exit_columns[] = {
    {"year", KIND(EXIT), exit_year, NULL},
    {"status", KIND(EXIT), status, show_status},
    {"enterprises", KIND(EXIT), NULL, NULL},
    {0},
};
