/* The rows of an import: made ready in the reading thread, put on file in the other one. */
#include "registry/importing.h"
#include "util/error.h"

/* What becomes of a row, as the reading thread hands it over. */
struct made_row {
    uint64_t line;
    uint64_t ordinal;
    struct reading_of_row reading;
    struct slice text;        /* of a refused row or a note */
    struct prepared prepared; /* of a record */
};

/* ---- Making ready ------------------------------------------------------------------------------
 */

static void copy_value(struct batch *batch, struct value *value)
{
    value->text = batch_text(batch, value->text);
}

/* Copies the texts that are used when the row is gone. */
static void copy_record(struct batch *batch, struct prepared *prepared)
{
    struct record *record = &prepared->record;
    struct facts *facts = &prepared->facts;
    struct value *const of_facts[] = {&facts->province, &facts->city, &facts->industry,
                                      &facts->type, &facts->currency};
    for (int field = 0; field < FIELD_COUNT; field++)
        if (!prepared->kept.of[field].number)
            copy_value(batch, &prepared->kept.of[field]);
    for (size_t i = 0; i < sizeof of_facts / sizeof *of_facts; i++)
        if (!of_facts[i]->number)
            copy_value(batch, of_facts[i]);
    struct slice number = batch_text(batch, record->text[FIELD_REGISTRATION_NO]);
    memset(record->text, 0, sizeof record->text);
    record->text[FIELD_NAME] = prepared->kept.of[FIELD_NAME].text;
    record->text[FIELD_CREDIT_CODE] = prepared->kept.of[FIELD_CREDIT_CODE].text;
    record->text[FIELD_REGISTRATION_NO] = number;
}

static bool make_record(struct importing *importing, const struct record *record,
                        struct batch *batch, struct made_row *made)
{
    /* In a list that comes again few rows need keys: the thread that takes rows in makes those, and
     * all prints, as it then has less to do than this one. */
    enum outcome probably = importing->last_outcome;
    bool needs_keys = probably != OUTCOME_UNCHANGED;
    if (!prepare_record(&importing->store.settling.deriving, needs_keys ? &importing->keys : NULL,
                        record, probably == OUTCOME_NEW, &made->prepared) ||
        importing->builder.no_memory)
        return false;
    if (needs_keys)
        made->prepared.print = print_of(importing->source, &made->prepared.kept);
    copy_record(batch, &made->prepared);
    made->reading.status = batch_text(batch, made->reading.status);
    return true;
}

static bool make_text(struct importing *importing, const struct row *row, struct batch *batch,
                      struct made_row *made)
{
    struct buffer text = {0};
    if (made->reading.kind == ROW_REFUSED)
        record_describe_row(&importing->builder, row, &text);
    for (size_t i = 0; i < row->count && made->reading.kind == ROW_NOTE; i++)
        buffer_append(&text, row->cells[i].text);
    made->text = batch_text(batch, slice_of(buffer_string(&text)));
    bool failed = text.failed;
    buffer_free(&text);
    return !failed;
}

static bool make_row(void *context, const struct row *row, struct batch *batch)
{
    struct importing *importing = context;
    struct record record;
    if (row->line <= importing->header_row)
        return true;
    struct made_row *made = batch_item(batch);
    if (!made)
        return false;
    made->line = row->line;
    made->ordinal = row->ordinal;
    record_build(&importing->builder, row, &record, &made->reading);
    if (importing->date_guessed)
        understand_dates_of(importing, &record, &made->reading);
    if (made->reading.kind == ROW_RECORD)
        importing->out_of_memory |= !make_record(importing, &record, batch, made);
    else if (made->reading.kind != ROW_EMPTY)
        importing->out_of_memory |= !make_text(importing, row, batch, made);
    return !importing->out_of_memory;
}

/* Where a thread has to wait for the other one, it goes on with the survey, unless that does. */
static bool do_something_else(void *context)
{
    struct importing *importing = context;
    if (pthread_mutex_trylock(&importing->idle_mutex) != 0)
        return false;
    bool goes_on = importing->surveying && survey_step(&importing->survey);
    pthread_mutex_unlock(&importing->idle_mutex);
    return goes_on;
}

/* ---- Taking in ---------------------------------------------------------------------------------
 */

static void refuse_row(struct importing *importing, const struct made_row *made)
{
    enum cbec_refusal refusal = made->reading.refusal;
    report_refused(&importing->report, refusal, made->line, made->text);
    statement_bind_integer(&importing->refuse, 1, importing->import);
    statement_bind_integer(&importing->refuse, 2, (int64_t)made->line);
    statement_bind_text(&importing->refuse, 3, slice_of(cbec_refusal_name(refusal)));
    statement_bind_text(&importing->refuse, 4, made->text);
    importing->status = statement_run(&importing->refuse, importing->error);
}

static void accept_row(struct importing *importing, struct made_row *made)
{
    enum outcome outcome;
    const struct reading_of_row *reading = &made->reading;
    struct cbec_import_summary *summary = &importing->report.summary;
    if (!made->prepared.print)
        made->prepared.print = print_of(importing->source, &made->prepared.kept);
    importing->status =
        store_record(&importing->store, place_of(importing->import, made->line), importing->source,
                     &made->prepared, &outcome, importing->error);
    if (importing->last_outcome != outcome)
        importing->last_outcome = outcome;
    summary->added += outcome == OUTCOME_NEW;
    summary->updated += outcome == OUTCOME_UPDATED;
    summary->unchanged += outcome == OUTCOME_UNCHANGED;
    for (int warning = 0; warning < CBEC_WARNING_COUNT; warning++)
        summary->warnings[warning] += reading->warned[warning];
    if (reading->status.at)
        report_unknown_status(&importing->report, made->line, reading->status);
}

/* Of rows that say nothing new hardly one needs keys, and none is known to before it is taken. */
static bool looks_far(void *context)
{
    const struct importing *importing = context;
    const struct cbec_import_summary *summary = &importing->report.summary;
    return summary->unchanged < summary->added + summary->updated &&
           keys_look_far(&importing->store.identity.on_file);
}

static void foresee_row(void *context, const void *item)
{
    struct importing *importing = context;
    const struct made_row *made = item;
    for (int kind = 0; kind < KEY_KINDS && made->prepared.has_keys; kind++)
        if (made->prepared.keys.of[kind].given)
            keys_foresee(&importing->store.identity.on_file, made->prepared.keys.of[kind].hash);
}

static void expect_row(void *context, const void *item)
{
    const struct importing *importing = context;
    const struct made_row *made = item;
    for (int kind = 0; kind < KEY_KINDS && made->prepared.has_keys; kind++)
        keys_expect(&importing->store.identity.on_file, made->prepared.keys.of[kind].hash);
}

static bool take_row(void *context, void *item)
{
    struct importing *importing = context;
    struct made_row *made = item;
    if (made->line > UINT32_MAX) {
        importing->status =
            error_set(importing->error, CBEC_ERROR_INPUT, "%s: more than %u lines: split the file",
                      importing->export->path, UINT32_MAX);
        return false;
    }
    if (!importing_goes_on(importing, made->ordinal))
        return false;
    if (made->reading.kind == ROW_EMPTY) {
        importing->pending_empty++;
        return true;
    }
    importing->report.summary.skipped += importing->pending_empty;
    importing->pending_empty = 0;
    if (made->reading.kind == ROW_RECORD)
        accept_row(importing, made);
    else if (made->reading.kind == ROW_REFUSED)
        refuse_row(importing, made);
    else
        report_note(&importing->report, made->line, made->text);
    return importing->status == CBEC_OK;
}

enum cbec_status import_rows(struct importing *importing, struct cbec_error *error)
{
    const struct ahead_work work = {.context = importing,
                                    .item_size = sizeof(struct made_row),
                                    .make = make_row,
                                    .idle = do_something_else,
                                    .looks_far = looks_far,
                                    .foresee = foresee_row,
                                    .expect = expect_row,
                                    .take = take_row};
    pthread_mutex_init(&importing->idle_mutex, NULL);
    enum cbec_status status = export_read_ahead(importing->export, &work, error);
    pthread_mutex_destroy(&importing->idle_mutex);
    if (status == CBEC_OK)
        status = importing->status;
    return status == CBEC_OK && importing->out_of_memory ? error_no_memory(error) : status;
}
