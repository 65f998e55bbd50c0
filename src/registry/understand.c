/* What a file is, before any row of it is taken in: its header, its source, the day it speaks of.
 */
#include "registry/importing.h"
#include "registry/source.h"
#include "util/error.h"

/* ---- The header --------------------------------------------------------------------------------
 */

static size_t nearness(struct header_score score)
{
    return score.known + 2 * (size_t)score.name + 2 * (size_t)score.founded_on;
}

static void describe_nearest(struct importing *importing, const struct row *row)
{
    struct buffer *text = &importing->nearest_row;
    buffer_clear(text);
    for (size_t i = 0; i < row->count && text->length < 400; i++) {
        if (row->cells[i].text.length == 0)
            continue;
        if (text->length)
            buffer_append(text, SLICE(", "));
        buffer_append(text, row->cells[i].text);
    }
}

static bool look_for_header(void *context, const struct row *row)
{
    struct importing *importing = context;
    struct header_score score;
    if (!row) {
        buffer_clear(&importing->declaration);
        return false;
    }
    if (columns_read_header(&importing->columns, row, &score)) {
        importing->header_row = row->line;
        return true;
    }
    if (nearness(score) > nearness(importing->nearest)) {
        importing->nearest = score;
        importing->header_row = row->line;
        describe_nearest(importing, row);
    }
    for (size_t i = 0; i < row->count; i++)
        buffer_append(&importing->declaration, row->cells[i].text);
    return false;
}

static enum cbec_status no_header(struct importing *importing, struct cbec_error *error)
{
    const char *path = importing->export->path;
    if (importing->nearest.known == 0)
        return error_set(error, CBEC_ERROR_INPUT,
                         "%s: no header: none of the first %d rows names a column that is known; "
                         "name them with --map name=COLUMN --map founded_on=COLUMN",
                         path, HEADER_ROWS);
    bool named = importing->nearest.name, dated = importing->nearest.founded_on;
    const char *missing = named   ? "no founding date column"
                          : dated ? "no name column"
                                  : "neither a name nor a founding date column";
    const char *map = named   ? "--map founded_on=COLUMN"
                      : dated ? "--map name=COLUMN"
                              : "--map name=COLUMN --map founded_on=COLUMN";
    return error_set(error, CBEC_ERROR_INPUT,
                     "%s: no header: row %llu comes nearest (%s), but has %s; name it with %s",
                     path, (unsigned long long)importing->header_row,
                     buffer_string(&importing->nearest_row), missing, map);
}

static bool is_header(void *context, const struct row *row)
{
    struct header_score score;
    return columns_read_header(context, row, &score);
}

/* A file is one table: of others in it the user is told. */
static void look_for_other_tables(struct importing *importing)
{
    struct columns columns = {.aliases = importing->aliases,
                              .alias_count = importing->options->map_count};
    export_other_tables(importing->export, is_header, &columns, &importing->other_sheets);
    columns_free(&columns);
}

enum cbec_status understand_header(struct importing *importing, struct cbec_error *error)
{
    bool found;
    enum cbec_status status =
        export_find_table(importing->export, look_for_header, importing, &found, error);
    if (status == CBEC_OK && !found)
        status = no_header(importing, error);
    importing->builder.columns = &importing->columns;
    if (status == CBEC_OK)
        look_for_other_tables(importing);
    return status;
}

/* ---- The data date -----------------------------------------------------------------------------
 */

static void see_date(struct dates_seen *seen, struct date date)
{
    bool full = date_is_full(date);
    struct date day = date_last_day(date);
    struct date *latest = full ? &seen->latest : &seen->latest_vague;
    if (full && date_compare(day, seen->today) > 0)
        return;
    if (!full && date_compare(date_first_day(date), seen->today) > 0)
        return;
    if (!latest->year || date_compare(day, *latest) > 0)
        *latest = day;
}

void understand_dates_of(struct importing *importing, const struct record *record,
                         const struct reading_of_row *reading)
{
    struct dates_seen *seen = &importing->dates_seen;
    seen->has_later_rows |= reading->refusal == CBEC_REFUSED_FUTURE_FOUNDING_DATE;
    if (reading->kind != ROW_RECORD)
        return;
    see_date(seen, record->founded);
    if (reading->approved.year)
        see_date(seen, reading->approved);
    struct date beginning = date_first_day(record->founded);
    if (!date_is_full(record->founded) && date_compare(beginning, seen->latest_beginning) > 0)
        seen->latest_beginning = beginning;
}

/* In the reading thread. */
static bool survey_row(void *context, const struct row *row, struct batch *batch)
{
    struct importing *importing = context;
    struct record record;
    struct reading_of_row reading;
    if (row->line <= importing->header_row)
        return true;
    uint64_t *ordinal = batch_item(batch);
    if (!ordinal)
        return false;
    *ordinal = row->ordinal;
    record_build(&importing->builder, row, &record, &reading);
    if (reading.dated)
        importing->dates_seen.last_dated_line = row->line;
    understand_dates_of(importing, &record, &reading);
    return true;
}

static bool count_row(void *context, void *ordinal)
{
    return importing_goes_on(context, *(const uint64_t *)ordinal);
}

/* Reads the whole file for its dates. */
static enum cbec_status survey_rows(struct importing *importing, struct cbec_error *error)
{
    const struct ahead_work work = {
        .context = importing, .item_size = sizeof(uint64_t), .make = survey_row, .take = count_row};
    struct date known = importing->builder.data_date;
    importing->builder.data_date = (struct date){0};
    enum cbec_status status = export_read_ahead(importing->export, &work, error);
    importing->builder.data_date = known;
    importing->builder.last_dated_line = importing->dates_seen.last_dated_line;
    return status == CBEC_OK ? importing->status : status;
}

/* Takes the data date from the rows that have been read. */
static enum cbec_status take_surveyed_date(struct importing *importing, struct cbec_error *error)
{
    const struct dates_seen *seen = &importing->dates_seen;
    struct date date = seen->latest.year ? seen->latest : seen->latest_vague;
    if (!date.year)
        return error_set(error, CBEC_ERROR_INPUT,
                         "%s: no data date: neither its name nor a row tells the day it speaks of; "
                         "name it with --data-date",
                         importing->export->path);
    importing->builder.data_date = date;
    report_data_date(&importing->report, date, "columns");
    return CBEC_OK;
}

enum cbec_status understand_data_date(struct importing *importing, bool guesses,
                                      struct cbec_error *error)
{
    struct export *export = importing->export;
    struct date *data_date = &importing->builder.data_date;
    const char *from = NULL;
    if (importing->option_date.year) {
        *data_date = importing->option_date;
        from = "option";
    } else if (date_find_in_name(slice_of(export->name), data_date) ||
               (export->archive && date_find_in_name(slice_of(export->archive), data_date))) {
        from = "name";
    }
    bool has_two_columns = importing->columns.named == 2;
    importing->dates_seen = (struct dates_seen){.today = date_today()};
    importing->date_guessed = !from && guesses && !has_two_columns;
    if (importing->date_guessed) {
        *data_date = importing->dates_seen.today;
        from = "columns";
    } else if (!from || has_two_columns) {
        enum cbec_status status = survey_rows(importing, error);
        if (status != CBEC_OK)
            return status;
    }
    if (!from)
        return take_surveyed_date(importing, error);
    report_data_date(&importing->report, *data_date, from);
    return CBEC_OK;
}

enum cbec_status understand_guessed_date(struct importing *importing, struct cbec_error *error)
{
    const struct dates_seen *seen = &importing->dates_seen;
    if (!importing->date_guessed)
        return CBEC_OK;
    enum cbec_status status = take_surveyed_date(importing, error);
    if (status != CBEC_OK)
        return status;
    /* A row may lie behind the data date, and not behind today. */
    importing->guessed_wrong =
        seen->has_later_rows ||
        date_compare(seen->latest_beginning, importing->builder.data_date) > 0;
    return importing->guessed_wrong ? CBEC_ERROR_INPUT : CBEC_OK;
}

/* ---- The source -------------------------------------------------------------------------------
 */

void understand_source(struct importing *importing)
{
    const struct export *export = importing->export;
    const char *source = importing->options->source;
    if (source)
        source = source_of_option(source);
    if (!source)
        source = source_in(slice_of(export->name));
    if (!source && export->archive)
        source = source_in(slice_of(export->archive));
    if (!source)
        source = source_in(buffer_slice(&importing->declaration));
    importing->report.summary.source = source ? source : "other";
}
