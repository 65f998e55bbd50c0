#include "registry/store.h"

#include "util/error.h"

enum cbec_status store_open(struct store *store, struct cbec_registry *registry, uint64_t expected,
                            struct cbec_error *error)
{
    *store = (struct store){.registry = registry};
    tail_open(&store->tail, registry);
    const struct {
        struct statement *statement;
        const char *name;
    } prepared[] = {
        {&store->insert, "record_insert"},
        {&store->set_dirty, "dirty_insert"},
    };
    enum cbec_status status =
        registry_execute(registry,
                         "CREATE TEMP TABLE IF NOT EXISTS dirty (enterprise INTEGER PRIMARY KEY);"
                         "CREATE TEMP TABLE IF NOT EXISTS unplaced (record INTEGER PRIMARY KEY);"
                         "DELETE FROM dirty; DELETE FROM unplaced",
                         error);
    for (size_t i = 0; i < sizeof prepared / sizeof *prepared && status == CBEC_OK; i++)
        status = statement_prepare(prepared[i].statement, registry, prepared[i].name, error);
    if (status == CBEC_OK)
        status = sightings_open(&store->sightings, registry, error);
    if (status == CBEC_OK)
        status = settling_open(&store->settling, registry, error);
    if (status == CBEC_OK)
        status = identity_open(&store->identity, registry, expected, &store->settling.tally, error);
    if (status == CBEC_OK)
        status = prints_open(&store->prints, registry, error);
    if (status == CBEC_OK)
        status = sameness_open(&store->sameness, registry, &store->identity.on_file, &store->prints,
                               error);
    return status;
}

void store_close(struct store *store)
{
    sameness_close(&store->sameness);
    prints_close(&store->prints);
    tail_close(&store->tail);
    statement_finish(&store->insert);
    sightings_close(&store->sightings);
    statement_finish(&store->set_dirty);
    place_set_free(&store->settled);
    identity_close(&store->identity);
    settling_close(&store->settling);
}

/* Has an enterprise settled again by store_settle. */
static enum cbec_status mark(struct store *store, int64_t enterprise, struct cbec_error *error)
{
    statement_bind_integer(&store->set_dirty, 1, enterprise);
    return statement_run(&store->set_dirty, error);
}

/*
 * Notes that a row repeats a record. It says nothing new, but says it with its file's data date,
 * which may make it the last word of an enterprise that has other records by now.
 */
static enum cbec_status sight(struct store *store, int64_t place, const struct same *same,
                              struct cbec_error *error)
{
    enum cbec_status status = sightings_add(&store->sightings, place, same->id, error);
    bool has_others = same->has_others || place_set_has(&store->settled, same->enterprise);
    return status == CBEC_OK && has_others ? mark(store, same->enterprise, error) : status;
}

static enum cbec_status insert(struct store *store, int64_t place, int64_t source,
                               int64_t enterprise, const struct prepared *prepared,
                               const struct key_hashes *hashes, struct cbec_error *error)
{
    struct statement *insert = &store->insert;
    const struct record *record = &prepared->record;
    statement_bind_integer(insert, 1, place);
    statement_bind_integer(insert, 2, source);
    statement_bind_number(insert, 3, enterprise == place ? 0 : enterprise);
    statement_bind_integer(insert, 4, enterprise == place);
    statement_bind_null(insert, 5);
    if (record->status)
        statement_bind_integer(insert, 5, record->status->number);
    statement_bind_integer(insert, 6, record->code_class);
    size_t bytes = 0;
    for (int field = 0; field < FIELD_COUNT; field++) {
        statement_bind_value(insert, 7 + field, prepared->kept.of[field]);
        bytes += prepared->kept.of[field].text.length;
    }
    enum cbec_status status = statement_run(insert, error);
    if (status == CBEC_OK)
        status = tail_add(&store->tail, place, bytes, error);
    if (status == CBEC_OK)
        status = prints_add(&store->prints, place, prepared->print, error);
    for (int kind = 0; kind < KEY_KINDS && status == CBEC_OK; kind++)
        if (hashes->of[kind].given)
            status = keys_add(&store->identity.on_file, hashes->of[kind].hash, place, error);
    return status;
}

/* Settles the enterprise of a further record: at once where that says it all, and it was not put
 * together of several, else when all records are there. */
static enum cbec_status settle_with(struct store *store, int64_t enterprise, int64_t place,
                                    int64_t source, const struct prepared *prepared,
                                    struct cbec_error *error)
{
    bool settled = false;
    enum cbec_status status = CBEC_OK;
    const struct candidates *found = &store->identity.all;
    if (store->has_last_word && found->count == 1)
        status = settle_last(&store->settling, enterprise, found->at[0].source_set, place, source,
                             &prepared->kept, prepared->facts, &settled, error);
    if (status != CBEC_OK || !settled)
        return status == CBEC_OK ? mark(store, enterprise, error) : status;
    return place_set_add(&store->settled, enterprise) ? CBEC_OK : error_no_memory(error);
}

/* Puts a record on file that its source has not said before. */
static enum cbec_status take_in(struct store *store, int64_t place, int64_t source,
                                const struct prepared *prepared, const struct key_hashes *hashes,
                                enum outcome *outcome, struct cbec_error *error)
{
    int64_t enterprise;
    enum cbec_status status =
        identity_place(&store->identity, place, &prepared->record, hashes, &enterprise, error);
    if (status != CBEC_OK)
        return status;
    *outcome = enterprise ? OUTCOME_UPDATED : OUTCOME_NEW;
    if (!enterprise)
        store->sameness.last = 0;
    status = insert(store, place, source, enterprise ? enterprise : place, prepared, hashes, error);
    if (status != CBEC_OK)
        return status;
    return enterprise ? settle_with(store, enterprise, place, source, prepared, error)
                      : settle_alone(&store->settling, place, source, prepared->facts,
                                     prepared->kept.of[FIELD_NAME].text,
                                     prepared->kept.of[FIELD_SCOPE].text, error);
}

enum cbec_status store_record(struct store *store, int64_t place, int64_t source,
                              const struct prepared *prepared, enum outcome *outcome,
                              struct cbec_error *error)
{
    struct same same;
    struct key_hashes hashes;
    *outcome = OUTCOME_UNCHANGED;
    enum cbec_status status =
        sameness_guess(&store->sameness, source, &prepared->kept, prepared->print, &same, error);
    if (status == CBEC_OK && same.id)
        return sight(store, place, &same, error);
    if (status == CBEC_OK && !identity_begin(&store->identity, &prepared->record,
                                             prepared->has_keys ? &prepared->keys : NULL, &hashes))
        return error_no_memory(error);
    if (status == CBEC_OK)
        status = sameness_find(&store->sameness, source, &prepared->kept, &hashes, &same, error);
    if (status == CBEC_OK && same.id)
        return sight(store, place, &same, error);
    return status == CBEC_OK ? take_in(store, place, source, prepared, &hashes, outcome, error)
                             : status;
}

enum cbec_status store_each_key(struct store *store, const char *records, int64_t parameter,
                                key_action action, void *context, struct cbec_error *error)
{
    struct statement rows = {0};
    struct identity_keys *keys = &store->identity.keys;
    enum cbec_status status = statement_prepare(&rows, store->registry, records, error);
    if (status == CBEC_OK && statement_parameters(&rows) > 0)
        statement_bind_integer(&rows, 1, parameter);
    for (bool row = true; status == CBEC_OK;) {
        struct read_record read;
        status = statement_step(&rows, &row, error);
        if (status != CBEC_OK || !row)
            break;
        kept_read(&store->settling.deriving.words, &rows, 2, &read);
        if (!identity_keys_of(&read.record, keys))
            status = error_no_memory(error);
        for (int kind = 0; kind < KEY_KINDS && status == CBEC_OK; kind++)
            if (keys->of[kind].given)
                status = action(context, keys->of[kind].hash, statement_integer(&rows, 0), error);
    }
    statement_finish(&rows);
    return status;
}

static enum cbec_status add_key(void *context, uint64_t hash, int64_t record,
                                struct cbec_error *error)
{
    return keys_add(context, hash, record, error);
}

enum cbec_status store_add_keys(struct store *store, const char *records, struct cbec_error *error)
{
    return store_each_key(store, records, 0, add_key, &store->identity.on_file, error);
}

/* Which records in temp.unplaced have a key that others have too. */
struct company {
    bool known; /* else any may have */
    struct place_set of;
    bool no_memory;
};

static bool add_company(void *context, struct place_list *alike)
{
    struct company *company = context;
    for (size_t i = 0; i < alike->count && !company->no_memory; i++)
        company->no_memory = !place_set_add(&company->of, alike->at[i]);
    return !company->no_memory;
}

/* Reads all keys, if there are many records to be placed. */
static enum cbec_status find_company(struct store *store, struct company *company,
                                     struct cbec_error *error)
{
    int64_t records;
    struct keys *keys = &store->identity.on_file;
    enum cbec_status status = keys_save(keys, error);
    if (status == CBEC_OK)
        status = registry_integer(store->registry, "SELECT count(*) FROM temp.unplaced", &records,
                                  error);
    if (status != CBEC_OK || !keys_are_read_faster(keys, (uint64_t)records * KEY_KINDS))
        return status;
    company->known = true;
    status = keys_read_alike(keys, add_company, company, error);
    return status == CBEC_OK && company->no_memory ? error_no_memory(error) : status;
}

/* Columns of record_unplaced, behind those of kept_read. */
enum { PLACED_UP_TO_NOW = 15, OPENED_UP_TO_NOW };

/* Places the record in the current row of record_unplaced, and rewrites it if it was elsewhere. */
static enum cbec_status replace(struct store *store, struct statement *unplaced,
                                const struct company *company, struct statement *assign,
                                struct cbec_error *error)
{
    struct deriving *deriving = &store->settling.deriving;
    struct read_record read;
    struct prepared prepared;
    struct key_hashes hashes;
    int64_t id = statement_integer(unplaced, 0);
    int64_t enterprise = 0;
    bool alone = company->known && !place_set_has(&company->of, id);
    kept_read(&deriving->words, unplaced, 2, &read);
    if (!prepare_record(deriving, NULL, &read.record, false, &prepared) ||
        (!alone && !identity_begin(&store->identity, &read.record, NULL, &hashes)))
        return error_no_memory(error);
    enum cbec_status status = CBEC_OK;
    if (!alone)
        status = identity_place(&store->identity, id, &read.record, &hashes, &enterprise, error);
    if (status != CBEC_OK)
        return status;
    int64_t placed = enterprise ? enterprise : id;
    bool opened = enterprise == 0;
    statement_bind_integer(assign, 1, id);
    statement_bind_integer(assign, 2, placed);
    statement_bind_integer(assign, 3, opened);
    if (placed != statement_integer(unplaced, PLACED_UP_TO_NOW) ||
        opened != (statement_integer(unplaced, OPENED_UP_TO_NOW) != 0))
        status = statement_run(assign, error);
    if (status != CBEC_OK)
        return status;
    return enterprise
               ? mark(store, enterprise, error)
               : settle_alone(&store->settling, id, statement_integer(unplaced, 1), prepared.facts,
                              read.record.text[FIELD_NAME], read.record.text[FIELD_SCOPE], error);
}

enum cbec_status store_replay(struct store *store, struct cbec_error *error)
{
    struct statement unplaced = {0}, assign = {0};
    struct company company = {.known = false};
    enum cbec_status status = find_company(store, &company, error);
    if (status == CBEC_OK)
        status = statement_prepare(&unplaced, store->registry, "record_unplaced", error);
    if (status == CBEC_OK)
        status = statement_prepare_text(
            &assign, store->registry,
            "UPDATE record SET joined = nullif(?2, id), opened = ?3 WHERE id = ?1", NULL, error);
    for (bool row = true; status == CBEC_OK;) {
        status = statement_step(&unplaced, &row, error);
        if (status != CBEC_OK || !row)
            break;
        status = replace(store, &unplaced, &company, &assign, error);
    }
    statement_finish(&unplaced);
    statement_finish(&assign);
    place_set_free(&company.of);
    return status;
}

enum cbec_status store_settle(struct store *store, struct cbec_error *error)
{
    struct statement dirty = {0};
    enum cbec_status status = sightings_save(&store->sightings, error);
    if (status == CBEC_OK)
        status = prints_save(&store->prints, error);
    if (status == CBEC_OK)
        status =
            statement_prepare_text(&dirty, store->registry,
                                   "SELECT enterprise FROM dirty ORDER BY enterprise", NULL, error);
    for (bool row = true; status == CBEC_OK;) {
        status = statement_step(&dirty, &row, error);
        if (status != CBEC_OK || !row)
            break;
        status = settle_again(&store->settling, statement_integer(&dirty, 0), error);
    }
    statement_finish(&dirty);
    if (status == CBEC_OK)
        status = keys_save(&store->identity.on_file, error);
    if (status == CBEC_OK)
        status = tally_save(&store->settling.tally, error);
    return status == CBEC_OK ? words_save(&store->settling.deriving.words, error) : status;
}
