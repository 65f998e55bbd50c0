/* The import: one export at a time, each in a transaction of its own. */
#include <stdlib.h>
#include <string.h>

#include "registry/importing.h"
#include "registry/parts.h"
#include "registry/source.h"
#include "util/error.h"
#include "util/paths.h"

/* Of a text file's rows; those of a workbook are smaller, but there are never more than a million.
 */
#define BYTES_PER_ROW 400

/* Tells the user's function at once, where much time may have gone by. */
static bool asks(struct importing *importing, uint64_t rows)
{
    const struct cbec_import_options *options = importing->options;
    if (!options->progress)
        return true;
    const struct cbec_progress progress = {.path = importing->export->path,
                                           .bytes = importing->position,
                                           .bytes_total = importing->export->size,
                                           .rows = rows};
    if (options->progress(options->context, &progress))
        return true;
    importing->status =
        error_set(importing->error, CBEC_ERROR_CANCELLED, "%s: stopped; nothing of it is taken in",
                  importing->export->path);
    return false;
}

/* Rows between two calls of the progress function. */
#define PROGRESS_ROWS 256

bool importing_goes_on(struct importing *importing, uint64_t rows)
{
    const struct cbec_import_options *options = importing->options;
    if (!options->progress || ++importing->calls % PROGRESS_ROWS != 0)
        return true;
    return asks(importing, rows);
}

/* ---- One export --------------------------------------------------------------------------------
 */

static const char *format_of(const struct export *export)
{
    static const char *const formats[][2] = {
        [CONTAINER_TEXT] = {"csv", "zip+csv"},
        [CONTAINER_XLSX] = {"xlsx", "zip+xlsx"},
        [CONTAINER_XLS] = {"xls", "zip+xls"},
    };
    return formats[export->container][export->archive != NULL];
}

/* The numbers by which rows go on file. */
static enum cbec_status number_import(struct importing *importing, struct cbec_error *error)
{
    enum cbec_status status =
        registry_integer(importing->registry, "SELECT coalesce(max(id), 0) + 1 FROM import",
                         &importing->import, error);
    importing->report.summary.import = importing->import;
    return status == CBEC_OK ? source_number(importing->registry, importing->report.summary.source,
                                             &importing->source, error)
                             : status;
}

/*
 * Puts the import on file when its rows are: a page that is changed after it has been written to
 * the log has SQLite read all of the log behind it once more at the commit.
 */
static enum cbec_status insert_import(struct importing *importing, struct cbec_error *error)
{
    const struct cbec_import_summary *summary = &importing->report.summary;
    const struct export *export = importing->export;
    struct statement insert;
    enum cbec_status status =
        statement_prepare(&insert, importing->registry, "import_insert", error);
    if (status == CBEC_OK) {
        statement_bind_integer(&insert, 1, importing->import);
        statement_bind_text(&insert, 2, slice_of(export->path));
        statement_bind_blob(&insert, 3, importing->hash, HASH_SIZE); /* zeros if not known yet */
        statement_bind_integer(&insert, 4, (int64_t) export->size);
        statement_bind_integer(&insert, 5, importing->source);
        statement_bind_text(&insert, 6, slice_of(summary->data_date));
        statement_bind_text(&insert, 7, slice_of(summary->data_date_from));
        statement_bind_text(&insert, 8, slice_of(summary->format));
        statement_bind_text(&insert, 9, slice_of(summary->encoding));
        statement_bind_integer(&insert, 10, (int64_t)summary->header_row);
        statement_bind_text(&insert, 11, slice_of(cbec_version()));
        status = statement_run(&insert, error);
    }
    statement_finish(&insert);
    return status;
}

/* Who has the last word is not known while the data date is a guess, which may prove too late. */
static enum cbec_status find_last_word(struct importing *importing, struct cbec_error *error)
{
    struct statement find;
    if (importing->date_guessed)
        return CBEC_OK;
    enum cbec_status status = statement_prepare_text(
        &find, importing->registry, "SELECT 1 FROM import WHERE data_date > ?1", NULL, error);
    bool is_later = true;
    if (status == CBEC_OK) {
        statement_bind_text(&find, 1, slice_of(importing->report.summary.data_date));
        status = statement_step(&find, &is_later, error);
    }
    importing->store.has_last_word = !is_later;
    statement_finish(&find);
    return status;
}

/* Waits for the hash that is worked out meanwhile. The encoding may prove wrong: then all
 * has to be done again. */
static enum cbec_status end_survey(struct importing *importing, struct cbec_error *error)
{
    if (!importing->surveying)
        return CBEC_OK;
    enum cbec_status status = survey_end(&importing->survey, error);
    memcpy(importing->hash, importing->survey.hash, HASH_SIZE);
    importing->surveying = false;
    importing->hash_known = true;
    importing->guessed_wrong |= status == CBEC_OK && !importing->survey.was_right;
    return importing->guessed_wrong ? CBEC_ERROR_INPUT : status;
}

static enum cbec_status read_rows(struct importing *importing, struct cbec_error *error)
{
    enum cbec_status status = number_import(importing, error);
    if (status == CBEC_OK)
        status = store_open(&importing->store, importing->registry,
                            importing->export->size / BYTES_PER_ROW, error);
    if (status == CBEC_OK)
        status = find_last_word(importing, error);
    if (status == CBEC_OK)
        status =
            statement_prepare(&importing->refuse, importing->registry, "refused_row_insert", error);
    if (status == CBEC_OK)
        status = import_rows(importing, error);
    importing->decoded = status == CBEC_OK;
    if (status == CBEC_OK)
        status = understand_guessed_date(importing, error);
    if (status == CBEC_OK)
        status = insert_import(importing, error);
    if (status == CBEC_OK && importing->surveying)
        survey_rest(&importing->survey);
    if (status == CBEC_OK)
        status = store_settle(&importing->store, error);
    if (status == CBEC_OK)
        status = end_survey(importing, error);
    statement_finish(&importing->refuse);
    store_close(&importing->store);
    return status == CBEC_OK
               ? report_save(&importing->report, importing->registry, importing->hash, error)
               : status;
}

static enum cbec_status strict_failure(const struct importing *importing, struct cbec_error *error)
{
    const struct cbec_import_summary *summary = &importing->report.summary;
    enum cbec_refusal reason = CBEC_ACCEPTED;
    while (summary->refused_by[reason] == 0)
        reason++;
    return error_set(error, CBEC_ERROR_INPUT,
                     "%s: %llu of %llu rows refused (--strict): %s in line %llu%s",
                     importing->export->path, (unsigned long long)summary->refused,
                     (unsigned long long)summary->rows, cbec_refusal_name(reason),
                     (unsigned long long)summary->refused_examples[reason].line[0],
                     summary->refused > 1 ? " and others" : "");
}

/* Whether a file of this size was taken in: only then may this one have been. */
static enum cbec_status size_is_known(struct importing *importing, bool *known,
                                      struct cbec_error *error)
{
    struct statement find;
    enum cbec_status status = statement_prepare_text(
        &find, importing->registry, "SELECT 1 FROM import WHERE bytes = ?1", NULL, error);
    statement_bind_integer(&find, 1, (int64_t)importing->export->size);
    if (status == CBEC_OK)
        status = statement_step(&find, known, error);
    statement_finish(&find);
    return status;
}

/* Whether it was taken in meanwhile; the hash is waited for only if it may have been. */
static enum cbec_status find_import(struct importing *importing, bool *already,
                                    struct cbec_error *error)
{
    bool known;
    *already = false;
    enum cbec_status status = size_is_known(importing, &known, error);
    if (status != CBEC_OK || !known)
        return status;
    if (!importing->hash_known)
        status = end_survey(importing, error);
    return status == CBEC_OK ? report_find(&importing->report, importing->registry, importing->hash,
                                           already, error)
                             : status;
}

/* The same before anything else is looked at, for the time that it takes to hash the file. */
static enum cbec_status find_same_file(struct importing *importing, bool *already,
                                       struct cbec_error *error)
{
    bool known;
    enum cbec_status status = size_is_known(importing, &known, error);
    if (status != CBEC_OK || !known)
        return status;
    status = survey_hash(importing->export, importing->hash, error);
    importing->hash_known = status == CBEC_OK;
    return status == CBEC_OK ? report_find(&importing->report, importing->registry, importing->hash,
                                           already, error)
                             : status;
}

/* Everything that is written, from the first row to the commit. */
static enum cbec_status import_transaction(struct importing *importing, struct cbec_error *error)
{
    bool strict = importing->options->strict;
    bool already = false;
    enum cbec_status status = registry_begin(importing->registry, error);
    if (status != CBEC_OK)
        return status;
    /* Another process may have taken it in while this one read its header. */
    status = find_import(importing, &already, error);
    if (status == CBEC_OK && !already)
        status = read_rows(importing, error);
    if (status == CBEC_OK && strict && !already && importing->report.summary.refused > 0)
        status = strict_failure(importing, error);
    if (status == CBEC_OK && !already && !asks(importing, importing->report.summary.rows))
        status = importing->status;
    if (status == CBEC_OK && !already && !importing->options->dry_run)
        status = registry_commit(importing->registry, error);
    registry_rollback(importing->registry);
    return status;
}

static enum cbec_status understand(struct importing *importing, bool guesses,
                                   struct cbec_error *error)
{
    struct cbec_import_summary *summary = &importing->report.summary;
    struct export *export = importing->export;
    enum cbec_status status = understand_header(importing, error);
    if (status != CBEC_OK)
        return status;
    understand_source(importing);
    summary->format = format_of(export);
    summary->encoding = export->encoding;
    summary->header_row = importing->header_row;
    summary->sheet = export->sheet_name;
    summary->warnings[CBEC_WARNING_UNKNOWN_COLUMN] = importing->columns.unknown_count;
    summary->columns_understood = buffer_string(&importing->columns.understood);
    summary->columns_unknown = buffer_string(&importing->columns.unknown);
    summary->other_sheets = buffer_string(&importing->other_sheets);
    summary->columns_missing = buffer_string(&importing->columns.missing);
    return understand_data_date(importing, guesses, error);
}

/* Whether what is wrong with a text may be that its encoding was guessed wrong. Of UTF-8 that is
 * for the survey to say; of others nobody knows but who read it to its end. */
static bool may_be_guessed_wrong(struct importing *importing)
{
    if (importing->export->container != CONTAINER_TEXT || importing->options->encoding)
        return false;
    if (!importing->survey.checks_encoding)
        return !importing->decoded;
    end_survey(importing, NULL);
    return importing->guessed_wrong;
}

static enum cbec_status import_steps(struct importing *importing, bool guesses,
                                     struct cbec_error *error)
{
    struct export *export = importing->export;
    bool already = false;
    enum cbec_status status = find_same_file(importing, &already, error);
    if (status != CBEC_OK || already)
        return status;
    importing->surveying = guesses && !importing->options->encoding;
    status = importing->surveying
                 ? survey_begin(&importing->survey, export, error)
                 : survey_file(export, importing->options->encoding, importing->hash, error);
    if (status == CBEC_OK && !asks(importing, 0))
        status = importing->status;
    if (status == CBEC_OK)
        status = understand(importing, guesses, error);
    if (status == CBEC_OK)
        status = import_transaction(importing, error);
    importing->guessed_wrong |=
        guesses && status == CBEC_ERROR_INPUT && may_be_guessed_wrong(importing);
    return status;
}

/* The parts of `importing` that belong to one export. */
static void forget_export(struct importing *importing)
{
    survey_free(&importing->survey);
    columns_free(&importing->columns);
    buffer_free(&importing->nearest_row);
    buffer_free(&importing->other_sheets);
    buffer_free(&importing->declaration);
    record_builder_free(&importing->builder);
    identity_keys_free(&importing->keys);
    report_free(&importing->report);
    const struct importing clean = {.registry = importing->registry,
                                    .options = importing->options,
                                    .aliases = importing->aliases,
                                    .alias_names = importing->alias_names,
                                    .option_date = importing->option_date,
                                    .reported = importing->reported};
    *importing = clean;
}

static void tell(struct importing *importing, const struct cbec_import_summary *summary)
{
    importing->reported = true;
    if (importing->options->done)
        importing->options->done(importing->options->context, summary);
}

static void begin_export(struct importing *importing, struct export *export,
                         struct cbec_error *error)
{
    importing->export = export;
    importing->error = error;
    importing->columns.aliases = importing->aliases;
    importing->columns.alias_count = importing->options->map_count;
    importing->report.summary.path = export->path;
    export->position = &importing->position;
}

static enum cbec_status import_export(void *context, struct export *export,
                                      struct cbec_error *error)
{
    struct importing *importing = context;
    begin_export(importing, export, error);
    enum cbec_status status = import_steps(importing, true, error);
    if (importing->guessed_wrong) {
        forget_export(importing);
        begin_export(importing, export, error);
        status = import_steps(importing, false, error);
    }
    if (status != CBEC_OK)
        importing->report.summary.error = error->message;
    tell(importing, &importing->report.summary);
    forget_export(importing);
    return status;
}

static void unusable_member(void *context, const char *path, const struct cbec_error *error)
{
    struct importing *importing = context;
    const struct cbec_import_summary summary = {.path = path, .error = error->message};
    tell(importing, &summary);
}

/* Asked while nothing has been read yet. */
static bool is_stopped(void *context)
{
    const struct cbec_import_options *options = ((struct importing *)context)->options;
    const struct cbec_progress nothing = {.path = ""};
    return options->progress && !options->progress(options->context, &nothing);
}

static enum cbec_status check_is_no_part(const struct cbec_registry *registry, const char *path,
                                         struct cbec_error *error)
{
    return registry->path && registry_has_part(registry->path, path_of_input(path))
               ? error_set(error, CBEC_ERROR_INPUT,
                           "%s is the registry or a part of it, not an export", path)
               : CBEC_OK;
}

/* ---- Options -----------------------------------------------------------------------------------
 */

static enum cbec_status refuse_map(const char *map, struct cbec_error *error)
{
    struct buffer names = {0};
    field_names_list(&names);
    error_set(error, CBEC_ERROR_USAGE, "--map %s: write FIELD=COLUMN, FIELD being one of %s", map,
              buffer_string(&names));
    buffer_free(&names);
    return CBEC_ERROR_USAGE;
}

static enum cbec_status read_options(struct importing *importing, struct cbec_error *error)
{
    const struct cbec_import_options *options = importing->options;
    if (options->data_date &&
        (!date_parse_iso(slice_of(options->data_date), &importing->option_date) ||
         !date_is_full(importing->option_date)))
        return error_set(error, CBEC_ERROR_USAGE, "'%s' is no day: write --data-date YYYY-MM-DD",
                         options->data_date);
    if (options->source && !source_name_is_valid(options->source))
        return error_set(error, CBEC_ERROR_USAGE,
                         "'%s' is no name for a source: it must not be empty, begin or end with "
                         "a blank, nor hold '+' or control characters",
                         options->source);
    importing->aliases = calloc(options->map_count + 1, sizeof *importing->aliases);
    importing->alias_names = calloc(options->map_count + 1, sizeof *importing->alias_names);
    if (!importing->aliases || !importing->alias_names)
        return error_no_memory(error);
    for (size_t i = 0; i < options->map_count; i++)
        if (!column_alias_parse(options->map[i], &importing->alias_names[i],
                                &importing->aliases[i]))
            return refuse_map(options->map[i], error);
    return CBEC_OK;
}

enum cbec_status cbec_import(struct cbec_registry *registry, const char *path,
                             const struct cbec_import_options *options, struct cbec_error *error)
{
    static const struct cbec_import_options none = {0};
    struct cbec_error own;
    struct importing importing = {.registry = registry, .options = options ? options : &none};
    if (!error)
        error = &own;
    *error = (struct cbec_error){0};
    enum cbec_status status = read_options(&importing, error);
    if (status == CBEC_OK) {
        const struct file_patience patience = {is_stopped, &importing};
        status = check_is_no_part(registry, path, error);
        if (status == CBEC_OK)
            status =
                export_each(path, &patience, import_export, unusable_member, &importing, error);
        if (status != CBEC_OK && !importing.reported)
            unusable_member(&importing, path, error);
    }
    for (size_t i = 0; importing.alias_names && i < importing.options->map_count; i++)
        buffer_free(&importing.alias_names[i]);
    free(importing.alias_names);
    free(importing.aliases);
    return status;
}
