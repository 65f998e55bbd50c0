#include "registry/connect.h"

#include <stdlib.h>

#include "util/error.h"

struct connecting {
    struct store *store;
    struct statement add;         /* undo_add_connected */
    struct statement is_affected; /* a record */
    uint64_t hash;                /* of the keys met last, and their places */
    struct place_list alike;
    enum cbec_status status; /* of the functions that take keys */
    struct cbec_error *error;
};

static enum cbec_status add_enterprise_of(struct connecting *connecting, int64_t record,
                                          struct cbec_error *error)
{
    statement_bind_integer(&connecting->add, 1, record);
    return statement_run(&connecting->add, error);
}

/* ---- Asking for each key -----------------------------------------------------------------------
 */

/* Adds the enterprises of all other records with this key. */
static enum cbec_status add_found(void *context, uint64_t hash, int64_t record,
                                  struct cbec_error *error)
{
    struct connecting *connecting = context;
    struct keys *keys = &connecting->store->identity.on_file;
    enum cbec_status status = keys_find(keys, hash, error);
    for (size_t i = 0; i < keys->found.count && status == CBEC_OK; i++)
        if (keys->found.at[i] != record)
            status = add_enterprise_of(connecting, keys->found.at[i], error);
    return status;
}

/* ---- Reading all keys --------------------------------------------------------------------------
 */

static enum cbec_status is_affected(struct connecting *connecting, int64_t record, bool *affected,
                                    struct cbec_error *error)
{
    statement_bind_integer(&connecting->is_affected, 1, record);
    enum cbec_status status = statement_step(&connecting->is_affected, affected, error);
    statement_reset(&connecting->is_affected);
    return status;
}

/* Of the records with one key, adds the enterprises of all if there is one that is affected. */
static bool end_alike(struct connecting *connecting)
{
    struct place_list *alike = &connecting->alike;
    size_t strangers = 0;
    for (size_t i = 0; alike->count > 1 && i < alike->count; i++) {
        bool affected;
        connecting->status = is_affected(connecting, alike->at[i], &affected, connecting->error);
        if (connecting->status != CBEC_OK)
            return false;
        if (!affected)
            alike->at[strangers++] = alike->at[i];
    }
    for (size_t i = 0; strangers < alike->count && i < strangers; i++) {
        connecting->status = add_enterprise_of(connecting, alike->at[i], connecting->error);
        if (connecting->status != CBEC_OK)
            return false;
    }
    alike->count = 0;
    return true;
}

static bool take_key(void *context, const struct key *key)
{
    struct connecting *connecting = context;
    if (key->hash != connecting->hash && !end_alike(connecting))
        return false;
    connecting->hash = key->hash;
    if (!place_list_add(&connecting->alike, key->place))
        connecting->status = error_no_memory(connecting->error);
    return connecting->status == CBEC_OK;
}

/* Keys lie sorted by their hashes: records that share one are met one behind the other. */
static enum cbec_status read_all(struct connecting *connecting, struct cbec_error *error)
{
    connecting->status = CBEC_OK;
    connecting->error = error;
    enum cbec_status status =
        key_runs_read(&connecting->store->identity.on_file.runs, take_key, connecting, error);
    if (status == CBEC_OK && connecting->status == CBEC_OK)
        end_alike(connecting);
    return status == CBEC_OK ? connecting->status : status;
}

/* ---- Rounds ------------------------------------------------------------------------------------
 */

/* Puts the records of the enterprises found in a round into temp.unplaced. */
static enum cbec_status add_records(struct store *store, int64_t round, int64_t *count,
                                    struct cbec_error *error)
{
    struct statement insert;
    sqlite3 *db = store->registry->db;
    int64_t before = sqlite3_total_changes64(db);
    enum cbec_status status =
        statement_prepare(&insert, store->registry, "undo_unplaced_insert", error);
    statement_bind_integer(&insert, 1, round);
    if (status == CBEC_OK)
        status = statement_run(&insert, error);
    statement_finish(&insert);
    *count = sqlite3_total_changes64(db) - before;
    return status;
}

enum cbec_status connect_affected(struct store *store, struct cbec_error *error)
{
    struct connecting connecting = {.store = store};
    int64_t records;
    enum cbec_status status =
        statement_prepare(&connecting.add, store->registry, "undo_add_connected", error);
    if (status == CBEC_OK)
        status =
            statement_prepare_text(&connecting.is_affected, store->registry,
                                   "SELECT 1 FROM temp.unplaced WHERE record = ?1", NULL, error);
    for (int64_t round = 0; status == CBEC_OK; round++) {
        status = add_records(store, round, &records, error);
        if (status != CBEC_OK || records == 0)
            break;
        statement_bind_integer(&connecting.add, 2, round);
        status = keys_are_read_faster(&store->identity.on_file, (uint64_t)records * KEY_KINDS)
                     ? read_all(&connecting, error)
                     : store_each_key(store, "undo_affected_records", round, add_found, &connecting,
                                      error);
    }
    statement_finish(&connecting.add);
    statement_finish(&connecting.is_affected);
    free(connecting.alike.at);
    return status;
}
