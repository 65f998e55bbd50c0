#include "situations.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Counts those founded in a year. */
static int founded_in(const struct model *model, int year)
{
    int count = 0;
    for (int i = 0; i < model->enterprise_count; i++)
        count += atoi(model->enterprise[i].founded) == year;
    return count;
}

static bool is_exit(const struct model_enterprise *enterprise)
{
    return strcmp(enterprise->status, "deregistered") == 0 ||
           strcmp(enterprise->status, "revoked") == 0;
}

/* ---- Registries --------------------------------------------------------------------------------
 */

static bool has_empty_year(const struct model *model, const struct model_question *question)
{
    for (int year = atoi(question->as_of) - 1; year > 2012; year--)
        if (founded_in(model, year - 1) && !founded_in(model, year) && founded_in(model, year + 1))
            return true;
    return false;
}

static bool has_no_prior_year(const struct model *model, const struct model_question *question)
{
    int year = atoi(question->as_of);
    return founded_in(model, year) && !founded_in(model, year - 1);
}

static bool has_one_day_only(const struct model *model, const struct model_question *question)
{
    (void)question;
    for (int i = 1; i < model->enterprise_count; i++)
        if (strcmp(model->enterprise[i].founded, model->enterprise[0].founded) != 0)
            return false;
    return model->enterprise_count > 1;
}

static bool has_two_widths(const struct model *model, const struct model_question *question)
{
    (void)question;
    for (int i = 0; i < model->record_count; i++)
        for (int j = 0; j < i; j++) {
            const struct word *a = model->record[i].said.word[CITY],
                              *b = model->record[j].said.word[CITY];
            if (a && b && a != b && strcmp(a->means, b->means) == 0 &&
                model->record[i].enterprise != model->record[j].enterprise)
                return true;
        }
    return false;
}

/* ---- Enterprises -------------------------------------------------------------------------------
 */

static bool is_of_leap_day(const struct model_enterprise *enterprise,
                           const struct model_question *question)
{
    return strcmp(enterprise->founded + 4, "-02-29") == 0 &&
           strcmp(enterprise->founded, question->as_of) <= 0;
}

/* On 28 February of a year without a 29th. */
static bool is_of_leap_day_and_full(const struct model_enterprise *enterprise,
                                    const struct model_question *question)
{
    return is_of_leap_day(enterprise, question) && strcmp(question->as_of + 4, "-02-28") == 0;
}

static bool is_of_a_month(const struct model_enterprise *enterprise,
                          const struct model_question *question)
{
    return strlen(enterprise->founded) == 7 &&
           strncmp(enterprise->founded, question->as_of, 7) <= 0;
}

static bool is_of_a_year(const struct model_enterprise *enterprise,
                         const struct model_question *question)
{
    return strlen(enterprise->founded) == 4 &&
           strncmp(enterprise->founded, question->as_of, 4) <= 0;
}

static bool is_of_three_sources(const struct model_enterprise *enterprise,
                                const struct model_question *question)
{
    (void)question;
    const char *plus = strchr(enterprise->sources, '+');
    return plus && strchr(plus + 1, '+');
}

static bool is_ten_years_old(const struct model_enterprise *enterprise,
                             const struct model_question *question)
{
    return atoi(enterprise->founded) + 10 == atoi(question->as_of) &&
           strcmp(enterprise->founded_by + 4, question->as_of + 4) == 0;
}

static bool ceases_later(const struct model_enterprise *enterprise,
                         const struct model_question *question)
{
    return is_exit(enterprise) && enterprise->ceased &&
           strcmp(enterprise->founded_by, question->as_of) <= 0 &&
           strcmp(enterprise->ceased_by, question->as_of) > 0;
}

static bool ceased_on_a_day(const struct model_enterprise *enterprise,
                            const struct model_question *question)
{
    return is_exit(enterprise) && enterprise->ceased && strlen(enterprise->ceased) == 10 &&
           strcmp(enterprise->ceased, question->as_of) <= 0;
}

static bool ceased_in_a_month(const struct model_enterprise *enterprise,
                              const struct model_question *question)
{
    return is_exit(enterprise) && enterprise->ceased && strlen(enterprise->ceased) < 10 &&
           strcmp(enterprise->ceased_by, question->as_of) <= 0;
}

static bool ceased_by_the_day(const struct model_enterprise *enterprise,
                              const struct model_question *question)
{
    return is_exit(enterprise) && enterprise->ceased && strlen(enterprise->ceased) == 7 &&
           strcmp(enterprise->ceased_by, question->as_of) == 0;
}

static bool ceased_without_a_day(const struct model_enterprise *enterprise,
                                 const struct model_question *question)
{
    (void)question;
    return is_exit(enterprise) && !enterprise->ceased;
}

static bool ceased_though_extant(const struct model_enterprise *enterprise,
                                 const struct model_question *question)
{
    (void)question;
    return strcmp(enterprise->status, "active") == 0 && enterprise->ceased;
}

static bool has_capital_at_a_bound(const struct model_enterprise *enterprise,
                                   const struct model_question *question)
{
    (void)question;
    return enterprise->capital && enterprise->capital->means &&
           strcmp(enterprise->capital->means, "CNY") == 0 && enterprise->capital->amount == 5e6;
}

static bool has_foreign_capital(const struct model_enterprise *enterprise,
                                const struct model_question *question)
{
    (void)question;
    return enterprise->capital && enterprise->capital->means &&
           strcmp(enterprise->capital->means, "CNY") != 0;
}

/* ---- Questions ---------------------------------------------------------------------------------
 */

static bool is_before_all(const struct model *model, const struct model_question *question)
{
    return model->enterprise_count && strcmp(question->as_of, DAYS[DAY_COUNT]) == 0;
}

static bool is_after_all(const struct model *model, const struct model_question *question)
{
    return model->enterprise_count && strcmp(question->as_of, DAYS[AS_OF_COUNT - 1]) == 0;
}

static bool is_last_of_year(const struct model *model, const struct model_question *question)
{
    return founded_in(model, atoi(question->as_of)) && strcmp(question->as_of + 4, "-12-31") == 0;
}

static bool is_leap_day(const struct model *model, const struct model_question *question)
{
    return founded_in(model, atoi(question->as_of)) && strcmp(question->as_of + 4, "-02-29") == 0;
}

static bool has_all_options(const struct model *model, const struct model_question *question)
{
    (void)model;
    return question->province && question->source && question->definition && question->since &&
           question->until;
}

static bool has_no_options(const struct model *model, const struct model_question *question)
{
    (void)model;
    return !question->province && !question->source && !question->definition && !question->since &&
           !question->until;
}

static struct situation {
    const char *name;
    bool (*of)(const struct model *model, const struct model_question *question);
    bool (*of_one)(const struct model_enterprise *enterprise,
                   const struct model_question *question);
    bool met;
} situations[] = {
    {.name = "a year without foundings", .of = has_empty_year},
    {.name = "no foundings in the prior year", .of = has_no_prior_year},
    {.name = "all founded on one day", .of = has_one_day_only},
    {.name = "a city in two widths", .of = has_two_widths},
    {.name = "founded on 29 February", .of_one = is_of_leap_day},
    {.name = "founded on 29 February, asked on 28 February", .of_one = is_of_leap_day_and_full},
    {.name = "founded in a month", .of_one = is_of_a_month},
    {.name = "founded in a year", .of_one = is_of_a_year},
    {.name = "ten years old on the day", .of_one = is_ten_years_old},
    {.name = "in three sources", .of_one = is_of_three_sources},
    {.name = "ceased after the as-of date", .of_one = ceases_later},
    {.name = "ceased on a day", .of_one = ceased_on_a_day},
    {.name = "ceased in a month or year", .of_one = ceased_in_a_month},
    {.name = "ceased in a month that ends on the as-of date", .of_one = ceased_by_the_day},
    {.name = "ceased without a day", .of_one = ceased_without_a_day},
    {.name = "a day of exit, but extant", .of_one = ceased_though_extant},
    {.name = "capital at a bound", .of_one = has_capital_at_a_bound},
    {.name = "capital in another currency", .of_one = has_foreign_capital},
    {.name = "as of a day before all", .of = is_before_all},
    {.name = "as of a day after all", .of = is_after_all},
    {.name = "as of 31 December", .of = is_last_of_year},
    {.name = "as of 29 February", .of = is_leap_day},
    {.name = "all options", .of = has_all_options},
    {.name = "no options", .of = has_no_options},
};
enum { SITUATION_COUNT = sizeof situations / sizeof *situations };

void situations_note(const struct model *model, const struct model_question *question)
{
    for (struct situation *at = situations; at < situations + SITUATION_COUNT; at++) {
        if (at->of)
            at->met |= at->of(model, question);
        for (int i = 0; at->of_one && i < model->enterprise_count; i++)
            at->met |= at->of_one(&model->enterprise[i], question);
    }
}

int situations_missing(void)
{
    int missing = 0;
    for (int i = 0; i < SITUATION_COUNT; i++)
        if (!situations[i].met) {
            printf("never met: %s\n", situations[i].name);
            missing++;
        }
    return missing;
}
