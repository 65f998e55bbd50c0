/* model_queries.h: what the canned queries of the model share. Each of them goes through all
 * enterprises for every figure. */
#ifndef CBEC_TESTS_PROPERTY_MODEL_QUERIES_H
#define CBEC_TESTS_PROPERTY_MODEL_QUERIES_H

#include "model.h"

/* No word of an export is a date before this year. */
enum { BEFORE_ALL_YEARS = 2010 };

struct asking {
    const struct model *model;
    const struct model_question *question;
    struct table *table;
    int year; /* of the as-of date */
    bool selected[MOST_RECORDS];
};

bool is_selected(const struct asking *asking, const struct model_enterprise *enterprise);
bool is_extant(const struct model_enterprise *enterprise);
int year_of(const struct model_enterprise *enterprise);

/* Those founded in a year up to this day of it ("-08-20"), or up to its end (""). */
int count_year(const struct asking *asking, int year, const char *to);

/* 100 × part / whole with one decimal, halves away from zero; nothing of nothing. */
const char *percent(int part, int whole, char text[32]);

/* How many days a month has. */
int days_of(int year, int month);

/* True if the row of a year or a month is asked for: `since` and `until` cut to what names a row.
 */
bool is_row(const struct asking *asking, const char *row);

/* By year and month. */
void new_by_year(const struct asking *asking);
void year_to_date(const struct asking *asking);
void new_by_month(const struct asking *asking);
void cohort_extant(const struct asking *asking);
void exits_by_year(const struct asking *asking);

/* By group. */
void new_by_province(const struct asking *asking);
void new_by_city(const struct asking *asking);
void new_by_industry(const struct asking *asking);
void new_by_type(const struct asking *asking);
void new_by_capital(const struct asking *asking);
void stock_by_status(const struct asking *asking);
void stock_by_province(const struct asking *asking);
void stock_by_age(const struct asking *asking);
void by_source(const struct asking *asking);

/* Lists. */
void conflicts(const struct asking *asking);
void refused_rows(const struct asking *asking);

#endif
