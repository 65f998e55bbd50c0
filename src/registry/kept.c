#include "registry/kept.h"

/* Longer numbers may be too large for 64 bits. */
#define NUMBER_DIGITS 18

static struct value kept_number(struct slice number)
{
    struct value as_text = {.text = number};
    int64_t value = 0;
    if (!number.at || number.length == 0 || number.length > NUMBER_DIGITS || number.at[0] == '0')
        return as_text;
    for (size_t i = 0; i < number.length; i++) {
        if (number.at[i] < '0' || number.at[i] > '9')
            return as_text;
        value = value * 10 + (number.at[i] - '0');
    }
    return (struct value){.number = value};
}

void kept_read_number(struct statement *statement, int column, char room[24], struct record *record)
{
    struct value value = statement_value(statement, column);
    struct slice number = value.text;
    if (value.number)
        number = (struct slice){room, (size_t)snprintf(room, 24, "%lld", (long long)value.number)};
    record->text[FIELD_REGISTRATION_NO] = number;
    record->has_valid_number = number.at && registration_no_is_valid(number);
}

struct kept kept_of_record(struct words *words, const struct record *record)
{
    static const enum field shared[] = {FIELD_STATUS,   FIELD_CAPITAL,  FIELD_TYPE,
                                        FIELD_INDUSTRY, FIELD_PROVINCE, FIELD_CITY,
                                        FIELD_DISTRICT};
    struct kept kept;
    for (int field = 0; field < FIELD_COUNT; field++)
        kept.of[field] = (struct value){.text = record->text[field]};
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        kept.of[shared[i]] = words_value(words, record->text[shared[i]]);
    kept.of[FIELD_REGISTRATION_NO] = kept_number(record->text[FIELD_REGISTRATION_NO]);
    kept.of[FIELD_FOUNDED_ON] = (struct value){.number = date_pack(record->founded)};
    kept.of[FIELD_CEASED_ON] = (struct value){.number = date_pack(record->ceased)};

    struct slice code = record->text[FIELD_CREDIT_CODE];
    struct slice organisation = record->text[FIELD_ORGANISATION_CODE];
    if (record_has_code(record) && organisation.length == 9 &&
        memcmp(code.at + 8, organisation.at, 9) == 0)
        kept.of[FIELD_ORGANISATION_CODE] = (struct value){.number = KEPT_IN_CREDIT_CODE};
    return kept;
}

void kept_read(const struct words *words, struct statement *statement, int column,
               struct read_record *read)
{
    static const enum field shared[] = {FIELD_CAPITAL, FIELD_TYPE, FIELD_INDUSTRY, FIELD_PROVINCE,
                                        FIELD_CITY};
    struct record *record = &read->record;
    *record =
        (struct record){.status = status_group_numbered((int)statement_integer(statement, column)),
                        .code_class = (enum code_class)statement_integer(statement, column + 1),
                        .founded = date_unpack(statement_integer(statement, column + 5)),
                        .ceased = date_unpack(statement_integer(statement, column + 6))};
    record->text[FIELD_NAME] = statement_text(statement, column + 2);
    record->text[FIELD_CREDIT_CODE] = statement_text(statement, column + 3);
    kept_read_number(statement, column + 4, read->number, record);
    read->kept = (struct kept){0};
    for (int i = 0; i < (int)(sizeof shared / sizeof *shared); i++) {
        struct value *value = &read->kept.of[shared[i]];
        *value = statement_value(statement, column + 7 + i);
        record->text[shared[i]] = words_text(words, *value);
    }
    record->text[FIELD_SCOPE] = statement_text(statement, column + 12);
}
