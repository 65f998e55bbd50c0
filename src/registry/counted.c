#include "registry/counted.h"

/* How keys are put together. The year or the day comes first, so that keys lie in its order. */
#define VALUE_BITS 20
#define STATUS_BITS 4
#define PRECISION_BITS 2
#define MONTH_BITS 4
#define DAY_BITS 23 /* a packed date before the year 10000 */

static int lowest(uint64_t key, int bits)
{
    return (int)(key & (((uint64_t)1 << bits) - 1));
}

static enum precision precision_of(struct date founded)
{
    return founded.day ? BY_DAY : founded.month ? BY_MONTH : BY_YEAR;
}

static bool is_exit(int status)
{
    return status == STATUS_DEREGISTERED.number || status == STATUS_REVOKED.number;
}

static void take_exit(struct counted *counted, struct date ceased)
{
    if (!ceased.year || !is_exit(counted->status))
        return;
    int64_t day = date_pack(date_last_day(ceased));
    counted->exit_year = ceased.year;
    counted->exit_from = day > counted->founded ? day : counted->founded;
}

struct counted counted_of_facts(const struct facts *facts, int64_t source_set, int64_t definitions)
{
    struct counted counted = {
        .province = facts->province,
        .city = facts->city,
        .industry = facts->industry,
        .type = facts->type,
        .source_set = source_set,
        .definitions = definitions,
        .founded = date_pack(date_last_day(facts->founded)),
        .precision = precision_of(facts->founded),
        .status = facts->status->number,
        .capital = facts->capital_band,
    };
    take_exit(&counted, facts->ceased);
    return counted;
}

void counted_read(struct statement *row, int64_t cny, struct counted *counted)
{
    struct date founded = date_unpack(statement_integer(row, 0));
    struct value currency = statement_value(row, 9);
    bool is_cny =
        currency.number ? currency.number == cny : slice_equal(currency.text, SLICE("CNY"));
    *counted = (struct counted){
        .province = statement_value(row, 4),
        .city = statement_value(row, 5),
        .industry = statement_value(row, 6),
        .type = statement_value(row, 7),
        .source_set = statement_integer(row, 10),
        .definitions = statement_integer(row, 11),
        .founded = statement_integer(row, statement_is_null(row, 1) ? 0 : 1),
        .precision = precision_of(founded),
        .status = (int)statement_integer(row, 3),
        .capital = statement_is_null(row, 8) ? CAPITAL_UNKNOWN
                                             : capital_band_of(statement_real(row, 8), is_cny),
    };
    take_exit(counted, date_unpack(statement_integer(row, 2)));
}

/* ---- Keys --------------------------------------------------------------------------------------
 */

/* The member that holds the values of a kind: those that are words. */
static struct value *word_of(struct counted *counted, enum counted_kind kind)
{
    switch (kind) {
    case COUNTED_CITY:
        return &counted->city;
    case COUNTED_INDUSTRY:
        return &counted->industry;
    case COUNTED_TYPE:
        return &counted->type;
    default:
        return NULL;
    }
}

static uint64_t value_key(const struct counted *counted, enum counted_kind kind)
{
    struct counted copy = *counted;
    const struct value *word = word_of(&copy, kind);
    if (word)
        return word->text.at ? COUNTED_NO_WORD : (uint64_t)word->number;
    return (uint64_t)(kind == COUNTED_STATUS ? counted->status : (int)counted->capital);
}

/*
 * Of the date the year is enough, but that a date without a day has its last month: whether it is
 * past then can be told from the key.
 */
static uint64_t year_key(const struct counted *counted)
{
    struct date founded = date_unpack(counted->founded);
    int month = counted->precision == BY_DAY ? 0 : founded.month;
    return (uint64_t)founded.year << MONTH_BITS | (uint64_t)month;
}

bool counted_key(const struct counted *counted, enum counted_kind kind, uint64_t *key)
{
    uint64_t status = (uint64_t)counted->status;
    if (kind == COUNTED_DAY)
        *key = ((uint64_t)counted->founded << PRECISION_BITS | counted->precision) << STATUS_BITS |
               status;
    else if (kind == COUNTED_EXIT)
        *key = ((uint64_t)counted->exit_year << DAY_BITS | (uint64_t)counted->exit_from)
                   << STATUS_BITS |
               status;
    else
        *key = year_key(counted) << VALUE_BITS | value_key(counted, kind);
    return kind != COUNTED_EXIT || counted->exit_year;
}

static void take_year_key(struct counted *counted, uint64_t key)
{
    int month = lowest(key, MONTH_BITS);
    counted->precision = month ? BY_MONTH : BY_DAY;
    counted->founded =
        date_pack(date_last_day((struct date){(int)(key >> MONTH_BITS), month ? month : 12, 0}));
}

bool counted_from_key(enum counted_kind kind, uint64_t key, struct counted *counted)
{
    const int value = lowest(key, VALUE_BITS);
    struct value *word = word_of(counted, kind);
    counted->status = lowest(key, STATUS_BITS);
    if (kind == COUNTED_DAY) {
        counted->precision = (enum precision)lowest(key >> STATUS_BITS, PRECISION_BITS);
        counted->founded = (int64_t)(key >> (STATUS_BITS + PRECISION_BITS));
        return true;
    }
    if (kind == COUNTED_EXIT) {
        counted->exit_from = lowest(key >> STATUS_BITS, DAY_BITS);
        counted->exit_year = (int)(key >> (STATUS_BITS + DAY_BITS));
        return true;
    }
    take_year_key(counted, key >> VALUE_BITS);
    if (word)
        *word = (struct value){.number = value};
    else if (kind == COUNTED_CAPITAL)
        counted->capital = (enum capital_band)value;
    return !word || value != COUNTED_NO_WORD;
}
