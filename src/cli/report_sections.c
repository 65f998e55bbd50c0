/* What a report consists of: its sections, each from one query. */
#include "cli/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "util/percent.h"

/* ---- The sections ------------------------------------------------------------------------------
 */

struct making {
    struct cbec_registry *registry;
    const struct cbec_question *question;
    const struct cbec_catalogue *catalogue;
    struct document *document;
    struct provenance *provenance;
};

static const struct section_spec {
    const char *query; /* or a listing, which has a title of its own */
    const char *listing_title;
    const char *note;
    struct chart chart;
    bool months; /* only those of the as-of date's year, each marked whether it is complete */
} section_specs[] = {
    {"new_by_year",
     NULL,
     "years_note",
     {CHART_COLUMNS, YEAR, NEW_REGISTRATIONS, 2, COMPLETE},
     false},
    {"new_by_month", NULL, "months_note", {CHART_PAIRS, 0, 1, 2, 4}, true},
    {"new_by_province", NULL, "provinces_note", {CHART_BARS, 0, 1, 2, NO_COLUMN}, false},
    {"stock_by_status", NULL, "status_note", {CHART_NONE, 0, 0, 0, 0}, false},
    {"sources", "sources_title", "sources_note", {CHART_NONE, 0, 0, 0, 0}, false},
    {"by_source", NULL, "overlap_note", {CHART_BARS, 0, 1, NO_COLUMN, NO_COLUMN}, false},
    {"refused_rows", NULL, "refused_note", {CHART_NONE, 0, 0, 0, 0}, false},
};

static const char *phrase(const struct making *making, const char *key)
{
    return word_phrase(making->document->language, key);
}

static int out_of_memory(void)
{
    complain("out of memory");
    return EXIT_FAILED;
}

/* Whether the month in a row is over by the as-of date. */
static struct cbec_cell month_is_complete(const struct making *making, const struct cbec_cell *row)
{
    const struct figures *figures = &making->provenance->figures;
    bool is_last = strncmp(row->text, figures->as_of, row->length) == 0;
    return (struct cbec_cell){.type = CBEC_CELL_INTEGER,
                              .integer = !is_last || figures->month_complete};
}

/* Copies all rows of a result into a section, and closes it. `months`: with a column `complete`. */
static int fill_section(struct making *making, struct section *section, struct cbec_result *result,
                        bool months)
{
    enum { MOST_COLUMNS = 32 };
    struct cbec_error error;
    const struct cbec_cell *cells;
    const char *names[MOST_COLUMNS];
    struct cbec_cell row[MOST_COLUMNS];
    enum cbec_status status;
    size_t count = cbec_result_columns(result);
    if (!section || count >= MOST_COLUMNS) {
        cbec_result_close(result);
        if (section)
            complain("%zu columns are more than a report has", count);
        return section ? EXIT_FAILED : out_of_memory();
    }
    for (size_t i = 0; i < count; i++)
        names[i] = cbec_result_column(result, i);
    names[count] = "complete";
    section_set_columns(making->document, section, names, count + months);
    while ((status = cbec_result_next(result, &cells, &error)) == CBEC_OK && cells) {
        memcpy(row, cells, count * sizeof *row);
        row[count] = months ? month_is_complete(making, row) : (struct cbec_cell){0};
        section_add_row(making->document, section, row);
    }
    cbec_result_close(result);
    return status == CBEC_OK ? EXIT_DONE : fail(&error);
}

static int run_named(struct making *making, const char *name, const struct cbec_question *question,
                     const char **title, struct cbec_result **result)
{
    const struct cbec_query *query;
    struct cbec_error error;
    if (cbec_catalogue_find(making->catalogue, name, &query, &error) != CBEC_OK ||
        cbec_query_run(making->registry, query, question, result, &error) != CBEC_OK)
        return fail(&error);
    bool chinese = making->document->language == LANGUAGE_CHINESE;
    *title = chinese ? query->chinese_title : query->title;
    return EXIT_DONE;
}

static int run_listing(struct making *making, const char *name,
                       const struct cbec_question *question, struct cbec_result **result)
{
    struct cbec_error error;
    return cbec_list_run(making->registry, name, question, result, &error) == CBEC_OK
               ? EXIT_DONE
               : fail(&error);
}

static int add_section(struct making *making, const struct section_spec *spec)
{
    struct cbec_question question = *making->question;
    struct cbec_result *result;
    const char *title = spec->listing_title ? phrase(making, spec->listing_title) : NULL;
    char year[16];
    snprintf(year, sizeof year, "%" PRId64, making->provenance->figures.year);
    if (spec->months && *making->provenance->figures.as_of) {
        question.since = year;
        question.until = NULL;
    }
    int status = spec->listing_title ? run_listing(making, spec->query, &question, &result)
                                     : run_named(making, spec->query, &question, &title, &result);
    if (status != EXIT_DONE)
        return status;
    struct section *section =
        document_add_section(making->document, spec->query, title, phrase(making, spec->note));
    if (section)
        section->chart = spec->chart;
    return fill_section(making, section, result, spec->months);
}

/* ---- Revisions ---------------------------------------------------------------------------------
 */

/* The new registrations of a year; 0 in one that the table does not reach. */
static int64_t registrations_of(const struct table *years, int64_t year)
{
    int64_t first = years->rows ? table_cell_at(years, 0, YEAR)->integer : 0;
    if (year < first || year - first >= (int64_t)years->rows)
        return 0;
    return table_cell_at(years, (size_t)(year - first), NEW_REGISTRATIONS)->integer;
}

/*
 * Adds the years from the first that either table has, up to the last that was known then. A year
 * was complete then if the data of then reach its end, whatever day they are asked for.
 */
static void join_revisions(struct making *making, struct section *section, const struct table *then,
                           const struct table *now, const char *known_day)
{
    int64_t first = INT64_MAX, known_year = atoi(known_day);
    if (then->rows)
        first = table_cell_at(then, 0, YEAR)->integer;
    if (now->rows && table_cell_at(now, 0, YEAR)->integer < first)
        first = table_cell_at(now, 0, YEAR)->integer;
    for (int64_t year = first; year <= known_year && year != INT64_MAX; year++) {
        int64_t known_then = registrations_of(then, year);
        int64_t known_now = registrations_of(now, year);
        double percent = 0;
        bool given = percent_of(known_now - known_then, known_then, &percent);
        bool complete = year < known_year || strcmp(known_day + 4, "-12-31") == 0;
        const struct cbec_cell cells[] = {
            {.type = CBEC_CELL_INTEGER, .integer = year},
            {.type = CBEC_CELL_INTEGER, .integer = known_then},
            {.type = CBEC_CELL_INTEGER, .integer = known_now},
            {.type = CBEC_CELL_INTEGER, .integer = known_now - known_then},
            {.type = given ? CBEC_CELL_REAL : CBEC_CELL_NULL, .real = percent},
            {.type = CBEC_CELL_INTEGER, .integer = complete},
        };
        section_add_row(making->document, section, cells);
    }
}

static int add_revisions(struct making *making, const char *compare_with)
{
    static const char *const columns[] = {"year",     "known_then",       "known_now",
                                          "revision", "revision_percent", "complete"};
    struct cbec_question question = *making->question;
    struct document earlier; /* holds the years of then */
    struct figures figures = {0};
    struct cbec_result *result;
    const char *title;
    question.known_at = compare_with;
    document_begin(&earlier, making->document->language);
    struct making then = *making;
    then.document = &earlier;
    int status = figures_read(making->registry, &question, &figures);
    if (status == EXIT_DONE)
        status = run_named(making, "new_by_year", &question, &title, &result);
    if (status == EXIT_DONE)
        status =
            fill_section(&then, document_add_section(&earlier, "then", "", NULL), result, false);
    if (status == EXIT_DONE) {
        struct section *section =
            document_add_section(making->document, "revisions", phrase(making, "revisions_title"),
                                 phrase(making, "revisions_note"));
        if (section) {
            section_set_columns(making->document, section, columns,
                                sizeof columns / sizeof *columns);
            join_revisions(making, section, &earlier.sections[0].table,
                           &making->document->sections[YEARS_SECTION].table, figures.known_day);
        }
    }
    making->document->failed |= earlier.failed;
    figures_free(&figures);
    document_free(&earlier);
    return status;
}

/* ---- The document ------------------------------------------------------------------------------
 */

static int make_document(struct making *making, const char *compare_with)
{
    struct document *document = making->document;
    struct buffer sentence = {0};
    int status =
        provenance_read(making->registry, making->question, document->language, making->provenance);
    if (status != EXIT_DONE)
        return status;
    struct figures *figures = &making->provenance->figures;
    figures_sentence(figures, document->language, &sentence);
    document_set(document, &document->title, phrase(making, "title"));
    document_set(document, &document->sentence, buffer_string(&sentence));
    document_set(document, &document->as_of, *figures->as_of ? figures->as_of : NULL);
    document->failed |= sentence.failed;
    buffer_free(&sentence);
    for (size_t i = 0; i < sizeof section_specs / sizeof *section_specs && status == EXIT_DONE; i++)
        status = add_section(making, &section_specs[i]);
    if (status == EXIT_DONE && compare_with)
        status = add_revisions(making, compare_with);
    provenance_add_facts(making->provenance, document);
    add_vintage_fact(document, "compared_with", compare_with);
    if (status == EXIT_DONE && document->failed)
        return out_of_memory();
    return status;
}

int full_report_make(struct cbec_registry *registry, const struct cbec_question *question,
                     const char *compare_with, struct full_report *report)
{
    struct cbec_catalogue *catalogue;
    struct cbec_error error;
    if (cbec_catalogue_open(NULL, 0, &catalogue, &error) != CBEC_OK)
        return fail(&error);
    int status = EXIT_DONE;
    if (cbec_snapshot_begin(registry, &error) != CBEC_OK)
        status = fail(&error);
    struct making making = {registry, question, catalogue, &report->document, &report->provenance};
    if (status == EXIT_DONE)
        status = make_document(&making, compare_with);
    cbec_snapshot_end(registry);
    cbec_catalogue_close(catalogue);
    return status;
}

void full_report_free(struct full_report *report)
{
    document_free(&report->document);
    provenance_free(&report->provenance);
}
