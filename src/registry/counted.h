/*
 * counted.h: what counts look at in an enterprise, and the kinds of counts that are kept.
 *
 * For each segment (a province, a combination of sources, a combination of definitions) and each
 * kind the registry keeps the number of enterprises for each key of the kind (table tally).
 */
#ifndef CBEC_REGISTRY_COUNTED_H
#define CBEC_REGISTRY_COUNTED_H

#include "record/capital.h"
#include "registry/derive.h"

enum precision { BY_YEAR, BY_MONTH, BY_DAY };

struct counted {
    struct value province, city, industry, type; /* none: unknown */
    int64_t source_set;
    int64_t definitions;
    int64_t founded;          /* packed (date.h); the last day of a month or a year */
    enum precision precision; /* in which that is known */
    int status;               /* the number of a group */
    enum capital_band capital;
    int exit_year; /* of deregistration or revocation; 0: none that is dated */
    int64_t
        exit_from; /* packed: the day from which the exit counts, which is not before founding */
};

struct counted counted_of_facts(const struct facts *facts, int64_t source_set, int64_t definitions);

/*
 * Reads a row whose columns are founded_on, founded_by, ceased_on, status, province, city,
 * industry, type, capital, capital_currency, source_set and definitions of an enterprise. `cny` is
 * the number of the word CNY. Texts are valid until the next step.
 */
void counted_read(struct statement *row, int64_t cny, struct counted *counted);

/* The kinds of counts: how many enterprises there are by … */
enum counted_kind {
    COUNTED_STATUS = 1, /* year of founding and status */
    COUNTED_DAY,        /* day of founding and status */
    COUNTED_CITY,       /* year of founding and city */
    COUNTED_INDUSTRY,
    COUNTED_TYPE,
    COUNTED_CAPITAL, /* year of founding and band of capital */
    COUNTED_EXIT,    /* year of the exit, day from which it counts, and status */
    COUNTED_KINDS
};

/* A key has so many bits. */
#define COUNTED_KEY_BITS 44

/* Stands in a key for a city, industry or type that is no word. */
#define COUNTED_NO_WORD ((1 << 20) - 1)

/* The key under which a kind counts an enterprise; false if it does not. */
bool counted_key(const struct counted *counted, enum counted_kind kind, uint64_t *key);

/*
 * What a key says, in the members it speaks of. Where a day is known and the kind does not know it,
 * it is the last one of the year. False where the key holds COUNTED_NO_WORD.
 */
bool counted_from_key(enum counted_kind kind, uint64_t key, struct counted *counted);

#endif
