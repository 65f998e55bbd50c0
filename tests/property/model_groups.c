/* The queries of the model by province, type, age and the like. */
#include "model_queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The group of an enterprise, in the column that a query is about. */
typedef const char *group_of(const struct asking *asking,
                             const struct model_enterprise *enterprise);

/* How many are selected of a group (NULL: all), founded in years from `first` to `last`. */
static int count_group(const struct asking *asking, group_of *of, const char *group, int first,
                       int last)
{
    int count = 0;
    for (int i = 0; i < asking->model->enterprise_count; i++) {
        const struct model_enterprise *enterprise = &asking->model->enterprise[i];
        count += is_selected(asking, enterprise) && year_of(enterprise) >= first &&
                 year_of(enterprise) <= last &&
                 (!group || strcmp(of(asking, enterprise), group) == 0);
    }
    return count;
}

static const char *province_of(const struct asking *asking,
                               const struct model_enterprise *enterprise)
{
    (void)asking;
    return enterprise->province;
}

static const char *city_of(const struct asking *asking, const struct model_enterprise *enterprise)
{
    (void)asking;
    return enterprise->city ? enterprise->city : "unknown";
}

static const char *industry_of(const struct asking *asking,
                               const struct model_enterprise *enterprise)
{
    (void)asking;
    return enterprise->industry ? enterprise->industry : "unknown";
}

static const char *type_of(const struct asking *asking, const struct model_enterprise *enterprise)
{
    (void)asking;
    return enterprise->type ? enterprise->type : "unknown";
}

static const char *capital_of(const struct asking *asking,
                              const struct model_enterprise *enterprise)
{
    (void)asking;
    const struct word *capital = enterprise->capital;
    if (!capital || !capital->means)
        return "unknown";
    if (strcmp(capital->means, "CNY") != 0)
        return "other currency";
    if (capital->amount < 1e6)
        return "under 1 million";
    if (capital->amount < 5e6)
        return "1-5 million";
    if (capital->amount < 1e7)
        return "5-10 million";
    return capital->amount < 5e7 ? "10-50 million" : "over 50 million";
}

static const char *status_of(const struct asking *asking, const struct model_enterprise *enterprise)
{
    (void)asking;
    return enterprise->status;
}

static const char *sources_of(const struct asking *asking,
                              const struct model_enterprise *enterprise)
{
    (void)asking;
    return enterprise->sources;
}

/* The province of those in existence; "" for the others. */
static const char *extant_province_of(const struct asking *asking,
                                      const struct model_enterprise *enterprise)
{
    (void)asking;
    return is_extant(enterprise) ? enterprise->province : "";
}

/* How often the day of the founding has come round by the as-of date, in a year without it the last
 * day of its month. */
static int full_years(const char *founded_by, const char *as_of)
{
    char day_of_year[32];
    int years = 0, month = atoi(founded_by + 5), day = atoi(founded_by + 8);
    for (int year = atoi(founded_by) + 1;; year++, years++) {
        int last = days_of(year, month);
        snprintf(day_of_year, sizeof day_of_year, "%04d-%02d-%02d", year, month,
                 day < last ? day : last);
        if (strcmp(day_of_year, as_of) > 0)
            return years;
    }
}

/* The age band of those in existence; "" for the others. */
static const char *age_of(const struct asking *asking, const struct model_enterprise *enterprise)
{
    if (!is_extant(enterprise))
        return "";
    int years = full_years(enterprise->founded_by, asking->question->as_of);
    if (years < 1)
        return "under 1";
    if (years < 3)
        return "1-3";
    if (years < 5)
        return "3-5";
    return years < 10 ? "5-10" : "over 10";
}

/* The groups that occur among those selected and founded in a year or later, without "". */
static int groups_of(const struct asking *asking, group_of *of, int since,
                     const char *groups[MOST_RECORDS])
{
    int count = 0;
    for (int i = 0; i < asking->model->enterprise_count; i++) {
        const struct model_enterprise *enterprise = &asking->model->enterprise[i];
        const char *group = of(asking, enterprise);
        bool known = !*group || year_of(enterprise) < since || !is_selected(asking, enterprise);
        for (int j = 0; j < count; j++)
            known |= strcmp(groups[j], group) == 0;
        if (!known)
            groups[count++] = group;
    }
    return count;
}

/* Moves the group with the most (of those alike the first by code point) to the front. */
static const char *take_first(const struct asking *asking, group_of *of, const char **groups,
                              int count, int since)
{
    int first = 0;
    for (int i = 1; i < count; i++) {
        int more = count_group(asking, of, groups[i], since, asking->year) -
                   count_group(asking, of, groups[first], since, asking->year);
        if (more > 0 || (more == 0 && strcmp(groups[i], groups[first]) < 0))
            first = i;
    }
    const char *group = groups[first];
    groups[first] = groups[0];
    groups[0] = group;
    return group;
}

static void new_by_group(const struct asking *asking, group_of *of)
{
    const char *groups[MOST_RECORDS];
    int count = groups_of(asking, of, asking->year - 1, groups);
    int all = count_group(asking, of, NULL, asking->year, asking->year);
    for (int i = 0; i < count; i++) {
        char first[32], second[32];
        const char *group = take_first(asking, of, groups + i, count - i, asking->year);
        int this = count_group(asking, of, group, asking->year, asking->year);
        int prior = count_group(asking, of, group, asking->year - 1, asking->year - 1);
        table_add(asking->table, "%s|%d|%d|%s|%s", group, this, prior, percent(this, prior, first),
                  percent(this, all, second));
    }
}

static void stock_by_group(const struct asking *asking, group_of *of, bool with_share)
{
    const char *groups[MOST_RECORDS];
    int count = groups_of(asking, of, 0, groups), all = 0;
    for (int i = 0; i < count; i++)
        all += count_group(asking, of, groups[i], 0, asking->year);
    for (int i = 0; i < count; i++) {
        char share[32];
        const char *group = take_first(asking, of, groups + i, count - i, 0);
        int these = count_group(asking, of, group, 0, asking->year);
        if (with_share)
            table_add(asking->table, "%s|%d|%s", group, these, percent(these, all, share));
        else
            table_add(asking->table, "%s|%d", group, these);
    }
}

void stock_by_age(const struct asking *asking)
{
    static const char *const bands[] = {"under 1", "1-3", "3-5", "5-10", "over 10"};
    char share[32];
    int selected = count_group(asking, age_of, NULL, 0, asking->year);
    int all = selected - count_group(asking, age_of, "", 0, asking->year);
    for (int i = 0; i < 5 && selected; i++) {
        int these = count_group(asking, age_of, bands[i], 0, asking->year);
        table_add(asking->table, "%s|%d|%s", bands[i], these, percent(these, all, share));
    }
}

void new_by_province(const struct asking *asking)
{
    new_by_group(asking, province_of);
}

void new_by_city(const struct asking *asking)
{
    new_by_group(asking, city_of);
}

void new_by_industry(const struct asking *asking)
{
    new_by_group(asking, industry_of);
}

void new_by_type(const struct asking *asking)
{
    new_by_group(asking, type_of);
}

void new_by_capital(const struct asking *asking)
{
    new_by_group(asking, capital_of);
}

void stock_by_status(const struct asking *asking)
{
    stock_by_group(asking, status_of, true);
}

void stock_by_province(const struct asking *asking)
{
    stock_by_group(asking, extant_province_of, true);
}

void by_source(const struct asking *asking)
{
    stock_by_group(asking, sources_of, false);
}
