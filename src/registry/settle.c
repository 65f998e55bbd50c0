#include "registry/settle.h"

#include <stdlib.h>

#include "record/capital.h"
#include "record/name.h"
#include "record/text.h"
#include "util/error.h"

enum cbec_status settling_open(struct settling *settling, struct cbec_registry *registry,
                               struct cbec_error *error)
{
    *settling = (struct settling){.registry = registry};
    const struct {
        struct statement *statement;
        const char *name;
    } prepared[] = {
        {&settling->said, "record_of_enterprise"},
        {&settling->put, "enterprise_put"},
        {&settling->set_names, "source_set_names"},
        {&settling->set_insert, "source_set_insert"},
        {&settling->set_members, "source_set_add_members"},
        {&settling->set_find, "source_set_find"},
    };
    enum cbec_status status = definitions_load(&settling->definitions, registry, error);
    for (size_t i = 0; i < sizeof prepared / sizeof *prepared && status == CBEC_OK; i++)
        status = statement_prepare(prepared[i].statement, registry, prepared[i].name, error);
    return status;
}

void settling_close(struct settling *settling)
{
    definitions_free(&settling->definitions);
    statement_finish(&settling->said);
    statement_finish(&settling->put);
    statement_finish(&settling->set_names);
    statement_finish(&settling->set_insert);
    statement_finish(&settling->set_members);
    statement_finish(&settling->set_find);
    for (int field = 0; field < FIELD_COUNT; field++)
        buffer_free(&settling->settled.text[field]);
    free(settling->settled.sources);
    buffer_free(&settling->definition_text);
    buffer_free(&settling->sources);
    buffer_free(&settling->last_sources);
}

/* ---- Taking in words ---------------------------------------------------------------------------
 */

static void forget(struct settled *settled)
{
    settled->name_from = settled->scope_from = 0;
    settled->founded = settled->ceased = (struct date){0};
    settled->status = NULL;
    settled->has_valid_number = false;
    settled->source_count = 0;
    memset(settled->given, 0, sizeof settled->given);
}

static void take_text(struct settled *settled, enum field field, struct slice text)
{
    if (!text.at)
        return;
    buffer_clear(&settled->text[field]);
    buffer_append(&settled->text[field], text);
    settled->given[field] = true;
    settled->no_memory |= settled->text[field].failed;
}

static void take_date(struct date *settled, struct date said)
{
    if (!date_contains(said, *settled))
        *settled = said;
}

static void take_source(struct settled *settled, int64_t source)
{
    size_t place = settled->source_count;
    while (place > 0 && settled->sources[place - 1] > source)
        place--;
    if (place > 0 && settled->sources[place - 1] == source)
        return;
    if (settled->source_count == settled->source_capacity) {
        size_t capacity = settled->source_capacity ? settled->source_capacity * 2 : 8;
        int64_t *sources = realloc(settled->sources, capacity * sizeof *sources);
        if (!sources) {
            settled->no_memory = true;
            return;
        }
        settled->sources = sources;
        settled->source_capacity = capacity;
    }
    memmove(settled->sources + place + 1, settled->sources + place,
            (settled->source_count - place) * sizeof *settled->sources);
    settled->sources[place] = source;
    settled->source_count++;
}

static void take_word(struct settled *settled, int64_t id, int64_t source,
                      const struct record *record)
{
    static const enum field as_text[] = {FIELD_NAME,     FIELD_CAPITAL, FIELD_TYPE, FIELD_INDUSTRY,
                                         FIELD_PROVINCE, FIELD_CITY,    FIELD_SCOPE};
    for (size_t i = 0; i < sizeof as_text / sizeof *as_text; i++)
        take_text(settled, as_text[i], record->text[as_text[i]]);
    settled->name_from = id;
    if (record->text[FIELD_SCOPE].at)
        settled->scope_from = id;
    if (record_has_code(record))
        take_text(settled, FIELD_CREDIT_CODE, record->text[FIELD_CREDIT_CODE]);
    struct slice number = record->text[FIELD_REGISTRATION_NO];
    if (number.at && registration_no_is_valid(number))
        take_text(settled, FIELD_REGISTRATION_NO, number);
    if (record->status)
        settled->status = record->status;
    take_date(&settled->founded, record->founded);
    struct date ceased;
    if (record->text[FIELD_CEASED_ON].at && date_parse_iso(record->text[FIELD_CEASED_ON], &ceased))
        take_date(&settled->ceased, ceased);
    take_source(settled, source);
}

/* ---- Deriving ----------------------------------------------------------------------------------
 */

static struct slice given_text(const struct settled *settled, enum field field)
{
    return settled->given[field] ? buffer_slice(&settled->text[field]) : (struct slice){0};
}

/*
 * The province is a source's word. Where there is none, it stands in the numbers that registers
 * give out: in the 3rd and 4th place of a credit code (GB 32100), the first two of a registration
 * number (GS 15).
 */
static const char *province_of(const struct settled *settled)
{
    if (settled->given[FIELD_PROVINCE])
        return buffer_string((struct buffer *)&settled->text[FIELD_PROVINCE]);
    static const struct {
        enum field field;
        size_t at;
    } places[] = {{FIELD_CREDIT_CODE, 2}, {FIELD_REGISTRATION_NO, 0}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct slice number = given_text(settled, places[i].field);
        if (!number.at)
            continue;
        const struct province *province =
            province_of_code((struct slice){number.at + places[i].at, 2});
        if (province)
            return province->name;
    }
    return "unknown";
}

/* The number of the combination of sources, which is added if it is new. */
static enum cbec_status source_set_of(struct settling *settling, int64_t *set,
                                      struct cbec_error *error)
{
    const struct settled *settled = &settling->settled;
    buffer_clear(&settling->sources);
    for (size_t i = 0; i < settled->source_count; i++)
        buffer_append_format(&settling->sources, "%c%lld", i ? ',' : '[',
                             (long long)settled->sources[i]);
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
    return status;
}

static int64_t definitions_of_settled(struct settling *settling)
{
    const struct settled *settled = &settling->settled;
    buffer_clear(&settling->definition_text);
    definition_text(name_without_suffixes(given_text(settled, FIELD_NAME)),
                    given_text(settled, FIELD_SCOPE), &settling->definition_text);
    return definitions_of(&settling->definitions, buffer_slice(&settling->definition_text));
}

static void bind_dates(struct statement *put, const struct settled *settled,
                       char founded_on[DATE_TEXT_SIZE], char founded_by[DATE_TEXT_SIZE],
                       char ceased_on[DATE_TEXT_SIZE])
{
    date_format(settled->founded, founded_on);
    date_format(date_last_day(settled->founded), founded_by);
    statement_bind_text(put, 5, slice_of(founded_on));
    statement_bind_text(put, 6, slice_of(founded_by));
    statement_bind_null(put, 7);
    if (settled->ceased.year) {
        date_format(settled->ceased, ceased_on);
        statement_bind_text(put, 7, slice_of(ceased_on));
    }
}

/* A city, an industry or a type: values are put together by what they say, not by how wide it is
 * written. */
static void bind_folded(struct statement *put, int parameter, const struct settled *settled,
                        enum field field, struct buffer *folded)
{
    statement_bind_null(put, parameter);
    if (!settled->given[field])
        return;
    text_fold(given_text(settled, field), 0, folded);
    statement_bind_text(put, parameter, text_clean(buffer_slice(folded)));
}

static enum cbec_status write_settled(struct settling *settling, int64_t enterprise,
                                      struct cbec_error *error)
{
    struct settled *settled = &settling->settled;
    struct statement *put = &settling->put;
    char founded_on[DATE_TEXT_SIZE], founded_by[DATE_TEXT_SIZE], ceased_on[DATE_TEXT_SIZE];
    struct buffer city = {0}, industry = {0}, type = {0};
    struct capital capital;
    int64_t set;
    enum cbec_status status = source_set_of(settling, &set, error);
    if (status != CBEC_OK)
        return status;

    statement_bind_integer(put, 1, enterprise);
    statement_bind_integer(put, 2, settled->name_from);
    statement_bind_null(put, 3);
    if (settled->scope_from)
        statement_bind_integer(put, 3, settled->scope_from);
    statement_bind_text(put, 4, given_text(settled, FIELD_CREDIT_CODE));
    bind_dates(put, settled, founded_on, founded_by, ceased_on);
    statement_bind_text(put, 8,
                        slice_of((settled->status ? settled->status : &STATUS_UNKNOWN)->name));
    statement_bind_text(put, 9, slice_of(province_of(settled)));
    bind_folded(put, 10, settled, FIELD_CITY, &city);
    bind_folded(put, 11, settled, FIELD_INDUSTRY, &industry);
    bind_folded(put, 12, settled, FIELD_TYPE, &type);
    statement_bind_null(put, 13);
    statement_bind_null(put, 14);
    if (settled->given[FIELD_CAPITAL] &&
        capital_parse(given_text(settled, FIELD_CAPITAL), &capital)) {
        statement_bind_real(put, 13, capital.amount);
        statement_bind_text(put, 14, slice_of(capital.currency));
    }
    statement_bind_integer(put, 15, set);
    statement_bind_integer(put, 16, definitions_of_settled(settling));
    if (settled->no_memory || settling->definition_text.failed || city.failed || industry.failed ||
        type.failed)
        status = error_no_memory(error);
    else
        status = statement_run(put, error);
    buffer_free(&city);
    buffer_free(&industry);
    buffer_free(&type);
    return status;
}

enum cbec_status settle_new(struct settling *settling, int64_t enterprise, int64_t source,
                            const struct record *record, struct cbec_error *error)
{
    forget(&settling->settled);
    take_word(&settling->settled, enterprise, source, record);
    return write_settled(settling, enterprise, error);
}

void settle_read_record(struct statement *statement, int column, struct record *record)
{
    *record = (struct record){0};
    if (!statement_is_null(statement, column))
        record->status = status_group_find(statement_text(statement, column));
    record->code_class = code_class_find(statement_text(statement, column + 1));
    for (int field = 0; field < FIELD_COUNT; field++)
        record->text[field] = statement_text(statement, column + 2 + field);
    date_parse_iso(record->text[FIELD_FOUNDED_ON], &record->founded);
}

enum cbec_status settle_again(struct settling *settling, int64_t enterprise,
                              struct cbec_error *error)
{
    struct statement *said = &settling->said;
    forget(&settling->settled);
    statement_bind_integer(said, 1, enterprise);
    for (;;) {
        bool row;
        enum cbec_status status = statement_step(said, &row, error);
        if (status != CBEC_OK)
            return status;
        if (!row) /* it may have been joined to another one, and have no records any more */
            return settling->settled.name_from ? write_settled(settling, enterprise, error)
                                               : CBEC_OK;
        struct record record;
        settle_read_record(said, 2, &record);
        take_word(&settling->settled, statement_integer(said, 0), statement_integer(said, 1),
                  &record);
    }
}
