/* same.h: has a source said the same before? */
#ifndef CBEC_REGISTRY_SAME_H
#define CBEC_REGISTRY_SAME_H

#include "registry/keys.h"
#include "registry/prepare.h"
#include "registry/prints.h"

/* A record that says the same. */
struct same {
    int64_t id; /* 0: there is none */
    int64_t enterprise;
    bool has_others; /* the enterprise has more records, and had them before this import */
};

/* How such records are looked for. */
struct sameness {
    struct keys *keys;
    struct prints *prints;
    struct statement at;    /* record_at */
    struct statement first; /* enterprise_from */
    int64_t first_id;       /* the enterprise that it has come to; 0: it is to be begun anew */
    int64_t first_asked;    /* the record for which that was: none between the two is a first one */
    struct statement several; /* record_several */
    int64_t several_asked;    /* the enterprise asked about last, and the one that it has come to */
    int64_t several_id;
    int64_t last; /* the record that the last row repeated or replaced; 0: none */
};

enum cbec_status sameness_open(struct sameness *sameness, struct cbec_registry *registry,
                               struct keys *keys, struct prints *prints, struct cbec_error *error);
void sameness_close(struct sameness *sameness);

/*
 * Looks for a record of this source with the same words: first in the line behind the one that the
 * last row repeated, for lists come again as they were, where the print of an enterprise's first
 * record is enough; then by the keys.
 */
enum cbec_status sameness_guess(struct sameness *sameness, int64_t source, const struct kept *kept,
                                uint64_t print, struct same *same, struct cbec_error *error);
enum cbec_status sameness_find(struct sameness *sameness, int64_t source, const struct kept *kept,
                               const struct key_hashes *hashes, struct same *same,
                               struct cbec_error *error);

#endif
