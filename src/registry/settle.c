#include "registry/settle.h"

#include <stdlib.h>

#include "util/error.h"

enum cbec_status settling_open(struct settling *settling, struct cbec_registry *registry,
                               struct cbec_error *error)
{
    *settling = (struct settling){.registry = registry};
    const struct {
        struct statement *statement;
        const char *name;
    } prepared[] = {
        {&settling->records, "record_of_enterprise"},
        {&settling->said, "enterprise_said"},
        {&settling->put, "enterprise_put"},
        {&settling->set_names, "source_set_names"},
        {&settling->set_insert, "source_set_insert"},
        {&settling->set_members, "source_set_add_members"},
        {&settling->set_find, "source_set_find"},
    };
    enum cbec_status status = deriving_open(&settling->deriving, registry, error);
    if (status == CBEC_OK)
        status = tally_open(&settling->tally, registry, &settling->deriving.words, error);
    for (size_t i = 0; i < sizeof prepared / sizeof *prepared && status == CBEC_OK; i++)
        status = statement_prepare(prepared[i].statement, registry, prepared[i].name, error);
    if (status == CBEC_OK)
        status = statement_prepare_text(&settling->dispute, registry,
                                        "INSERT OR IGNORE INTO dispute VALUES (?1)", NULL, error);
    if (status == CBEC_OK)
        status = statement_prepare_text(&settling->agree, registry,
                                        "DELETE FROM dispute WHERE enterprise = ?1", NULL, error);
    if (status == CBEC_OK)
        status = statement_prepare_text(
            &settling->members, registry,
            "SELECT source FROM source_set_member WHERE source_set = ?1", NULL, error);
    return status;
}

void settling_close(struct settling *settling)
{
    deriving_close(&settling->deriving);
    tally_close(&settling->tally);
    statement_finish(&settling->records);
    statement_finish(&settling->said);
    statement_finish(&settling->put);
    statement_finish(&settling->dispute);
    statement_finish(&settling->agree);
    statement_finish(&settling->set_names);
    statement_finish(&settling->set_insert);
    statement_finish(&settling->set_members);
    statement_finish(&settling->set_find);
    statement_finish(&settling->members);
    free(settling->source_ids);
    buffer_free(&settling->sources);
    buffer_free(&settling->last_sources);
    buffer_free(&settling->definition_text);
}

/* ---- Combinations of sources -------------------------------------------------------------------
 */

static void take_source(struct settling *settling, int64_t source)
{
    size_t place = settling->source_count;
    while (place > 0 && settling->source_ids[place - 1] > source)
        place--;
    if (place > 0 && settling->source_ids[place - 1] == source)
        return;
    if (settling->source_count == settling->source_capacity) {
        size_t capacity = settling->source_capacity ? settling->source_capacity * 2 : 8;
        int64_t *sources = realloc(settling->source_ids, capacity * sizeof *sources);
        if (!sources) {
            settling->no_memory = true;
            return;
        }
        settling->source_ids = sources;
        settling->source_capacity = capacity;
    }
    memmove(settling->source_ids + place + 1, settling->source_ids + place,
            (settling->source_count - place) * sizeof *settling->source_ids);
    settling->source_ids[place] = source;
    settling->source_count++;
}

/* The number of the combination of sources, which is added if it is new. */
static enum cbec_status source_set_of(struct settling *settling, int64_t *set,
                                      struct cbec_error *error)
{
    if (settling->no_memory)
        return error_no_memory(error);
    if (settling->source_count == 1 && settling->source_ids[0] == settling->only_source) {
        *set = settling->only_set;
        return CBEC_OK;
    }
    buffer_clear(&settling->sources);
    for (size_t i = 0; i < settling->source_count; i++)
        buffer_append_format(&settling->sources, "%c%lld", i ? ',' : '[',
                             (long long)settling->source_ids[i]);
    buffer_append_byte(&settling->sources, ']');
    struct slice sources = buffer_slice(&settling->sources);
    *set = settling->last_set;
    if (slice_equal(sources, buffer_slice(&settling->last_sources)))
        return CBEC_OK;

    bool row;
    struct buffer names = {0};
    statement_bind_text(&settling->set_names, 1, sources);
    enum cbec_status status = statement_step(&settling->set_names, &row, error);
    if (status == CBEC_OK)
        buffer_append(&names, statement_text(&settling->set_names, 0));
    statement_reset(&settling->set_names);
    statement_bind_text(&settling->set_insert, 1, buffer_slice(&names));
    statement_bind_text(&settling->set_members, 1, buffer_slice(&names));
    statement_bind_text(&settling->set_members, 2, sources);
    statement_bind_text(&settling->set_find, 1, buffer_slice(&names));
    if (status == CBEC_OK)
        status = statement_run(&settling->set_insert, error);
    if (status == CBEC_OK)
        status = statement_run(&settling->set_members, error);
    if (status == CBEC_OK)
        status = statement_step(&settling->set_find, &row, error);
    if (status == CBEC_OK)
        *set = settling->last_set = statement_integer(&settling->set_find, 0);
    statement_reset(&settling->set_find);
    buffer_free(&names);
    buffer_clear(&settling->last_sources);
    if (status == CBEC_OK)
        buffer_append(&settling->last_sources, sources);
    if (status == CBEC_OK && settling->source_count == 1) {
        settling->only_source = settling->source_ids[0];
        settling->only_set = *set;
    }
    return status;
}

/* A combination with one source more. */
static enum cbec_status grow_set(struct settling *settling, int64_t set, int64_t source,
                                 const struct grown_set **grown, struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    struct grown_set *known = &settling->grown[(size_t)set % GROWN_SETS];
    *grown = known;
    if (known->set == set && known->source == source)
        return CBEC_OK;
    known->set = 0;
    settling->source_count = 0;
    take_source(settling, source);
    statement_bind_integer(&settling->members, 1, set);
    for (bool row = true; status == CBEC_OK;) {
        status = statement_step(&settling->members, &row, error);
        if (status != CBEC_OK || !row)
            break;
        take_source(settling, statement_integer(&settling->members, 0));
    }
    int64_t number = 0;
    if (status == CBEC_OK)
        status = source_set_of(settling, &number, error);
    if (status == CBEC_OK)
        *known = (struct grown_set){set, source, number, settling->source_count};
    return status;
}

/* ---- Writing -----------------------------------------------------------------------------------
 */

static bool is_given(struct value value)
{
    return value.number || value.text.at;
}

static enum cbec_status write_facts(struct settling *settling, int64_t enterprise, int64_t set,
                                    struct facts *facts, struct slice name, struct slice scope,
                                    struct cbec_error *error)
{
    struct statement *put = &settling->put;
    if (!facts->is_defined &&
        !derive_definitions(&settling->deriving, name, scope, &settling->definition_text, facts))
        return error_no_memory(error);
    bool is_day = date_is_full(facts->founded);
    statement_bind_integer(put, 1, enterprise);
    statement_bind_number(put, 2, facts->name_from);
    statement_bind_number(put, 3, facts->scope_from);
    statement_bind_number(put, 4, facts->code_from);
    statement_bind_number(put, 5, date_pack(facts->founded));
    statement_bind_number(put, 6, is_day ? 0 : date_pack(date_last_day(facts->founded)));
    statement_bind_number(put, 7, date_pack(facts->ceased));
    statement_bind_number(put, 8, facts->status->number);
    statement_bind_value(put, 9, facts->province);
    statement_bind_value(put, 10, facts->city);
    statement_bind_value(put, 11, facts->industry);
    statement_bind_value(put, 12, facts->type);
    if (is_given(facts->currency))
        statement_bind_real(put, 13, facts->capital);
    else
        statement_bind_null(put, 13);
    statement_bind_value(put, 14, facts->currency);
    statement_bind_integer(put, 15, set);
    statement_bind_integer(put, 16, facts->definitions);
    enum cbec_status status = statement_run(put, error);
    const struct counted counted = counted_of_facts(facts, set, facts->definitions);
    return status == CBEC_OK ? tally_count(&settling->tally, &counted, 1, error) : status;
}

enum cbec_status settle_alone(struct settling *settling, int64_t enterprise, int64_t source,
                              struct facts facts, struct slice name, struct slice scope,
                              struct cbec_error *error)
{
    int64_t set;
    settling->source_count = 0;
    take_source(settling, source);
    enum cbec_status status = source_set_of(settling, &set, error);
    return status == CBEC_OK ? write_facts(settling, enterprise, set, &facts, name, scope, error)
                             : status;
}

static const enum field said_of_fields[] = {FIELD_CAPITAL, FIELD_CITY, FIELD_INDUSTRY, FIELD_TYPE,
                                            FIELD_SCOPE};

/* Columns of enterprise_said; those of fields are what a record may well leave open. */
enum {
    SAID_CODE_FROM,
    SAID_FOUNDED_ON,
    SAID_CEASED_ON,
    SAID_STATUS,
    SAID_PROVINCE,
    SAID_OF_FIELDS,
    SAID_BY_OTHERS = SAID_OF_FIELDS + sizeof said_of_fields / sizeof *said_of_fields
};

/* A record without a province has one in its codes: then it matters whether that is another one. */
static bool keeps_province(struct statement *said, const struct facts *facts)
{
    int64_t before = statement_value(said, SAID_PROVINCE).number;
    return before && before == facts->province.number;
}

/*
 * Whether a record says all that was said before, in the current row of enterprise_said, so that
 * the last word for each field is its own. A date gives way to none that is less precise.
 */
static bool leaves_nothing_open(struct statement *said, const struct kept *kept,
                                const struct facts *facts)
{
    bool all = date_is_full(facts->founded) && facts->status != &STATUS_UNKNOWN &&
               (is_given(kept->of[FIELD_PROVINCE]) || keeps_province(said, facts)) &&
               (date_is_full(facts->ceased) || statement_is_null(said, SAID_CEASED_ON));
    for (int column = SAID_OF_FIELDS; column < SAID_BY_OTHERS; column++)
        all &= is_given(kept->of[said_of_fields[column - SAID_OF_FIELDS]]) ||
               statement_is_null(said, column);
    return all;
}

/* Puts down that what is said of an enterprise differs, or that it does not. */
static enum cbec_status note(struct statement *statement, int64_t enterprise,
                             struct cbec_error *error)
{
    statement_bind_integer(statement, 1, enterprise);
    return statement_run(statement, error);
}

/* Whether a record says another founding date or status than all records before, which agree. */
static bool differs(struct statement *said, const struct facts *facts)
{
    return statement_integer(said, SAID_FOUNDED_ON) != date_pack(facts->founded) ||
           statement_integer(said, SAID_STATUS) != facts->status->number;
}

/* Where the status of several sources is unknown, it depends on their records whether they say that
 * it is, or nothing: the former differs from what others say. */
static bool may_compare(struct statement *said, const struct grown_set *grown)
{
    return grown->sources == 1 || (!statement_integer(said, SAID_BY_OTHERS) &&
                                   statement_integer(said, SAID_STATUS) != STATUS_UNKNOWN.number);
}

enum cbec_status settle_last(struct settling *settling, int64_t enterprise, int64_t set, int64_t id,
                             int64_t source, const struct kept *kept, struct facts facts,
                             bool *settled, struct cbec_error *error)
{
    const struct grown_set *grown;
    struct statement *said = &settling->said;
    bool has_scope = is_given(kept->of[FIELD_SCOPE]);
    enum cbec_status status = grow_set(settling, set, source, &grown, error);
    if (status != CBEC_OK)
        return status;
    bool is_second = grown->sources == 2 && grown->number != set;
    statement_bind_integer(said, 1, enterprise);
    statement_bind_integer(said, 2, !has_scope);
    statement_bind_number(said, 3, is_second ? id : 0);
    status = statement_step(said, settled, error);
    *settled = *settled && leaves_nothing_open(said, kept, &facts) && may_compare(said, grown);
    if (*settled)
        facts.code_from = statement_integer(said, SAID_CODE_FROM);
    bool disputed = *settled && grown->sources > 1 && differs(said, &facts);
    statement_reset(said);
    if (status != CBEC_OK || !*settled)
        return status;
    facts.name_from = id;
    facts.scope_from = has_scope ? id : 0;
    if (disputed)
        status = note(&settling->dispute, enterprise, error);
    if (status == CBEC_OK)
        status = tally_forget(&settling->tally, enterprise, error);
    return status == CBEC_OK
               ? write_facts(settling, enterprise, grown->number, &facts, kept->of[FIELD_NAME].text,
                             kept->of[FIELD_SCOPE].text, error)
               : status;
}

/* What was said so far by all sources, and whether that differs. */
struct comparing {
    struct date founded;
    const struct status_group *status;
    bool differs;
};

static void compare(struct comparing *comparing, const struct record *record)
{
    struct date founded = record->founded;
    if (!comparing->founded.year)
        comparing->founded = founded;
    if (!comparing->status)
        comparing->status = record->status;
    comparing->differs |= date_pack(founded) != date_pack(comparing->founded) ||
                          (record->status && record->status != comparing->status);
}

static enum cbec_status note_dispute(struct settling *settling, int64_t enterprise,
                                     const struct comparing *comparing, struct cbec_error *error)
{
    /* One that was named by a single source is in no dispute yet. */
    if (settling->source_count == 1)
        return CBEC_OK;
    return note(comparing->differs ? &settling->dispute : &settling->agree, enterprise, error);
}

enum cbec_status settle_again(struct settling *settling, int64_t enterprise,
                              struct cbec_error *error)
{
    struct deriving *deriving = &settling->deriving;
    struct statement *records = &settling->records;
    struct read_record read;
    struct comparing comparing = {.differs = false};
    derive_begin(deriving, enterprise);
    settling->source_count = 0;
    statement_bind_integer(records, 1, enterprise);
    for (bool row = true;;) {
        enum cbec_status status = statement_step(records, &row, error);
        if (status != CBEC_OK)
            return status;
        if (!row)
            break;
        kept_read(&deriving->words, records, 2, &read);
        derive_take(deriving, statement_integer(records, 0), &read.record, &read.kept, true);
        take_source(settling, statement_integer(records, 1));
        compare(&comparing, &read.record);
    }
    /* It may have been joined to another one, and have no records any more. */
    if (!deriving->said.name_from)
        return CBEC_OK;
    struct facts facts = derive_facts(deriving);
    if (deriving->no_memory)
        return error_no_memory(error);
    int64_t set;
    enum cbec_status status = source_set_of(settling, &set, error);
    if (status == CBEC_OK)
        status = tally_forget(&settling->tally, enterprise, error);
    if (status == CBEC_OK)
        status = note_dispute(settling, enterprise, &comparing, error);
    return status == CBEC_OK
               ? write_facts(settling, enterprise, set, &facts, deriving->said.text[FIELD_NAME],
                             deriving->said.text[FIELD_SCOPE], error)
               : status;
}
