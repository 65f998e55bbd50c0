/* cbec report: put together once as a document, and printed to wherever it is wanted. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/provenance.h"
#include "output/bars.h"
#include "output/cells.h"
#include "output/width.h"
#include "util/percent.h"

static struct {
    struct cbec_question question;
    const char *language;
    const char *csv;
    const char *compare_with;
} options;

static const struct option_spec option_specs[] = {
    QUESTION_OPTIONS(options.question),
    {"lang", 0, OPTION_TEXT, "LANGUAGE", "en (the default) or zh", &options.language},
    {"csv", 0, OPTION_TEXT, "FILE", "write the yearly table to this CSV file as well",
     &options.csv},
    {"compare-with", 0, OPTION_TEXT, "N|DAY",
     "show how each year's total was revised since import N or that data date",
     &options.compare_with},
    {0}};

/* ---- The sections ------------------------------------------------------------------------------
 */

struct making {
    struct cbec_registry *registry;
    const struct cbec_catalogue *catalogue;
    struct document *document;
    struct provenance *provenance;
};

/* Columns of new_by_year. */
enum { YEAR = 0, NEW_REGISTRATIONS = 1, COMPLETE = 5 };

static const struct section_spec {
    const char *query; /* or a listing, which has a title of its own */
    const char *listing_title;
    const char *note;
    struct chart chart;
    bool this_year; /* only rows of the as-of date's year */
} section_specs[] = {
    {"new_by_year",
     NULL,
     "years_note",
     {CHART_COLUMNS, YEAR, NEW_REGISTRATIONS, 2, COMPLETE},
     false},
    {"new_by_month", NULL, "months_note", {CHART_COLUMNS, 0, 1, 2, NO_COLUMN}, true},
    {"new_by_province", NULL, "provinces_note", {CHART_BARS, 0, 1, 2, NO_COLUMN}, false},
    {"stock_by_status", NULL, "status_note", {CHART_NONE, 0, 0, 0, 0}, false},
    {"sources", "sources_title", "sources_note", {CHART_NONE, 0, 0, 0, 0}, false},
    {"by_source", NULL, "overlap_note", {CHART_NONE, 0, 0, 0, 0}, false},
    {"refused_rows", NULL, "refused_note", {CHART_NONE, 0, 0, 0, 0}, false},
};

#define YEARS_SECTION 0

static const char *phrase(const struct making *making, const char *key)
{
    return word_phrase(making->document->language, key);
}

static int out_of_memory(void)
{
    complain("out of memory");
    return EXIT_FAILED;
}

/* Copies all rows of a result into a section, and closes it. */
static int fill_section(struct making *making, struct section *section, struct cbec_result *result)
{
    struct cbec_error error;
    const struct cbec_cell *cells;
    enum cbec_status status;
    size_t count = cbec_result_columns(result);
    const char **names = calloc(count, sizeof *names);
    for (size_t i = 0; names && i < count; i++)
        names[i] = cbec_result_column(result, i);
    if (!names || !section) {
        free(names);
        cbec_result_close(result);
        return out_of_memory();
    }
    section_set_columns(making->document, section, names, count);
    free(names);
    while ((status = cbec_result_next(result, &cells, &error)) == CBEC_OK && cells)
        section_add_row(making->document, section, cells);
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
    struct cbec_question question = options.question;
    struct cbec_result *result;
    const char *title = spec->listing_title ? phrase(making, spec->listing_title) : NULL;
    char year[16];
    snprintf(year, sizeof year, "%" PRId64, making->provenance->figures.year);
    if (spec->this_year && *making->provenance->figures.as_of) {
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
    return fill_section(making, section, result);
}

/* ---- Revisions ---------------------------------------------------------------------------------
 */

/* Adds what was known then and is known now of one year; `then` is NULL if nothing was. */
static void add_revision(struct making *making, struct section *section,
                         const struct cbec_cell *then, const struct cbec_cell *now, bool complete)
{
    int64_t known_then = then ? then[NEW_REGISTRATIONS].integer : 0;
    int64_t known_now = now[NEW_REGISTRATIONS].integer;
    double percent = 0;
    bool given = percent_of(known_now - known_then, known_then, &percent);
    const struct cbec_cell cells[] = {
        now[YEAR],
        {.type = CBEC_CELL_INTEGER, .integer = known_then},
        {.type = CBEC_CELL_INTEGER, .integer = known_now},
        {.type = CBEC_CELL_INTEGER, .integer = known_now - known_then},
        {.type = given ? CBEC_CELL_REAL : CBEC_CELL_NULL, .real = percent},
        {.type = CBEC_CELL_INTEGER, .integer = complete},
    };
    section_add_row(making->document, section, cells);
}

/*
 * Joins the years of then to those of now, which reach back as far or further; up to the year of
 * the data of then, and that one was complete only on its last day.
 */
static void join_revisions(struct making *making, struct section *section, const struct table *then,
                           const struct table *now, const struct figures *figures)
{
    size_t row = 0;
    for (size_t i = 0; i < now->rows; i++) {
        const struct cbec_cell *cells = table_cell_at(now, i, 0);
        int64_t year = cells[YEAR].integer;
        if (year > figures->year)
            break;
        while (row < then->rows && table_cell_at(then, row, YEAR)->integer < year)
            row++;
        bool known = row < then->rows && table_cell_at(then, row, YEAR)->integer == year;
        add_revision(making, section, known ? table_cell_at(then, row, 0) : NULL, cells,
                     year < figures->year || figures->complete);
    }
}

static int add_revisions(struct making *making)
{
    static const char *const columns[] = {"year",     "known_then",       "known_now",
                                          "revision", "revision_percent", "complete"};
    struct cbec_question question = options.question;
    struct document earlier; /* holds the years of then */
    struct figures figures = {0};
    struct cbec_result *result;
    const char *title;
    question.known_at = options.compare_with;
    document_begin(&earlier, making->document->language);
    struct making then = *making;
    then.document = &earlier;
    int status = figures_read(making->registry, &question, &figures);
    if (status == EXIT_DONE)
        status = run_named(making, "new_by_year", &question, &title, &result);
    if (status == EXIT_DONE)
        status = fill_section(&then, document_add_section(&earlier, "then", "", NULL), result);
    if (status == EXIT_DONE) {
        struct section *section =
            document_add_section(making->document, "revisions", phrase(making, "revisions_title"),
                                 phrase(making, "revisions_note"));
        if (section) {
            section_set_columns(making->document, section, columns,
                                sizeof columns / sizeof *columns);
            join_revisions(making, section, &earlier.sections[0].table,
                           &making->document->sections[YEARS_SECTION].table, &figures);
        }
    }
    making->document->failed |= earlier.failed;
    figures_free(&figures);
    document_free(&earlier);
    return status;
}

/* ---- The document ------------------------------------------------------------------------------
 */

static int make_document(struct making *making)
{
    struct document *document = making->document;
    struct buffer sentence = {0};
    int status = provenance_read(making->registry, &options.question, document->language,
                                 making->provenance);
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
    if (status == EXIT_DONE && options.compare_with)
        status = add_revisions(making);
    provenance_add_facts(making->provenance, document);
    add_vintage_fact(document, "compared_with", options.compare_with);
    if (status == EXIT_DONE && document->failed)
        return out_of_memory();
    return status;
}

/* ---- On the terminal ---------------------------------------------------------------------------
 */

static int print_chart(const struct table *table)
{
    struct bar *bars = calloc(table->rows ? table->rows : 1, sizeof *bars);
    char(*labels)[24] = calloc(table->rows ? table->rows : 1, sizeof *labels);
    for (size_t i = 0; bars && labels && i < table->rows; i++) {
        const struct cbec_cell *cells = table_cell_at(table, i, 0);
        snprintf(labels[i], sizeof labels[i], "%" PRId64, cells[YEAR].integer);
        bars[i] = (struct bar){.label = slice_of(labels[i]),
                               .value = cells[NEW_REGISTRATIONS].integer,
                               .mark = cells[COMPLETE].integer == 0};
    }
    int width = terminal_width(stdout);
    bool printed =
        bars && labels && bars_print(stdout, bars, table->rows, width && width < 80 ? width : 80);
    free(bars);
    free(labels);
    return printed ? EXIT_DONE : EXIT_FAILED;
}

static int print_table(const struct section *section, enum output_format format, bool chinese,
                       FILE *stream)
{
    const struct table *table = &section->table;
    const struct output_options form = {.terminal_width = terminal_width(stream),
                                        .color = colour_wanted(stream),
                                        .language = chinese ? LANGUAGE_CHINESE : LANGUAGE_ENGLISH};
    struct output *output =
        output_begin(format, stream, &form, (const char *const *)table->names, table->columns);
    for (size_t i = 0; i < table->rows; i++)
        output_row(output, table_cell_at(table, i, 0));
    return output_end(output) ? EXIT_DONE : EXIT_FAILED;
}

static void print_line(const char *text)
{
    struct buffer visible = {0};
    text_visible(slice_of(text), &visible);
    printf("%s\n", buffer_string(&visible));
    buffer_free(&visible);
}

static void print_incomplete(const struct making *making)
{
    const struct figures *figures = &making->provenance->figures;
    const char *form = phrase(making, "incomplete_year");
    const char *place = strstr(form, "%s");
    if (!figures->complete)
        printf("%.*s%" PRId64 "%s\n\n", (int)(place - form), form, figures->year, place + 2);
}

static int print_report(const struct making *making)
{
    const struct document *document = making->document;
    bool chinese = document->language == LANGUAGE_CHINESE;
    print_line(document->sentence);
    putchar('\n');
    if (making->provenance->figures.enterprises > 0) {
        const struct section *years = &document->sections[YEARS_SECTION];
        int status = print_table(years, OUTPUT_TABLE, chinese, stdout);
        putchar('\n');
        if (status == EXIT_DONE)
            status = print_chart(&years->table);
        if (status != EXIT_DONE)
            return status;
        putchar('\n');
        print_incomplete(making);
    }
    if (options.compare_with) {
        const struct section *revisions = &document->sections[document->section_count - 1];
        print_line(revisions->title);
        putchar('\n');
        int status = print_table(revisions, OUTPUT_TABLE, chinese, stdout);
        if (status != EXIT_DONE)
            return status;
        printf("\n%s\n\n", revisions->note);
    }
    struct buffer facts = {0};
    facts_below_each_other(document, &facts);
    fputs(buffer_string(&facts), stdout);
    buffer_free(&facts);
    return EXIT_DONE;
}

/* ---- Files -------------------------------------------------------------------------------------
 */

static bool write_csv(FILE *file, const struct document *document)
{
    return print_table(&document->sections[YEARS_SECTION], OUTPUT_CSV, false, file) == EXIT_DONE;
}

static const struct {
    const char **path;
    bool (*write)(FILE *file, const struct document *document);
} files[] = {
    {&options.csv, write_csv},
};

#define FILES (sizeof files / sizeof *files)

static int check_files(const char *db)
{
    int status = EXIT_DONE;
    for (size_t i = 0; i < FILES && status == EXIT_DONE; i++)
        if (*files[i].path)
            status = check_output(*files[i].path, db);
    return status;
}

static int write_files(const struct document *document)
{
    int status = EXIT_DONE;
    for (size_t i = 0; i < FILES && status == EXIT_DONE; i++) {
        struct output_file file;
        if (!*files[i].path)
            continue;
        status = open_output(&file, *files[i].path);
        if (status != EXIT_DONE)
            break;
        bool written = files[i].write(file.stream, document);
        if (!written)
            complain("cannot write %s: %s", *files[i].path, strerror(errno));
        status = close_output(&file, written);
        if (!written)
            status = EXIT_FAILED;
    }
    return status;
}

static int make_report(struct making *making)
{
    struct cbec_error error;
    if (cbec_snapshot_begin(making->registry, &error) != CBEC_OK)
        return fail(&error);
    int status = make_document(making);
    cbec_snapshot_end(making->registry);
    if (status == EXIT_DONE)
        status = write_files(making->document);
    return status == EXIT_DONE ? print_report(making) : status;
}

static int run_report(struct command_context *context, const struct text_list *arguments)
{
    struct document document;
    struct provenance provenance = {0};
    struct cbec_catalogue *catalogue = NULL;
    struct cbec_error error;
    enum language language;
    if (arguments->count > 0) {
        complain("'%s': report takes no arguments, only options", arguments->at[0]);
        return EXIT_USAGE;
    }
    int status = read_language(options.language, &language);
    if (status == EXIT_DONE)
        status = check_files(context->db);
    if (status != EXIT_DONE)
        return status;
    if (cbec_catalogue_open(NULL, 0, &catalogue, &error) != CBEC_OK)
        return fail(&error);
    document_begin(&document, language);
    struct making making = {context->registry, catalogue, &document, &provenance};
    status = make_report(&making);
    document_free(&document);
    provenance_free(&provenance);
    cbec_catalogue_close(catalogue);
    return status;
}

const struct command command_report = {
    .name = "report",
    .arguments = "",
    .summary = "print the headline sentence, the yearly table and a chart",
    .details =
        "The sentence compares the new registrations of the as-of date's year with the whole "
        "total\n"
        "of the year before. An incomplete year is drawn lighter, and its change_percent compares\n"
        "the same days of both years.\n",
    .opens = true,
    .mode = CBEC_OPEN_READ,
    .options = option_specs,
    .run = run_report,
};
