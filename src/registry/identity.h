/*
 * identity.h: which records speak of the same enterprise.
 *
 * A record is looked for by credit code (valid or pilot), by registration number (a valid 15-digit
 * one alone, any other together with the founding date, since it is unique within its register
 * only), and by name with founding date. All that is found is one enterprise, unless two credit
 * codes would meet in it.
 */
#ifndef CBEC_REGISTRY_IDENTITY_H
#define CBEC_REGISTRY_IDENTITY_H

#include "record/record.h"
#include "registry/keys.h"

enum key_kind { KEY_CREDIT_CODE, KEY_REGISTRATION_NO, KEY_NAME, KEY_KINDS };

/* The keys of one record: those of the same kind and text are of the same enterprise. */
struct identity_keys {
    struct {
        bool given;
        uint64_t hash;
        struct buffer text;
    } of[KEY_KINDS];
};

/* What they are looked up by. */
struct key_hashes {
    struct {
        bool given;
        uint64_t hash;
    } of[KEY_KINDS];
};

/* An enterprise in which a record may belong. */
struct candidate {
    int64_t enterprise;
    int64_t code_from;          /* the record that has its code */
    int64_t source_set;         /* who names it, up to now */
    char code[CODE_LENGTH + 1]; /* "" if it has none */
};

struct candidates {
    struct candidate *at;
    size_t count;
    size_t capacity;
};

struct tally;

struct identity {
    struct tally *tally;
    struct keys on_file;
    struct statement find;   /* record_find_at */
    struct statement move;   /* record_move */
    struct statement remove; /* of an enterprise */
    struct statement set_code;
    struct identity_keys keys; /* of the record being placed, once they are needed */
    bool keys_known;
    int64_t looked_at; /* the place of a record that may be its twin; 0: none yet */
    bool is_twin;      /* it stands before the one being placed; then what follows is of it */
    struct identity_keys twin_keys;
    struct candidate twin_of;
    struct candidates found[KEY_KINDS];
    struct candidates all;
};

/* `expected`: how many records are likely to be looked for. Enterprises that are joined to others
 * are taken out of the `tally`. */
enum cbec_status identity_open(struct identity *identity, struct cbec_registry *registry,
                               uint64_t expected, struct tally *tally, struct cbec_error *error);
void identity_close(struct identity *identity);

/* Works out the keys of a record; false when there is no memory. */
bool identity_keys_of(const struct record *record, struct identity_keys *keys);
struct key_hashes identity_hashes(const struct identity_keys *keys);
void identity_keys_free(struct identity_keys *keys);

/*
 * To be called for each record that will be placed: the hashes of its keys, which are worked out if
 * they are not `known` (NULL). False when there is no memory.
 */
bool identity_begin(struct identity *identity, const struct record *record,
                    const struct key_hashes *known, struct key_hashes *hashes);

/*
 * Finds the enterprise of the record `id`, which has these keys, among those of the records before
 * it; joins enterprises where the record shows them to be one. `*enterprise` is 0 if none is
 * found.
 */
enum cbec_status identity_place(struct identity *identity, int64_t id, const struct record *record,
                                const struct key_hashes *hashes, int64_t *enterprise,
                                struct cbec_error *error);

#endif
