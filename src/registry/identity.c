#include "registry/identity.h"

#include <stdlib.h>
#include <xxhash.h>

#include "record/name.h"
#include "registry/kept.h"
#include "registry/tally.h"
#include "util/error.h"

static void begin_key(struct identity_keys *keys, enum key_kind kind, bool given)
{
    keys->of[kind].given = given;
    buffer_clear(&keys->of[kind].text);
}

bool identity_keys_of(const struct record *record, struct identity_keys *keys)
{
    bool failed = false;
    char founded_on[DATE_TEXT_SIZE];
    const struct slice *text = record->text;
    date_format(record->founded, founded_on);
    begin_key(keys, KEY_CREDIT_CODE, record_has_code(record));
    if (record_has_code(record))
        buffer_append(&keys->of[KEY_CREDIT_CODE].text, text[FIELD_CREDIT_CODE]);

    struct slice number = text[FIELD_REGISTRATION_NO];
    begin_key(keys, KEY_REGISTRATION_NO, number.at != NULL);
    buffer_append(&keys->of[KEY_REGISTRATION_NO].text, number);
    if (number.at && !record->has_valid_number) {
        buffer_append_byte(&keys->of[KEY_REGISTRATION_NO].text, '\n');
        buffer_append(&keys->of[KEY_REGISTRATION_NO].text, slice_of(founded_on));
    }

    begin_key(keys, KEY_NAME, true);
    name_key(text[FIELD_NAME], &keys->of[KEY_NAME].text);
    buffer_append_byte(&keys->of[KEY_NAME].text, '\n');
    buffer_append(&keys->of[KEY_NAME].text, slice_of(founded_on));

    for (int kind = 0; kind < KEY_KINDS; kind++) {
        failed |= keys->of[kind].text.failed;
        keys->of[kind].hash =
            XXH3_64bits_withSeed(keys->of[kind].text.data, keys->of[kind].text.length,
                                 (XXH64_hash_t)kind) >>
            (64 - KEY_BITS);
    }
    return !failed;
}

struct key_hashes identity_hashes(const struct identity_keys *keys)
{
    struct key_hashes hashes;
    for (int kind = 0; kind < KEY_KINDS; kind++) {
        hashes.of[kind].given = keys->of[kind].given;
        hashes.of[kind].hash = keys->of[kind].hash;
    }
    return hashes;
}

void identity_keys_free(struct identity_keys *keys)
{
    for (int kind = 0; kind < KEY_KINDS; kind++)
        buffer_free(&keys->of[kind].text);
}

enum cbec_status identity_open(struct identity *identity, struct cbec_registry *registry,
                               uint64_t expected, struct tally *tally, struct cbec_error *error)
{
    *identity = (struct identity){.tally = tally};
    enum cbec_status status = keys_open(&identity->on_file, registry, expected * KEY_KINDS, error);
    if (status == CBEC_OK)
        status = statement_prepare(&identity->find, registry, "record_find_at", error);
    if (status == CBEC_OK)
        status = statement_prepare(&identity->move, registry, "record_move", error);
    if (status == CBEC_OK)
        status = statement_prepare_text(&identity->remove, registry,
                                        "DELETE FROM enterprise WHERE id = ?1", NULL, error);
    if (status == CBEC_OK)
        status = statement_prepare_text(&identity->set_code, registry,
                                        "UPDATE enterprise SET code_from = ?2 WHERE id = ?1", NULL,
                                        error);
    return status;
}

void identity_close(struct identity *identity)
{
    statement_finish(&identity->find);
    statement_finish(&identity->move);
    statement_finish(&identity->remove);
    statement_finish(&identity->set_code);
    keys_close(&identity->on_file);
    identity_keys_free(&identity->keys);
    identity_keys_free(&identity->twin_keys);
    for (int kind = 0; kind < KEY_KINDS; kind++)
        free(identity->found[kind].at);
    free(identity->all.at);
}

static bool add_candidate(struct candidates *candidates, struct candidate candidate)
{
    for (size_t i = 0; i < candidates->count; i++)
        if (candidates->at[i].enterprise == candidate.enterprise)
            return true;
    if (candidates->count == candidates->capacity) {
        size_t capacity = candidates->capacity ? candidates->capacity * 2 : 8;
        struct candidate *at = realloc(candidates->at, capacity * sizeof *at);
        if (!at)
            return false;
        candidates->at = at;
        candidates->capacity = capacity;
    }
    candidates->at[candidates->count++] = candidate;
    return true;
}

/* Reads from the current row of `find` whose record it is, and its keys. */
static bool read_twin(struct identity *identity)
{
    char number[24];
    struct statement *row = &identity->find;
    struct slice code = statement_text(row, 2);
    struct record record = {.founded = date_unpack(statement_integer(row, 6)),
                            .code_class = (enum code_class)statement_integer(row, 7)};
    record.text[FIELD_NAME] = statement_text(row, 3);
    record.text[FIELD_CREDIT_CODE] = statement_text(row, 4);
    kept_read_number(row, 5, number, &record);
    identity->twin_of = (struct candidate){.enterprise = statement_integer(row, 0),
                                           .code_from = statement_integer(row, 1),
                                           .source_set = statement_integer(row, 8)};
    if (code.length == CODE_LENGTH)
        memcpy(identity->twin_of.code, code.at, CODE_LENGTH);
    return identity_keys_of(&record, &identity->twin_keys);
}

/* Looks at the record at a place before `id`. Mostly all keys of a record find the same one, which
 * is then looked at once. */
static enum cbec_status look_at(struct identity *identity, int64_t place, int64_t id,
                                struct cbec_error *error)
{
    if (identity->looked_at == place)
        return CBEC_OK;
    statement_bind_integer(&identity->find, 1, place);
    statement_bind_integer(&identity->find, 2, id);
    enum cbec_status status = statement_step(&identity->find, &identity->is_twin, error);
    if (status == CBEC_OK && identity->is_twin && !read_twin(identity))
        status = error_no_memory(error);
    statement_reset(&identity->find);
    identity->looked_at = place;
    return status;
}

/* True if the record looked at has the key of this kind, not only its hash. */
static bool twin_has_key(const struct identity *identity, enum key_kind kind)
{
    return identity->is_twin && identity->twin_keys.of[kind].given &&
           slice_equal(buffer_slice(&identity->twin_keys.of[kind].text),
                       buffer_slice(&identity->keys.of[kind].text));
}

static enum cbec_status find_by_key(struct identity *identity, int64_t id,
                                    const struct record *record, const struct key_hashes *hashes,
                                    enum key_kind kind, struct cbec_error *error)
{
    struct candidates *found = &identity->found[kind];
    const struct place_list *places = &identity->on_file.found;
    found->count = 0;
    if (!hashes->of[kind].given)
        return CBEC_OK;
    enum cbec_status status = keys_find(&identity->on_file, hashes->of[kind].hash, error);
    if (status != CBEC_OK || places->count == 0)
        return status;
    if (!identity->keys_known && !identity_keys_of(record, &identity->keys))
        return error_no_memory(error);
    identity->keys_known = true;
    for (size_t i = 0; i < places->count && status == CBEC_OK; i++) {
        status = look_at(identity, places->at[i], id, error);
        if (status == CBEC_OK && twin_has_key(identity, kind) &&
            !add_candidate(found, identity->twin_of))
            status = error_no_memory(error);
    }
    return status;
}

/* True if two of these would bring different credit codes together. `code` is the record's, "" if
 * none. */
static bool codes_meet(const struct candidates *candidates, const char *code)
{
    for (size_t i = 0; i < candidates->count; i++) {
        const char *other = candidates->at[i].code;
        if (*other && *code && strcmp(other, code) != 0)
            return true;
        if (*other)
            code = other;
    }
    return false;
}

/* Makes all of these one enterprise: the one that came first. */
static enum cbec_status join(struct identity *identity, const struct candidates *candidates,
                             const char *code, int64_t code_from, int64_t *enterprise,
                             struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    const struct candidate *first = &candidates->at[0];
    for (size_t i = 0; i < candidates->count; i++) {
        if (candidates->at[i].enterprise < first->enterprise)
            first = &candidates->at[i];
        if (*candidates->at[i].code) {
            code = candidates->at[i].code;
            code_from = candidates->at[i].code_from;
        }
    }
    for (size_t i = 0; i < candidates->count && status == CBEC_OK; i++) {
        int64_t other = candidates->at[i].enterprise;
        if (other == first->enterprise)
            continue;
        status = tally_forget(identity->tally, other, error);
        statement_bind_integer(&identity->remove, 1, other);
        if (status == CBEC_OK)
            status = statement_run(&identity->remove, error);
        statement_bind_integer(&identity->move, 1, other);
        statement_bind_integer(&identity->move, 2, first->enterprise);
        if (status == CBEC_OK)
            status = statement_run(&identity->move, error);
    }
    if (status == CBEC_OK && *code && !*first->code) {
        statement_bind_integer(&identity->set_code, 1, first->enterprise);
        statement_bind_integer(&identity->set_code, 2, code_from);
        status = statement_run(&identity->set_code, error);
    }
    *enterprise = first->enterprise;
    return status;
}

/*
 * Where codes differ nothing is joined. The kind of key that found something first decides; of its
 * enterprises that could take the record, the one that came first.
 */
static struct candidate *decide(const struct candidates found[KEY_KINDS], const char *code)
{
    for (int kind = 0; kind < KEY_KINDS; kind++) {
        struct candidate *first = NULL;
        for (size_t i = 0; i < found[kind].count; i++) {
            struct candidate *candidate = &found[kind].at[i];
            bool differs = *candidate->code && *code && strcmp(candidate->code, code) != 0;
            if (!differs && (!first || candidate->enterprise < first->enterprise))
                first = candidate;
        }
        if (first)
            return first;
    }
    return NULL;
}

bool identity_begin(struct identity *identity, const struct record *record,
                    const struct key_hashes *known, struct key_hashes *hashes)
{
    identity->keys_known = !known;
    if (!known && !identity_keys_of(record, &identity->keys))
        return false;
    *hashes = known ? *known : identity_hashes(&identity->keys);
    return true;
}

enum cbec_status identity_place(struct identity *identity, int64_t id, const struct record *record,
                                const struct key_hashes *hashes, int64_t *enterprise,
                                struct cbec_error *error)
{
    struct candidates *all = &identity->all;
    char code[CODE_LENGTH + 1] = "";
    all->count = 0;
    identity->looked_at = 0;
    *enterprise = 0;
    if (record_has_code(record))
        memcpy(code, record->text[FIELD_CREDIT_CODE].at, CODE_LENGTH);
    for (int kind = 0; kind < KEY_KINDS; kind++) {
        const struct candidates *found = &identity->found[kind];
        enum cbec_status status =
            find_by_key(identity, id, record, hashes, (enum key_kind)kind, error);
        if (status != CBEC_OK)
            return status;
        for (size_t i = 0; i < found->count; i++)
            if (!add_candidate(all, found->at[i]))
                return error_no_memory(error);
    }
    if (all->count == 0)
        return CBEC_OK;
    if (!codes_meet(all, code))
        return join(identity, all, code, id, enterprise, error);
    struct candidate *decided = decide(identity->found, code);
    if (!decided)
        return CBEC_OK;
    const struct candidates only = {.at = decided, .count = 1};
    return join(identity, &only, code, id, enterprise, error);
}
