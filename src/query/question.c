#include "query/question.h"

#include "query/catalogue.h"
#include "query/counts.h"
#include "record/date.h"
#include "record/province.h"
#include "registry/schema.h"
#include "registry/source.h"
#include "registry/vintage.h"
#include "util/error.h"
#include "util/suggest.h"

static enum cbec_status check_day(const char *option, const char *text, struct cbec_error *error)
{
    struct date date;
    if (!text || (date_parse_iso(slice_of(text), &date) && date_is_full(date)))
        return CBEC_OK;
    return error_set(error, CBEC_ERROR_USAGE, "'%s' is no day: write %s YYYY-MM-DD", text, option);
}

static enum cbec_status check_date(const char *option, const char *text, struct cbec_error *error)
{
    struct date date;
    if (!text || date_parse_iso(slice_of(text), &date))
        return CBEC_OK;
    return error_set(error, CBEC_ERROR_USAGE,
                     "'%s' is no date: write %s YYYY-MM-DD, YYYY-MM or YYYY", text, option);
}

static enum cbec_status find_province(const char *text, const char **name, struct cbec_error *error)
{
    *name = text;
    if (!text || strcmp(text, "unknown") == 0)
        return CBEC_OK;
    const struct province *province = province_find_any(slice_of(text));
    if (province) {
        *name = province->name;
        return CBEC_OK;
    }
    struct suggestion near = {.written = slice_of(text)};
    char hint[128];
    for (size_t i = 0; i < PROVINCE_COUNT; i++) {
        suggestion_add(&near, slice_of(PROVINCES[i].english));
        suggestion_add(&near, slice_of(PROVINCES[i].name));
        suggestion_add(&near, slice_of(PROVINCES[i].short_name));
    }
    return error_set(error, CBEC_ERROR_USAGE,
                     "unknown province '%s'%s (it is written 浙江, 浙江省, Zhejiang or 33)", text,
                     suggestion_text(&near, hint));
}

/* What is known by a name and a number, and which command lists it. */
struct known {
    const char *what;
    const char *sql;
    const char *listed_by;
};

static const struct known known_definitions = {"definition", "SELECT id, name FROM definition",
                                               "cbec define --list"};
static const struct known known_sources = {"source", "SELECT id, name FROM source", "cbec imports"};

static enum cbec_status find_name(struct cbec_registry *registry, const struct known *kind,
                                  const char *name, int64_t *id, struct cbec_error *error)
{
    struct statement names;
    struct suggestion near = {.written = slice_of(name)};
    bool found = false;
    enum cbec_status status = statement_prepare_text(&names, registry, kind->sql, NULL, error);
    for (bool row = true; status == CBEC_OK && !found;) {
        status = statement_step(&names, &row, error);
        if (status != CBEC_OK || !row)
            break;
        struct slice known = statement_text(&names, 1);
        found = slice_equal(known, near.written);
        *id = statement_integer(&names, 0);
        suggestion_add(&near, known);
        if (kind == &known_sources && source_vendor(known))
            suggestion_add(&near, slice_of(source_vendor(known)));
    }
    statement_finish(&names);
    char hint[128];
    suggestion_text(&near, hint);
    if (status == CBEC_OK && !found)
        return error_set(error, CBEC_ERROR_USAGE, "unknown %s '%s'%s (`%s` lists them)", kind->what,
                         name, hint, kind->listed_by);
    return status;
}

enum cbec_status query_prepare_session(struct cbec_registry *registry, struct cbec_error *error)
{
    int64_t prepared;
    enum cbec_status status = registry_integer(
        registry, "SELECT count(*) FROM sqlite_temp_schema WHERE name = 'asked'", &prepared, error);
    if (status == CBEC_OK && !prepared)
        status = counts_define(registry, error);
    for (const struct sql_file *file = schema_session; status == CBEC_OK && !prepared && file->name;
         file++)
        status = registry_execute(registry, file->text, error);
    return status;
}

enum cbec_status question_put(struct cbec_registry *registry, const struct cbec_question *question,
                              struct cbec_error *error)
{
    const char *definition = question->definition ? question->definition : "all";
    const char *province;
    int64_t definition_id = 0, source = 0;
    enum cbec_status status = check_day("--as-of", question->as_of, error);
    if (status == CBEC_OK)
        status = check_date("--since", question->since, error);
    if (status == CBEC_OK)
        status = check_date("--until", question->until, error);
    if (status == CBEC_OK)
        status = find_province(question->province, &province, error);
    if (status == CBEC_OK)
        status = find_name(registry, &known_definitions, definition, &definition_id, error);
    if (status == CBEC_OK && question->source)
        status =
            find_name(registry, &known_sources, source_of_option(question->source), &source, error);
    if (status == CBEC_OK)
        status = vintage_show(registry, question->known_at, error);
    if (status == CBEC_OK && question->import)
        status = registry_check_import(registry, question->import, error);
    if (status == CBEC_OK)
        status = query_prepare_session(registry, error);
    if (status == CBEC_OK)
        status = registry_execute(registry, "DELETE FROM temp.asked", error);
    if (status != CBEC_OK)
        return status;

    struct statement ask;
    status = statement_prepare(&ask, registry, "ask", error);
    if (status == CBEC_OK) {
        statement_bind_text(&ask, 1, slice_of(question->as_of));
        statement_bind_integer(&ask, 2, definition_id);
        statement_bind_text(&ask, 3, slice_of(province));
        if (question->source)
            statement_bind_integer(&ask, 4, source);
        statement_bind_text(&ask, 5, slice_of(question->since));
        statement_bind_text(&ask, 6, slice_of(question->until));
        if (question->import)
            statement_bind_integer(&ask, 7, question->import);
        statement_bind_text(&ask, 8, slice_of(question->find));
        if (question->enterprise)
            statement_bind_integer(&ask, 9, question->enterprise);
        status = statement_run(&ask, error);
    }
    statement_finish(&ask);
    return status;
}
