#include "registry/prepare.h"

bool prepare_record(struct deriving *deriving, struct identity_keys *keys,
                    const struct record *record, struct prepared *prepared)
{
    if (!identity_keys_of(record, keys))
        return false;
    derive_begin(deriving, 0);
    derive_take(deriving, 0, record, false);
    prepared->record = *record;
    prepared->kept = kept_of_record(&deriving->words, record);
    prepared->keys = identity_hashes(keys);
    prepared->facts = derive_facts(deriving);
    return !deriving->no_memory && !deriving->words.no_memory;
}
