#include "registry/derive.h"

#include "record/province.h"

enum cbec_status deriving_open(struct deriving *deriving, struct cbec_registry *registry,
                               struct cbec_error *error)
{
    *deriving = (struct deriving){.no_memory = false};
    enum cbec_status status = definitions_load(&deriving->definitions, registry, error);
    return status == CBEC_OK ? words_open(&deriving->words, registry, error) : status;
}

void deriving_close(struct deriving *deriving)
{
    definitions_free(&deriving->definitions);
    words_close(&deriving->words);
    for (int field = 0; field < FIELD_COUNT; field++)
        buffer_free(&deriving->said.room[field]);
    for (size_t i = 0; i < sizeof deriving->folded / sizeof *deriving->folded; i++)
        buffer_free(&deriving->folded[i]);
    buffer_free(&deriving->definition_text);
}

/* ---- Taking in words ---------------------------------------------------------------------------
 */

void derive_begin(struct deriving *deriving, int64_t enterprise)
{
    struct said *said = &deriving->said;
    said->enterprise = enterprise;
    said->name_from = said->scope_from = said->code_from = 0;
    said->founded = said->ceased = (struct date){0};
    said->status = NULL;
    memset(said->text, 0, sizeof said->text);
}

static void take_text(struct deriving *deriving, enum field field, struct slice text, bool keeps)
{
    struct said *said = &deriving->said;
    struct buffer *room = &said->room[field];
    if (!text.at)
        return;
    if (keeps) {
        buffer_clear(room);
        buffer_append(room, text);
        deriving->no_memory |= room->failed;
        text = buffer_slice(room);
    }
    said->text[field] = text;
}

static void take_date(struct date *settled, struct date said)
{
    if (said.year && !date_contains(said, *settled))
        *settled = said;
}

void derive_take(struct deriving *deriving, int64_t id, const struct record *record,
                 const struct kept *kept, bool keeps)
{
    static const enum field as_text[] = {FIELD_NAME,     FIELD_CAPITAL, FIELD_TYPE, FIELD_INDUSTRY,
                                         FIELD_PROVINCE, FIELD_CITY,    FIELD_SCOPE};
    struct said *said = &deriving->said;
    for (size_t i = 0; i < sizeof as_text / sizeof *as_text; i++) {
        enum field field = as_text[i];
        take_text(deriving, field, record->text[field], keeps);
        if (record->text[field].at)
            said->word[field] = kept->of[field].number;
    }
    said->name_from = id;
    if (record->text[FIELD_SCOPE].at)
        said->scope_from = id;
    if (record_has_code(record)) {
        take_text(deriving, FIELD_CREDIT_CODE, record->text[FIELD_CREDIT_CODE], keeps);
        said->code_from = said->code_from && said->code_from < id ? said->code_from : id;
    }
    if (record->has_valid_number)
        take_text(deriving, FIELD_REGISTRATION_NO, record->text[FIELD_REGISTRATION_NO], keeps);
    if (record->status)
        said->status = record->status;
    take_date(&said->founded, record->founded);
    take_date(&said->ceased, record->ceased);
}

/* ---- What follows ------------------------------------------------------------------------------
 */

/*
 * The province is a source's word. Where there is none, it stands in the numbers that registers
 * give out: in the 3rd and 4th place of a credit code (GB 32100), the first two of a registration
 * number (GS 15).
 */
static struct slice province_of_codes(const struct said *said)
{
    static const struct {
        enum field field;
        size_t at;
    } places[] = {{FIELD_CREDIT_CODE, 2}, {FIELD_REGISTRATION_NO, 0}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct slice number = said->text[places[i].field];
        if (!number.at)
            continue;
        const struct province *province =
            province_of_code((struct slice){number.at + places[i].at, 2});
        if (province)
            return slice_of(province->name);
    }
    return SLICE("unknown");
}

bool derive_definitions(const struct deriving *deriving, struct slice name, struct slice scope,
                        struct buffer *room, struct facts *facts)
{
    facts->is_defined = true;
    return definitions_of(&deriving->definitions, name, scope, room, &facts->definitions);
}

/* 0 where the enterprise's first record is meant. */
static int64_t from(const struct said *said, int64_t record)
{
    return record == said->enterprise ? 0 : record;
}

/* What a column holds for what is said. */
static struct value value_of(struct deriving *deriving, enum field field)
{
    const struct said *said = &deriving->said;
    return said->text[field].at && said->word[field]
               ? (struct value){.number = said->word[field]}
               : words_value(&deriving->words, said->text[field]);
}

/* NULL where nothing is said. */
static const struct known_capital *capital_of(struct deriving *deriving)
{
    struct slice text = deriving->said.text[FIELD_CAPITAL];
    struct value value = value_of(deriving, FIELD_CAPITAL);
    struct known_capital *known = &deriving->capitals[value.number % CAPITALS_KNOWN];
    if (!text.at || (value.number && known->word == value.number))
        return text.at ? known : NULL;
    *known = (struct known_capital){.word = value.number};
    known->is_amount = capital_parse(text, &known->capital);
    if (known->is_amount) {
        struct slice currency = slice_of(known->capital.currency);
        known->currency = words_value(&deriving->words, currency);
        known->band = capital_band_of(known->capital.amount, slice_equal(currency, SLICE("CNY")));
    }
    return known;
}

struct facts derive_facts(struct deriving *deriving)
{
    const struct said *said = &deriving->said;
    struct words *words = &deriving->words;
    /* City, industry and type: values are put together by what they say, not by how wide it is
     * written. */
    struct facts facts = {
        .name_from = from(said, said->name_from),
        .scope_from = from(said, said->scope_from),
        .code_from = from(said, said->code_from),
        .founded = said->founded,
        .ceased = said->ceased,
        .status = said->status ? said->status : &STATUS_UNKNOWN,
        .province = said->text[FIELD_PROVINCE].at ? value_of(deriving, FIELD_PROVINCE)
                                                  : words_value(words, province_of_codes(said)),
        .city = words_folded(words, value_of(deriving, FIELD_CITY), &deriving->folded[0]),
        .industry = words_folded(words, value_of(deriving, FIELD_INDUSTRY), &deriving->folded[1]),
        .type = words_folded(words, value_of(deriving, FIELD_TYPE), &deriving->folded[2]),
    };
    const struct known_capital *known = capital_of(deriving);
    if (known && known->is_amount) {
        facts.capital = known->capital.amount;
        facts.currency = known->currency;
        facts.capital_band = known->band;
    }
    return facts;
}
