#include "registry/connect.h"

#include "registry/place_set.h"
#include "util/error.h"

struct connecting {
    struct store *store;
    struct statement add;      /* undo_add_connected */
    struct place_set affected; /* records */
    enum cbec_status status;   /* of add_alike */
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

/* Of the records with one key, adds the enterprises of all if there is one that is affected. */
static bool add_alike(void *context, struct place_list *alike)
{
    struct connecting *connecting = context;
    size_t strangers = 0;
    for (size_t i = 0; i < alike->count; i++)
        if (!place_set_has(&connecting->affected, alike->at[i]))
            alike->at[strangers++] = alike->at[i];
    for (size_t i = 0; strangers < alike->count && i < strangers; i++) {
        connecting->status = add_enterprise_of(connecting, alike->at[i], connecting->error);
        if (connecting->status != CBEC_OK)
            return false;
    }
    return true;
}

static enum cbec_status read_all(struct connecting *connecting, struct cbec_error *error)
{
    connecting->status = CBEC_OK;
    connecting->error = error;
    enum cbec_status status =
        keys_read_alike(&connecting->store->identity.on_file, add_alike, connecting, error);
    return status == CBEC_OK ? connecting->status : status;
}

/* ---- Rounds ------------------------------------------------------------------------------------
 */

/* Adds the records of the enterprises found in a round to those that are affected. */
static enum cbec_status add_records(struct connecting *connecting, int64_t round, uint64_t *count,
                                    struct cbec_error *error)
{
    struct statement places;
    enum cbec_status status =
        statement_prepare(&places, connecting->store->registry, "undo_affected_places", error);
    statement_bind_integer(&places, 1, round);
    for (*count = 0; status == CBEC_OK; ++*count) {
        bool row;
        status = statement_step(&places, &row, error);
        if (status != CBEC_OK || !row)
            break;
        if (!place_set_add(&connecting->affected, statement_integer(&places, 0)))
            status = error_no_memory(error);
    }
    statement_finish(&places);
    return status;
}

enum cbec_status connect_affected(struct store *store, struct cbec_error *error)
{
    struct connecting connecting = {.store = store};
    uint64_t records;
    enum cbec_status status =
        statement_prepare(&connecting.add, store->registry, "undo_add_connected", error);
    for (int64_t round = 0; status == CBEC_OK; round++) {
        status = add_records(&connecting, round, &records, error);
        if (status != CBEC_OK || records == 0)
            break;
        statement_bind_integer(&connecting.add, 2, round);
        status = keys_are_read_faster(&store->identity.on_file, records * KEY_KINDS)
                     ? read_all(&connecting, error)
                     : store_each_key(store, "undo_affected_records", round, add_found, &connecting,
                                      error);
    }
    statement_finish(&connecting.add);
    place_set_free(&connecting.affected);
    return status;
}
