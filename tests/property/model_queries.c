/* The canned queries of the model: each counts by going through all enterprises for every figure.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

struct asking {
    const struct model *model;
    const struct model_question *question;
    struct table *table;
    int year; /* of the as-of date */
};

static bool is_selected(const struct asking *asking, const struct model_enterprise *enterprise)
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

static int year_of(const struct model_enterprise *enterprise)
{
    return atoi(enterprise->founded_by);
}

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

/* Those founded in a year up to this day of it ("-08-20"), or up to its end (""). */
static int count_year(const struct asking *asking, int year, const char *to)
{
    int count = 0;
    for (int i = 0; i < asking->model->enterprise_count; i++) {
        const struct model_enterprise *enterprise = &asking->model->enterprise[i];
        count += is_selected(asking, enterprise) && year_of(enterprise) == year &&
                 (!*to || strcmp(enterprise->founded_by + 4, to) <= 0);
    }
    return count;
}

/* 100 × part / whole with one decimal, halves away from zero; nothing of nothing. */
static const char *percent(int part, int whole, char text[32])
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

/* True if the row of a year or a month is asked for: `since` and `until` cut to what names a row.
 */
static bool is_row(const struct asking *asking, const char *row)
{
    const char *since = asking->question->since, *until = asking->question->until;
    size_t length = strlen(row);
    bool after =
        !since || strncmp(since, row, strlen(since) < length ? strlen(since) : length) <= 0;
    bool before =
        !until || strncmp(until, row, strlen(until) < length ? strlen(until) : length) >= 0;
    return after && before;
}

static bool is_complete(const struct asking *asking, int year)
{
    return year < asking->year || strcmp(asking->question->as_of + 4, "-12-31") == 0;
}

static void new_by_year(const struct asking *asking)
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

static int days_of(int year, int month)
{
    char text[16], end[16];
    snprintf(text, sizeof text, "%04d-%02d", year % 10000, month % 100);
    last_day(text, end);
    return atoi(end + 8);
}

static void year_to_date(const struct asking *asking)
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

static void new_by_month(const struct asking *asking)
{
    const char *as_of = asking->question->as_of;
    bool begun = false;
    char month[16], prior_month[16], end[16], change[32];
    for (int i = 12 * 2018; i < 12 * 2027; i++) {
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

/* ---- By group
 * -------------------------------------------------------------------------------------------- */

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

static bool is_extant(const struct model_enterprise *enterprise)
{
    const char *status = enterprise->status;
    return strcmp(status, "active") == 0 || strcmp(status, "moved_out") == 0 ||
           strcmp(status, "unknown") == 0;
}

/* The province of those in existence; "" for the others. */
static const char *extant_province_of(const struct asking *asking,
                                      const struct model_enterprise *enterprise)
{
    (void)asking;
    return is_extant(enterprise) ? enterprise->province : "";
}

/* Full years on the as-of date; "" for those not in existence. */
static const char *age_of(const struct asking *asking, const struct model_enterprise *enterprise)
{
    int years = asking->year - year_of(enterprise);
    years -= strcmp(asking->question->as_of + 4, enterprise->founded_by + 4) < 0;
    if (!is_extant(enterprise))
        return "";
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

static void stock_by_age(const struct asking *asking)
{
    static const char *const bands[] = {"under 1", "1-3", "3-5", "5-10", "over 10"};
    char share[32];
    int all = count_group(asking, age_of, NULL, 0, asking->year) -
              count_group(asking, age_of, "", 0, asking->year);
    for (int i = 0; i < 5; i++) {
        int these = count_group(asking, age_of, bands[i], 0, asking->year);
        table_add(asking->table, "%s|%d|%s", bands[i], these, percent(these, all, share));
    }
}

static void cohort_extant(const struct asking *asking)
{
    char share[32], row[16];
    for (int year = first_year(asking); year <= asking->year; year++) {
        int all = count_year(asking, year, "");
        int gone = count_group(asking, extant_province_of, "", year, year);
        snprintf(row, sizeof row, "%d", year);
        if (is_row(asking, row))
            table_add(asking->table, "%d|%d|%d|%s", year, all, all - gone,
                      percent(all - gone, all, share));
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

static void exits_by_year(const struct asking *asking)
{
    char row[16];
    bool begun = false;
    for (int year = 2018; year <= asking->year; year++) {
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

/* ---- Conflicts and refused rows
 * ------------------------------------------------------------------------ */

static const char *const sources[] = {"aiqicha", "customs", "other", "qichacha", "tianyancha"};
enum { SOURCES_IN_ALL = sizeof sources / sizeof *sources };

/* The last word of one source on one field, by the rule of settling, and the data date with which
 * it was said. */
struct last_word {
    const char *value, *written, *data_date;
};

static bool is_earlier(const struct model *model, const struct sighting *a,
                       const struct sighting *b)
{
    int order = strcmp(model->import[a->file].data_date, model->import[b->file].data_date);
    if (order == 0)
        order = a->file != b->file ? a->file - b->file : a->line - b->line;
    return order < 0;
}

static struct last_word last_word_of(const struct model *model, int enterprise, const char *source,
                                     enum column field)
{
    struct last_word last = {0};
    const struct sighting *taken = NULL;
    for (;;) {
        const struct sighting *next = NULL;
        for (const struct sighting *at = model->sighting;
             at < model->sighting + model->sighting_count; at++)
            if (model->record[at->record].enterprise == enterprise &&
                strcmp(model->import[at->file].source, source) == 0 &&
                (!taken || is_earlier(model, taken, at)) && (!next || is_earlier(model, at, next)))
                next = at;
        if (!next)
            return last;
        taken = next;
        const struct word *word = model->record[next->record].said.word[field];
        if (!word || (field == FOUNDED && last.value && agrees(word->kept, last.value)))
            continue;
        last.value = field == STATUS ? word->means : word->kept;
        last.written = word->kept;
        last.data_date = model->import[next->file].data_date;
    }
}

static bool words_differ(const struct last_word *a, const struct last_word *b, enum column field)
{
    if (!a->value || !b->value || strcmp(a->value, b->value) == 0)
        return false;
    return field != FOUNDED || !(agrees(a->value, b->value) || agrees(b->value, a->value));
}

static void conflicts(const struct asking *asking)
{
    for (int i = 0; i < 2 * asking->model->enterprise_count; i++) {
        const struct model_enterprise *enterprise = &asking->model->enterprise[i / 2];
        enum column field = i % 2 ? STATUS : FOUNDED;
        struct last_word last[SOURCES_IN_ALL];
        bool conflict = false;
        for (int j = 0; j < SOURCES_IN_ALL; j++) {
            last[j] = last_word_of(asking->model, enterprise->first, sources[j], field);
            for (int k = 0; k < j; k++)
                conflict |= words_differ(&last[j], &last[k], field);
        }
        const char *counts = field == FOUNDED ? enterprise->founded : enterprise->status;
        for (int j = 0; j < SOURCES_IN_ALL && conflict && is_selected(asking, enterprise); j++)
            if (last[j].value)
                table_add(asking->table, "%s|%s|%s|%s|%s|%d", enterprise->name->plain,
                          field == FOUNDED ? "founded_on" : "status", sources[j], last[j].written,
                          last[j].data_date, strcmp(last[j].value, counts) == 0);
    }
}

static void refused_rows(const struct asking *asking)
{
    static const char *const reasons[] = {
        "unclosed_quote", "nul_byte",         "wrong_width",       "unmatched",
        "no_name",        "no_founding_date", "bad_founding_date", "future_founding_date"};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        int count = 0;
        for (int j = 0; j < asking->model->import_count; j++) {
            const struct model_import *import = &asking->model->import[j];
            bool asked =
                !asking->question->source || strcmp(import->source, asking->question->source) == 0;
            for (int k = 0; k < import->refusal_count; k++)
                count += asked && strcmp(import->refusal[k].reason, reasons[i]) == 0;
        }
        if (count)
            table_add(asking->table, "%s|%d", reasons[i], count);
    }
}

bool model_query(const struct model *model, const char *name, const struct model_question *question,
                 struct table *table, bool *ordered)
{
    static const struct {
        const char *name;
        void (*run)(const struct asking *asking);
        group_of *new_by, *stock_by;
        bool ordered, without_share;
    } queries[] = {
        {.name = "new_by_year", .run = new_by_year, .ordered = true},
        {.name = "year_to_date", .run = year_to_date, .ordered = true},
        {.name = "new_by_month", .run = new_by_month, .ordered = true},
        {.name = "new_by_province", .new_by = province_of, .ordered = true},
        {.name = "new_by_city", .new_by = city_of, .ordered = true},
        {.name = "new_by_industry", .new_by = industry_of, .ordered = true},
        {.name = "new_by_type", .new_by = type_of, .ordered = true},
        {.name = "new_by_capital", .new_by = capital_of},
        {.name = "stock_by_status", .stock_by = status_of, .ordered = true},
        {.name = "stock_by_province", .stock_by = extant_province_of, .ordered = true},
        {.name = "stock_by_age", .run = stock_by_age, .ordered = true},
        {.name = "by_source", .stock_by = sources_of, .without_share = true},
        {.name = "cohort_extant", .run = cohort_extant, .ordered = true},
        {.name = "exits_by_year", .run = exits_by_year, .ordered = true},
        {.name = "conflicts", .run = conflicts},
        {.name = "refused_rows", .run = refused_rows},
    };
    struct asking asking = {model, question, table, atoi(question->as_of)};
    table->count = 0;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        if (strcmp(queries[i].name, name) != 0)
            continue;
        *ordered = queries[i].ordered;
        if (queries[i].run)
            queries[i].run(&asking);
        else if (queries[i].new_by)
            new_by_group(&asking, queries[i].new_by);
        else
            stock_by_group(&asking, queries[i].stock_by, !queries[i].without_share);
        return true;
    }
    return false;
}
