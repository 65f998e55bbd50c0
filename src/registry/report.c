#include "registry/report.h"

#include <stdlib.h>
#include <string.h>

static const char *const refusal_names[CBEC_REFUSAL_COUNT] = {
    [CBEC_ACCEPTED] = "accepted",
    [CBEC_REFUSED_UNCLOSED_QUOTE] = "unclosed_quote",
    [CBEC_REFUSED_NUL_BYTE] = "nul_byte",
    [CBEC_REFUSED_CELL_TOO_LONG] = "cell_too_long",
    [CBEC_REFUSED_WRONG_WIDTH] = "wrong_width",
    [CBEC_REFUSED_UNMATCHED] = "unmatched",
    [CBEC_REFUSED_NO_NAME] = "no_name",
    [CBEC_REFUSED_NO_FOUNDING_DATE] = "no_founding_date",
    [CBEC_REFUSED_BAD_FOUNDING_DATE] = "bad_founding_date",
    [CBEC_REFUSED_FUTURE_FOUNDING_DATE] = "future_founding_date",
};

static const char *const warning_names[CBEC_WARNING_COUNT] = {
    [CBEC_WARNING_DAMAGED_CODE] = "damaged_code",
    [CBEC_WARNING_INVALID_CODE] = "invalid_code",
    [CBEC_WARNING_PILOT_CODE] = "pilot_code",
    [CBEC_WARNING_UNKNOWN_STATUS] = "unknown_status",
    [CBEC_WARNING_UNKNOWN_PROVINCE] = "unknown_province",
    [CBEC_WARNING_REPLACEMENT_CHARACTER] = "replacement_character",
    [CBEC_WARNING_UNKNOWN_COLUMN] = "unknown_column",
};

const char *cbec_refusal_name(enum cbec_refusal refusal)
{
    return refusal_names[refusal];
}

const char *cbec_warning_name(enum cbec_warning warning)
{
    return warning_names[warning];
}

void report_free(struct report *report)
{
    for (size_t i = 0; i < report->text_count; i++)
        free(report->texts[i]);
    *report = (struct report){0};
}

/* Keeps a copy; "" when there is no memory, since a report is no reason to fail. */
static const char *keep(struct report *report, struct slice text)
{
    if (!text.at)
        return NULL;
    char *copy = report->text_count < REPORT_TEXTS ? strndup(text.at, text.length) : NULL;
    if (!copy)
        return "";
    return report->texts[report->text_count++] = copy;
}

static void keep_example(struct report *report, struct cbec_examples *examples, uint64_t line,
                         struct slice text)
{
    if (examples->count == CBEC_EXAMPLES)
        return;
    examples->line[examples->count] = line;
    examples->text[examples->count++] = keep(report, text);
}

void report_data_date(struct report *report, struct date date, const char *from)
{
    date_format(date, report->data_date);
    report->summary.data_date = report->data_date;
    report->summary.data_date_from = from;
}

void report_refused(struct report *report, enum cbec_refusal refusal, uint64_t line,
                    struct slice text)
{
    report->summary.refused++;
    report->summary.refused_by[refusal]++;
    keep_example(report, &report->summary.refused_examples[refusal], line, text);
}

void report_note(struct report *report, uint64_t line, struct slice text)
{
    report->summary.skipped++;
    keep_example(report, &report->summary.notes, line, text);
}

void report_unknown_status(struct report *report, uint64_t line, struct slice status)
{
    struct cbec_examples *examples = &report->summary.unknown_statuses;
    for (size_t i = 0; i < examples->count; i++)
        if (slice_equal(slice_of(examples->text[i]), status))
            return;
    keep_example(report, examples, line, status);
}

/* Writes the counts that are not 0, each with its name. */
static enum cbec_status save_counts(const struct cbec_import_summary *summary,
                                    struct cbec_registry *registry, const char *insertion,
                                    const char *const *names, size_t name_count,
                                    const uint64_t *counts, struct cbec_error *error)
{
    struct statement insert;
    enum cbec_status status = statement_prepare_text(&insert, registry, insertion, NULL, error);
    for (size_t i = 0; i < name_count && status == CBEC_OK; i++) {
        if (counts[i] == 0)
            continue;
        statement_bind_integer(&insert, 1, summary->import);
        statement_bind_text(&insert, 2, slice_of(names[i]));
        statement_bind_integer(&insert, 3, (int64_t)counts[i]);
        status = statement_run(&insert, error);
    }
    statement_finish(&insert);
    return status;
}

enum cbec_status report_save(struct report *report, struct cbec_registry *registry,
                             const unsigned char hash[HASH_SIZE], struct cbec_error *error)
{
    struct cbec_import_summary *summary = &report->summary;
    summary->rows = summary->added + summary->updated + summary->unchanged + summary->refused;
    struct statement finish;
    enum cbec_status status = statement_prepare(&finish, registry, "import_finish", error);
    if (status == CBEC_OK) {
        statement_bind_integer(&finish, 1, summary->import);
        statement_bind_integer(&finish, 2, (int64_t)summary->added);
        statement_bind_integer(&finish, 3, (int64_t)summary->updated);
        statement_bind_integer(&finish, 4, (int64_t)summary->unchanged);
        statement_bind_integer(&finish, 5, (int64_t)summary->refused);
        statement_bind_integer(&finish, 6, (int64_t)summary->skipped);
        statement_bind_blob(&finish, 7, hash, HASH_SIZE);
        status = statement_run(&finish, error);
    }
    statement_finish(&finish);
    if (status == CBEC_OK)
        status = save_counts(summary, registry, "INSERT INTO import_warning VALUES (?1, ?2, ?3)",
                             warning_names, CBEC_WARNING_COUNT, summary->warnings, error);
    if (status == CBEC_OK)
        status = save_counts(summary, registry, "INSERT INTO refused_count VALUES (?1, ?2, ?3)",
                             refusal_names, CBEC_REFUSAL_COUNT, summary->refused_by, error);
    return status;
}

/* ---- Finding one again -------------------------------------------------------------------------
 */

static void read_found(struct report *report, struct statement *find)
{
    struct cbec_import_summary *summary = &report->summary;
    summary->already_imported = true;
    summary->import = statement_integer(find, 0);
    summary->source = keep(report, statement_text(find, 1));
    summary->data_date = keep(report, statement_text(find, 2));
    summary->data_date_from = keep(report, statement_text(find, 3));
    summary->format = keep(report, statement_text(find, 4));
    summary->encoding = keep(report, statement_text(find, 5));
    summary->header_row = (uint64_t)statement_integer(find, 6);
    uint64_t *const counts[] = {&summary->rows,      &summary->added,   &summary->updated,
                                &summary->unchanged, &summary->refused, &summary->skipped};
    for (int i = 0; i < (int)(sizeof counts / sizeof *counts); i++)
        *counts[i] = (uint64_t)statement_integer(find, 7 + i);
}

/* Reads rows of a name and a count into the counts of these names. */
static enum cbec_status read_counts(struct cbec_registry *registry, const char *sql, int64_t import,
                                    const char *const *names, size_t name_count, uint64_t *counts,
                                    struct cbec_error *error)
{
    struct statement statement;
    enum cbec_status status = statement_prepare_text(&statement, registry, sql, NULL, error);
    statement_bind_integer(&statement, 1, import);
    memset(counts, 0, name_count * sizeof *counts);
    for (bool row = true; status == CBEC_OK;) {
        status = statement_step(&statement, &row, error);
        if (status != CBEC_OK || !row)
            break;
        for (size_t i = 0; i < name_count; i++)
            if (slice_equal(statement_text(&statement, 0), slice_of(names[i])))
                counts[i] = (uint64_t)statement_integer(&statement, 1);
    }
    statement_finish(&statement);
    return status;
}

enum cbec_status report_find(struct report *report, struct cbec_registry *registry,
                             const unsigned char hash[HASH_SIZE], bool *found,
                             struct cbec_error *error)
{
    struct statement find;
    *found = false;
    enum cbec_status status = statement_prepare(&find, registry, "import_find", error);
    if (status == CBEC_OK) {
        statement_bind_blob(&find, 1, hash, HASH_SIZE);
        status = statement_step(&find, found, error);
    }
    if (*found)
        read_found(report, &find);
    statement_finish(&find);
    if (status != CBEC_OK || !*found)
        return status;
    status = read_counts(registry, "SELECT warning, rows FROM import_warning WHERE import = ?1",
                         report->summary.import, warning_names, CBEC_WARNING_COUNT,
                         report->summary.warnings, error);
    if (status == CBEC_OK)
        status = read_counts(registry, "SELECT reason, rows FROM refused_count WHERE import = ?1",
                             report->summary.import, refusal_names, CBEC_REFUSAL_COUNT,
                             report->summary.refused_by, error);
    return status;
}
