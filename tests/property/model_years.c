/* The queries of the model by year and month. */
#include "model_queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The year of the first founding; with none, one that no loop reaches. */
static int first_year(const struct asking *asking)
{
    int first = 0;
    for (int i = 0; i < asking->model->enterprise_count; i++) {
        const struct model_enterprise *enterprise = &asking->model->enterprise[i];
        if (is_selected(asking, enterprise) && (!first || year_of(enterprise) < first))
            first = year_of(enterprise);
    }
    return first ? first : 10000;
}

static bool is_complete(const struct asking *asking, int year)
{
    return year < asking->year || strcmp(asking->question->as_of + 4, "-12-31") == 0;
}

void new_by_year(const struct asking *asking)
{
    char first[32], second[32], row[16];
    for (int year = first_year(asking); year <= asking->year; year++) {
        bool complete = is_complete(asking, year);
        int count = count_year(asking, year, ""), prior = count_year(asking, year - 1, "");
        int base = complete ? prior : count_year(asking, year - 1, asking->question->as_of + 4);
        snprintf(row, sizeof row, "%d", year);
        if (is_row(asking, row))
            table_add(asking->table, "%d|%d|%d|%s|%s|%d", year, count, prior,
                      percent(count, prior, first), percent(count - base, base, second), complete);
    }
}

void year_to_date(const struct asking *asking)
{
    const char *as_of = asking->question->as_of;
    char first[32], second[32];
    int count = count_year(asking, asking->year, ""),
        prior = count_year(asking, asking->year - 1, "");
    int base = count_year(asking, asking->year - 1, as_of + 4);
    int gone = atoi(as_of + 8), days = 0, projected = 0;
    for (int month = 1; month <= 12; month++) {
        days += days_of(asking->year, month);
        gone += month < atoi(as_of + 5) ? days_of(asking->year, month) : 0;
    }
    while ((2 * projected + 1) * gone <= 2 * count * days)
        projected++;
    table_add(asking->table, "%s|%d|%d|%d|%s|%d|%s|%d", as_of, asking->year, count, prior,
              percent(count, prior, first), base, percent(count - base, base, second), projected);
}

/* Those founded in a month, "2024-05", up to a day of it; who knows but the year is in no month. */
static int count_month(const struct asking *asking, const char *month, const char *to)
{
    int count = 0;
    for (int i = 0; i < asking->model->enterprise_count; i++) {
        const struct model_enterprise *enterprise = &asking->model->enterprise[i];
        count += is_selected(asking, enterprise) && strlen(enterprise->founded) > 4 &&
                 strncmp(enterprise->founded, month, 7) == 0 &&
                 strcmp(enterprise->founded_by + 8, to) <= 0;
    }
    return count;
}

void new_by_month(const struct asking *asking)
{
    const char *as_of = asking->question->as_of;
    bool begun = false;
    char month[16], prior_month[16], end[16], change[32];
    for (int i = 12 * BEFORE_ALL_YEARS; i < 12 * (asking->year + 1); i++) {
        snprintf(month, sizeof month, "%04d-%02d", i / 12, i % 12 + 1);
        snprintf(prior_month, sizeof prior_month, "%04d-%02d", i / 12 - 1, i % 12 + 1);
        int count = count_month(asking, month, "31"),
            prior = count_month(asking, prior_month, "31");
        begun |= count > 0;
        if (!begun || strncmp(month, as_of, 7) > 0 || !is_row(asking, month))
            continue;
        last_day(month, end);
        int base = strcmp(end, as_of) <= 0 ? prior : count_month(asking, prior_month, as_of + 8);
        table_add(asking->table, "%s|%d|%d|%s", month, count, prior,
                  percent(count - base, base, change));
    }
}

static int count_extant(const struct asking *asking, int year)
{
    int count = 0;
    for (int i = 0; i < asking->model->enterprise_count; i++) {
        const struct model_enterprise *enterprise = &asking->model->enterprise[i];
        count +=
            is_selected(asking, enterprise) && year_of(enterprise) == year && is_extant(enterprise);
    }
    return count;
}

void cohort_extant(const struct asking *asking)
{
    char share[32], row[16];
    for (int year = first_year(asking); year <= asking->year; year++) {
        int all = count_year(asking, year, ""), extant = count_extant(asking, year);
        snprintf(row, sizeof row, "%d", year);
        if (is_row(asking, row))
            table_add(asking->table, "%d|%d|%d|%s", year, all, extant, percent(extant, all, share));
    }
}

static int count_exits(const struct asking *asking, const char *status, int year)
{
    int count = 0;
    for (int i = 0; i < asking->model->enterprise_count; i++) {
        const struct model_enterprise *enterprise = &asking->model->enterprise[i];
        count += is_selected(asking, enterprise) && strcmp(enterprise->status, status) == 0 &&
                 enterprise->ceased &&
                 strcmp(enterprise->ceased_by, asking->question->as_of) <= 0 &&
                 atoi(enterprise->ceased_by) == year;
    }
    return count;
}

void exits_by_year(const struct asking *asking)
{
    char row[16];
    bool begun = false;
    for (int year = BEFORE_ALL_YEARS; year <= asking->year; year++) {
        int founded = count_year(asking, year, "");
        int deregistered = count_exits(asking, "deregistered", year),
            revoked = count_exits(asking, "revoked", year);
        begun |= founded + deregistered + revoked > 0;
        snprintf(row, sizeof row, "%d", year);
        if (begun && is_row(asking, row))
            table_add(asking->table, "%d|%d|%d|%d|%d", year, deregistered, revoked,
                      deregistered + revoked, founded - deregistered - revoked);
    }
}
