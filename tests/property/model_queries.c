/* The canned queries of the model: which enterprises they are about, and what they share. */
#include "model_queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool select_enterprise(const struct asking *asking,
                              const struct model_enterprise *enterprise)
{
    const struct model_question *question = asking->question;
    bool named = !question->source;
    for (int i = 0; i < asking->model->record_count && !named; i++) {
        const struct model_record *record = &asking->model->record[i];
        named = record->enterprise == enterprise->first &&
                strcmp(asking->model->import[record->file].source, question->source) == 0;
    }
    return named && strcmp(enterprise->founded_by, question->as_of) <= 0 &&
           model_in_definition(enterprise, question->definition) &&
           (!question->province || strcmp(enterprise->province, question->province) == 0);
}

bool is_selected(const struct asking *asking, const struct model_enterprise *enterprise)
{
    return asking->selected[enterprise - asking->model->enterprise];
}

bool is_extant(const struct model_enterprise *enterprise)
{
    static const char *const extant[] = {"active", "moved_in", "moved_out", "unknown"};
    for (size_t i = 0; i < sizeof extant / sizeof *extant; i++)
        if (strcmp(enterprise->status, extant[i]) == 0)
            return true;
    return false;
}

int year_of(const struct model_enterprise *enterprise)
{
    return atoi(enterprise->founded_by);
}

int count_year(const struct asking *asking, int year, const char *to)
{
    int count = 0;
    for (int i = 0; i < asking->model->enterprise_count; i++) {
        const struct model_enterprise *enterprise = &asking->model->enterprise[i];
        count += is_selected(asking, enterprise) && year_of(enterprise) == year &&
                 (!*to || strcmp(enterprise->founded_by + 4, to) <= 0);
    }
    return count;
}

const char *percent(int part, int whole, char text[32])
{
    int size = part < 0 ? -part : part, tenths = 0;
    *text = '\0';
    if (whole == 0)
        return text;
    while ((2 * tenths + 1) * whole <= 2000 * size)
        tenths++;
    snprintf(text, 32, "%s%d.%d", part < 0 && tenths ? "-" : "", tenths / 10, tenths % 10);
    return text;
}

int days_of(int year, int month)
{
    char text[16], end[16];
    snprintf(text, sizeof text, "%04d-%02d", year % 10000, month % 100);
    last_day(text, end);
    return atoi(end + 8);
}

bool is_row(const struct asking *asking, const char *row)
{
    const char *since = asking->question->since, *until = asking->question->until;
    size_t length = strlen(row);
    bool after =
        !since || strncmp(since, row, strlen(since) < length ? strlen(since) : length) <= 0;
    bool before =
        !until || strncmp(until, row, strlen(until) < length ? strlen(until) : length) >= 0;
    return after && before;
}

static const struct {
    const char *name;
    void (*run)(const struct asking *asking);
    bool unordered; /* the rules leave the order of its rows open */
} queries[] = {
    {"by_source", by_source, true},
    {"cohort_extant", cohort_extant, false},
    {"conflicts", conflicts, true},
    {"exits_by_year", exits_by_year, false},
    {"new_by_capital", new_by_capital, false},
    {"new_by_city", new_by_city, false},
    {"new_by_industry", new_by_industry, false},
    {"new_by_month", new_by_month, false},
    {"new_by_province", new_by_province, false},
    {"new_by_type", new_by_type, false},
    {"new_by_year", new_by_year, false},
    {"refused_rows", refused_rows, true},
    {"stock_by_age", stock_by_age, false},
    {"stock_by_province", stock_by_province, false},
    {"stock_by_status", stock_by_status, false},
    {"year_to_date", year_to_date, false},
};

const char *model_query_at(size_t number)
{
    return number < sizeof queries / sizeof *queries ? queries[number].name : NULL;
}

bool model_query(const struct model *model, size_t number, const struct model_question *question,
                 struct table *table)
{
    struct asking asking = {
        .model = model, .question = question, .table = table, .year = atoi(question->as_of)};
    for (int i = 0; i < model->enterprise_count; i++)
        asking.selected[i] = select_enterprise(&asking, &model->enterprise[i]);
    table->count = 0;
    queries[number].run(&asking);
    return !queries[number].unordered;
}
