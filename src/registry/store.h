/* store.h: putting records on file. */
#ifndef CBEC_REGISTRY_STORE_H
#define CBEC_REGISTRY_STORE_H

#include "registry/place_set.h"
#include "registry/prepare.h"
#include "registry/same.h"
#include "registry/settle.h"
#include "registry/sightings.h"
#include "registry/tail.h"

/* A place on file: where a row stands, and the order in which rows came. */
#define PLACE_LINE_BITS 32

static inline int64_t place_of(int64_t import, uint64_t line)
{
    return import << PLACE_LINE_BITS | (int64_t)line;
}

enum outcome { OUTCOME_NEW, OUTCOME_UPDATED, OUTCOME_UNCHANGED };

struct store {
    struct cbec_registry *registry;
    struct identity identity;
    struct settling settling;
    struct sameness sameness;
    struct statement insert; /* record_insert */
    struct tail tail;
    struct prints prints;
    struct sightings sightings;
    struct statement set_dirty; /* dirty: enterprises to be settled again before the commit */
    bool has_last_word;         /* no import speaks of a later day than the one under way */
    struct place_set settled;   /* enterprises that were settled at once with a further record */
};

/* To be called inside the transaction. `expected`: how many records are likely to come. */
enum cbec_status store_open(struct store *store, struct cbec_registry *registry, uint64_t expected,
                            struct cbec_error *error);
void store_close(struct store *store);

/* Puts the record of one row on file, or notes that its source said the same before. */
enum cbec_status store_record(struct store *store, int64_t place, int64_t source,
                              const struct prepared *prepared, enum outcome *outcome,
                              struct cbec_error *error);

/* Takes the hash of one key of a record, and the record's place. */
typedef enum cbec_status (*key_action)(void *context, uint64_t hash, int64_t record,
                                       struct cbec_error *error);

/*
 * Calls `action` for each key of the records that the statement `records` yields: the place, a
 * column that is not looked at, and further ones as kept_read wants them. `parameter` is
 * bound to ?1 if the statement has one.
 */
enum cbec_status store_each_key(struct store *store, const char *records, int64_t parameter,
                                key_action action, void *context, struct cbec_error *error);

/* Adds the keys of the records that the statement yields. */
enum cbec_status store_add_keys(struct store *store, const char *records, struct cbec_error *error);

/*
 * Works out anew to which enterprises the records in temp.unplaced belong, in the order on file;
 * their enterprises are gone.
 */
enum cbec_status store_replay(struct store *store, struct cbec_error *error);

/* Settles the enterprises that were marked. */
enum cbec_status store_settle(struct store *store, struct cbec_error *error);

#endif
