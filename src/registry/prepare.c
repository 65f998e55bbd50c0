#include "registry/prepare.h"

bool prepare_record(struct deriving *deriving, struct identity_keys *keys,
                    const struct record *record, bool probably_new, struct prepared *prepared)
{
    prepared->has_keys = keys != NULL;
    if (keys && !identity_keys_of(record, keys))
        return false;
    prepared->record = *record;
    prepared->kept = kept_of_record(&deriving->words, record);
    derive_begin(deriving, 0);
    derive_take(deriving, 0, record, &prepared->kept, false);
    if (keys)
        prepared->keys = identity_hashes(keys);
    prepared->facts = derive_facts(deriving);
    if (probably_new &&
        !derive_definitions(deriving, record->text[FIELD_NAME], record->text[FIELD_SCOPE],
                            &deriving->definition_text, &prepared->facts))
        return false;
    return !deriving->no_memory && !deriving->words.no_memory;
}
