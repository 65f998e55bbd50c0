/* What the registry must count after all imports, worked out from the book alone. */
#include <stdlib.h>

#include "fixtures.h"

/* An enterprise as all files together have it. */
struct settled {
    bool on_file;
    struct day founded;
    const char *founded_by; /* the last day that `founded` may mean */
    const char *status, *province, *sources;
    int definitions;
};

static struct settled settled[ENTERPRISES];

/* ---- Settling ---- */

static bool is_later(const struct word *a, const struct word *b)
{
    int order = strcmp(imports[a->import].data_date, imports[b->import].data_date);
    return order != 0 ? order > 0 : a > b;
}

/* The words on an enterprise, of one source or of all (NULL), the latest last. */
static unsigned words_of(unsigned enterprise, const char *source, const struct word **list)
{
    unsigned count = 0;
    for (const struct word *word = words; word < words + word_count; word++) {
        if (word->enterprise != enterprise || (source && strcmp(word->source, source) != 0))
            continue;
        unsigned place = count++;
        for (; place > 0 && is_later(list[place - 1], word); place--)
            list[place] = list[place - 1];
        list[place] = word;
    }
    return count;
}

static bool agrees_with(struct day vague, struct day day)
{
    const char *text = day_text(vague);
    return strncmp(day_text(day), text, strlen(text)) == 0;
}

static struct day latest_founding(const struct word *const *list, unsigned count)
{
    struct day founded = {0};
    for (unsigned i = 0; i < count; i++) {
        bool less_precise = !list[i]->founded.day && founded.day;
        if (!founded.year || !(less_precise && agrees_with(list[i]->founded, founded)))
            founded = list[i]->founded;
    }
    return founded;
}

static const char *latest_status(const struct word *const *list, unsigned count)
{
    const char *group = NULL;
    for (unsigned i = 0; i < count; i++)
        group = list[i]->group ? list[i]->group : group;
    return group;
}

/* In alphabetical order, as the sources are tried. */
static const char *const all_sources[] = {"aiqicha", "other", "qichacha", "tianyancha"};
enum { SOURCES = sizeof all_sources / sizeof *all_sources };

static void settle(unsigned enterprise)
{
    const struct word *list[MOST_WORDS];
    struct settled *result = &settled[enterprise];
    unsigned count = words_of(enterprise, NULL, list);
    const char *province = NULL;
    bool code = false, number = false;
    int by_name = 0, by_scope = 0;
    *result = (struct settled){.on_file = count > 0, .sources = ""};
    if (count == 0)
        return;
    for (unsigned i = 0; i < count; i++) {
        province = list[i]->province ? list[i]->province : province;
        code = code || list[i]->code;
        number = number || list[i]->number;
        by_name = list[i]->name_definitions;
        by_scope = list[i]->has_scope ? list[i]->definitions : by_scope;
    }
    const char *status = latest_status(list, count);
    result->founded = latest_founding(list, count);
    result->founded_by = day_last(result->founded);
    result->status = status ? status : "unknown";
    result->province = province ? province : enterprise_place(enterprise, code, number);
    result->definitions = by_name | by_scope;
    for (unsigned i = 0; i < SOURCES; i++)
        if (words_of(enterprise, all_sources[i], list) > 0)
            result->sources =
                text_of("%s%s%s", result->sources, *result->sources ? "+" : "", all_sources[i]);
}

/* ---- Questions ---- */

struct question {
    const char *as_of;      /* NULL: the latest data date */
    const char *definition; /* NULL: all */
    const char *source, *province;
};

static const char *latest_data_date(void)
{
    const char *latest = imports[0].data_date;
    for (unsigned i = 1; i < import_count; i++)
        if (strcmp(imports[i].data_date, latest) > 0)
            latest = imports[i].data_date;
    return latest;
}

static bool is_asked_for(const struct question *question, const struct settled *enterprise)
{
    int definition = !question->definition                         ? 0
                     : strcmp(question->definition, "narrow") == 0 ? IN_NARROW
                                                                   : IN_WIDE;
    return enterprise->on_file && strcmp(enterprise->founded_by, question->as_of) <= 0 &&
           (enterprise->definitions & definition) == definition &&
           (!question->source || strstr(enterprise->sources, question->source)) &&
           (!question->province || strcmp(enterprise->province, question->province) == 0);
}

static bool is_extant(const char *status)
{
    static const char *const extant[] = {"active", "moved_in", "moved_out", "unknown"};
    for (size_t i = 0; i < sizeof extant / sizeof *extant; i++)
        if (strcmp(status, extant[i]) == 0)
            return true;
    return false;
}

/* Founded in `year`, not after `month_day` (-MM-DD) if there is one. */
static int founded_in(const struct question *question, int year, const char *month_day)
{
    int count = 0;
    for (unsigned i = 0; i < ENTERPRISES; i++)
        count += is_asked_for(question, &settled[i]) && settled[i].founded.year == year &&
                 (!month_day || strcmp(settled[i].founded_by + 4, month_day) <= 0);
    return count;
}

/* part / whole in percent, one decimal, halves away from zero; nothing if there is no whole. */
static const char *percent(int part, int whole)
{
    if (whole == 0)
        return "";
    int tenths = (abs(part) * 2000 + whole) / (2 * whole);
    return text_of("%s%d.%d", part < 0 && tenths > 0 ? "-" : "", tenths / 10, tenths % 10);
}

static void new_by_year(const struct question *question, struct buffer *out)
{
    int last = atoi(question->as_of), first = last + 1;
    bool last_is_whole = strcmp(question->as_of + 4, "-12-31") == 0;
    for (unsigned i = 0; i < ENTERPRISES; i++)
        if (is_asked_for(question, &settled[i]) && settled[i].founded.year < first)
            first = settled[i].founded.year;
    buffer_append(out, SLICE("year,new_registrations,prior_year_total,percent_of_prior_year,"
                             "change_percent,complete\n"));
    for (int year = first; year <= last; year++) {
        bool whole = year < last || last_is_whole;
        int new = founded_in(question, year, NULL), prior = founded_in(question, year - 1, NULL);
        int same_days = founded_in(question, year - 1, whole ? NULL : question->as_of + 4);
        buffer_append_format(out, "%d,%d,%d,%s,%s,%d\n", year, new, prior, percent(new, prior),
                             percent(new - same_days, same_days), whole);
    }
}

/* ---- Counts by a word ---- */

struct tally {
    const char *word;
    int count, prior;
};

struct tallies {
    struct tally of[64];
    size_t count;
};

static struct tally *tally_of(struct tallies *tallies, const char *word)
{
    for (size_t i = 0; i < tallies->count; i++)
        if (strcmp(tallies->of[i].word, word) == 0)
            return &tallies->of[i];
    tallies->of[tallies->count] = (struct tally){.word = word};
    return &tallies->of[tallies->count++];
}

/* Most first, then by code point. */
static int compare_tallies(const void *a, const void *b)
{
    const struct tally *x = a, *y = b;
    return x->count != y->count ? y->count - x->count : strcmp(x->word, y->word);
}

static int total_of(const struct tallies *tallies)
{
    int total = 0;
    for (size_t i = 0; i < tallies->count; i++)
        total += tallies->of[i].count;
    return total;
}

static void new_by_province(const struct question *question, struct buffer *out)
{
    struct tallies tallies = {0};
    int year = atoi(question->as_of);
    for (unsigned i = 0; i < ENTERPRISES; i++) {
        int founded = settled[i].founded.year;
        if (!is_asked_for(question, &settled[i]) || founded < year - 1)
            continue;
        tally_of(&tallies, settled[i].province)->count += founded == year;
        tally_of(&tallies, settled[i].province)->prior += founded == year - 1;
    }
    qsort(tallies.of, tallies.count, sizeof *tallies.of, compare_tallies);
    buffer_append(out, SLICE("province,new_registrations,prior_year_total,percent_of_prior_year,"
                             "share_percent\n"));
    for (size_t i = 0; i < tallies.count; i++) {
        const struct tally *tally = &tallies.of[i];
        buffer_append_format(out, "%s,%d,%d,%s,%s\n", tally->word, tally->count, tally->prior,
                             percent(tally->count, tally->prior),
                             percent(tally->count, total_of(&tallies)));
    }
}

static void stock_by_status(const struct question *question, struct buffer *out)
{
    struct tallies tallies = {0};
    for (unsigned i = 0; i < ENTERPRISES; i++)
        if (is_asked_for(question, &settled[i]))
            tally_of(&tallies, settled[i].status)->count++;
    qsort(tallies.of, tallies.count, sizeof *tallies.of, compare_tallies);
    buffer_append(out, SLICE("status,enterprises,share_percent\n"));
    for (size_t i = 0; i < tallies.count; i++)
        buffer_append_format(out, "%s,%d,%s\n", tallies.of[i].word, tallies.of[i].count,
                             percent(tallies.of[i].count, total_of(&tallies)));
}

static void by_source(const struct question *question, struct buffer *out)
{
    struct tallies tallies = {0};
    for (unsigned i = 0; i < ENTERPRISES; i++)
        if (is_asked_for(question, &settled[i]))
            tally_of(&tallies, settled[i].sources)->count++;
    qsort(tallies.of, tallies.count, sizeof *tallies.of, compare_tallies);
    buffer_append(out, SLICE("sources,enterprises\n"));
    for (size_t i = 0; i < tallies.count; i++)
        buffer_append_format(out, "%s,%d\n", tallies.of[i].word, tallies.of[i].count);
}

/* ---- Conflicts ---- */

/* The latest word of each source on a field; NULL where it has none. */
static void latest_words(unsigned enterprise, bool founding, const char *said[SOURCES])
{
    const struct word *list[MOST_WORDS];
    for (unsigned i = 0; i < SOURCES; i++) {
        unsigned count = words_of(enterprise, all_sources[i], list);
        said[i] = count == 0 ? NULL
                  : founding ? day_text(latest_founding(list, count))
                             : latest_status(list, count);
    }
}

/* Each begins the other where a month or year agrees with a day; groups of statuses never do. */
static bool differ(const char *a, const char *b)
{
    size_t length = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
    return strncmp(a, b, length) != 0;
}

/* enterprise,field,source, one line each, in no order. */
static void conflicts(const struct question *question, struct buffer *out)
{
    for (unsigned i = 0; i < ENTERPRISES * 2; i++) {
        unsigned enterprise = i / 2;
        bool founding = i % 2 == 0, conflict = false;
        const char *said[SOURCES];
        if (!is_asked_for(question, &settled[enterprise]))
            continue;
        latest_words(enterprise, founding, said);
        for (unsigned a = 0; a < SOURCES; a++)
            for (unsigned b = 0; b < a; b++)
                conflict = conflict || (said[a] && said[b] && differ(said[a], said[b]));
        for (unsigned a = 0; conflict && a < SOURCES; a++)
            if (said[a])
                buffer_append_format(out, "%s,%s,%s\n", enterprise_facts(enterprise).text[NAME],
                                     founding ? "founded_on" : "status", all_sources[a]);
    }
}

/* ---- The headline ---- */

static void headlines(const struct question *question, struct buffer *out)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    int year = atoi(question->as_of), month = atoi(question->as_of + 5);
    int day = atoi(question->as_of + 8), extant = 0;
    int new = founded_in(question, year, NULL), prior = founded_in(question, year - 1, NULL);
    for (unsigned i = 0; i < ENTERPRISES; i++)
        extant += is_asked_for(question, &settled[i]) && is_extant(settled[i].status);
    int whole = prior ? (new * 200 + prior) / (2 * prior) : 0;
    bool is_whole = month == 12 && day == 31;
    buffer_append_format(out, "%d new registrations in %d", new, year);
    if (!is_whole)
        buffer_append_format(out, " (to %d %s)", day, months[month - 1]);
    buffer_append_format(out,
                         ", %d percent of last year's total of %d; %d enterprises in existence.\n",
                         whole, prior, extant);
    buffer_append_format(out, is_whole ? "%d年新增注册" : "%d年（截至", year);
    if (!is_whole)
        buffer_append_format(out, "%d月%d日）新增注册", month, day);
    buffer_append_format(out, "%d家，%s%d家的%d%%；现存企业%d家。\n", new,
                         is_whole ? "为上年全年" : "达到去年全年", prior, whole, extant);
}

/* ---- All of them ---- */

/* How run.sh compares what comes out. */
static const struct {
    const char *name;
    void (*work_out)(const struct question *question, struct buffer *out);
    const char *compare; /* lines, sorted, conflicts or report */
    struct question question;
} asked[] = {
    {"new_by_year", new_by_year, "lines", {0}},
    {"new_by_year", new_by_year, "lines", {.as_of = "2022-06-30"}},
    {"new_by_year", new_by_year, "lines", {.as_of = "2020-02-29"}},
    {"new_by_year", new_by_year, "lines", {.as_of = "2022-12-31"}},
    {"new_by_year", new_by_year, "lines", {.definition = "narrow"}},
    {"new_by_year", new_by_year, "lines", {.definition = "wide", .as_of = "2022-06-30"}},
    {"new_by_year", new_by_year, "lines", {.source = "qichacha"}},
    {"new_by_province", new_by_province, "lines", {0}},
    {"new_by_province", new_by_province, "lines", {.as_of = "2022-06-30"}},
    {"new_by_province", new_by_province, "lines", {.definition = "wide"}},
    {"new_by_province", new_by_province, "lines", {.source = "other", .as_of = "2021-12-31"}},
    {"stock_by_status", stock_by_status, "sorted", {0}},
    {"stock_by_status", stock_by_status, "sorted", {.definition = "narrow"}},
    {"stock_by_status", stock_by_status, "sorted", {.definition = "wide"}},
    {"stock_by_status", stock_by_status, "sorted", {.province = "浙江省"}},
    {"stock_by_status", stock_by_status, "sorted", {.province = "unknown"}},
    {"by_source", by_source, "sorted", {0}},
    {"by_source", by_source, "sorted", {.definition = "narrow", .as_of = "2022-06-30"}},
    {"conflicts", conflicts, "conflicts", {0}},
    {"conflicts", conflicts, "conflicts", {.source = "aiqicha"}},
    {"report", headlines, "report", {0}},
    {"report", headlines, "report", {.as_of = "2022-06-30"}},
    {"report", headlines, "report", {.as_of = "2022-12-31"}},
    {"report", headlines, "report", {.definition = "narrow"}},
    {"report", headlines, "report", {.definition = "wide"}},
};

static void add_option(struct buffer *out, const char *option, const char *value)
{
    if (value)
        buffer_append_format(out, " --%s %s", option, value);
}

void figures_write(const char *folder)
{
    struct buffer list = {0}, figures = {0};
    for (unsigned i = 0; i < ENTERPRISES; i++)
        settle(i);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct question question = asked[i].question;
        const char *id = text_of("%02zu-%s", i + 1, asked[i].name);
        buffer_append_format(&list, "%s\t%s\t%s", id, asked[i].compare, asked[i].name);
        add_option(&list, "as-of", question.as_of);
        add_option(&list, "definition", question.definition);
        add_option(&list, "source", question.source);
        add_option(&list, "province", question.province);
        buffer_append(&list, SLICE("\n"));
        if (!question.as_of)
            question.as_of = latest_data_date();
        buffer_clear(&figures);
        asked[i].work_out(&question, &figures);
        write_file(folder, id, buffer_slice(&figures));
    }
    write_file(folder, "questions.txt", buffer_slice(&list));
    buffer_free(&list);
    buffer_free(&figures);
}
