/* words.h: the few words of which random exports are made, and what each of them means by the
 * rules. */
#ifndef CBEC_TESTS_PROPERTY_WORDS_H
#define CBEC_TESTS_PROPERTY_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* The columns of random exports. UNKNOWN is one that the registry does not know. */
enum column {
    NAME,
    FOUNDED,
    CODE,
    NUMBER,
    STATUS,
    CEASED,
    CAPITAL,
    TYPE,
    INDUSTRY,
    PROVINCE,
    CITY,
    SCOPE,
    APPROVED,
    UNKNOWN,
    COLUMNS
};

/*
 * What can stand in a cell. `kept` is what the registry keeps of it, NULL if it cannot be read.
 * `means` depends on the column:
 *
 * NAME: what two names have in common that are the same name; UNMATCHED for a row without a match.
 * CODE: its class; "number" for a registration number in the column of codes.
 * NUMBER: "valid" for one of 15 digits that passes its check, else "other".
 * STATUS: its group.
 * CAPITAL: its currency; NULL if it has no value.
 * CITY, TYPE, INDUSTRY: what is counted: the text folded.
 *
 * `plain` is a name without suffixes; `shown` the part of a name or scope in which words of
 * definitions are looked for, with | where a negating bracket stood; `province` what a number says
 * of the province.
 */
struct word {
    const char *written;
    const char *kept;
    const char *means;
    const char *plain;
    const char *shown;
    const char *province;
    double amount;
};

struct words {
    const char *header;
    const struct word *at;
    int count;
};

#define UNMATCHED "unmatched"

extern const struct words WORDS[COLUMNS];

/* Cells that say nothing. */
#define MISSING_COUNT 6
extern const char *const MISSING[MISSING_COUNT];

/* Days for data dates; behind them some more for as-of dates: the first before all dates of
 * exports, the last after all of them. */
#define DAY_COUNT 14
#define AS_OF_COUNT 22
extern const char *const DAYS[AS_OF_COUNT];

/* Definitions: the built-in ones, and those that some rounds add. */
#define DEFINITION_WORDS 4
#define DEFINITION_COUNT 6
#define BUILT_IN_COUNT 3
struct definition_words {
    const char *name;
    const char *wanted[16];
    const char *unwanted[DEFINITION_WORDS];
};
extern const struct definition_words DEFINITIONS[DEFINITION_COUNT];

/* Sources: what the option or the file's name says, and the source's name. */
#define SOURCE_COUNT 6
struct source_words {
    const char *option;
    const char *in_name;
    const char *name;
};
extern const struct source_words SOURCES[SOURCE_COUNT];

#endif
