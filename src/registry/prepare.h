/* prepare.h: all that can be worked out of a record without looking at others. */
#ifndef CBEC_REGISTRY_PREPARE_H
#define CBEC_REGISTRY_PREPARE_H

#include "registry/derive.h"
#include "registry/identity.h"

struct prepared {
    struct record record; /* of its texts, those that identify it */
    struct kept kept;
    uint64_t print; /* 0: not made yet */
    bool has_keys;
    struct key_hashes keys;
    struct facts facts; /* of an enterprise of which it is the only record, or says all */
};

/*
 * False when there is no memory. Texts belong to the record and to `deriving`. Keys are worked out
 * if there is room for them. So are the definitions if the enterprise is probably new: few others
 * need them.
 */
bool prepare_record(struct deriving *deriving, struct identity_keys *keys,
                    const struct record *record, bool probably_new, struct prepared *prepared);

#endif
