/* capital.h: registered capital as vendors write it. */
#ifndef CBEC_RECORD_CAPITAL_H
#define CBEC_RECORD_CAPITAL_H

#include "util/slice.h"

struct capital {
    double amount;    /* in whole units of the currency (yuan, dollars), rounded to 1/100 */
    char currency[4]; /* ISO 4217; CNY where none is written */
};

/*
 * Reads number × unit (元, 万, 亿) and currency: 1,000(万元人民币), 500万美元, 1E-06万人民币,
 * 33000元. False if the text is none (empty, (元/万元), an address from a shifted column), if part
 * of it is not understood (a currency that is not in the list), or if it is negative: that is no
 * fault.
 */
bool capital_parse(struct slice text, struct capital *capital);

/*
 * Bands of capital, by which new registrations are counted: in CNY, lower bound included. Other
 * currencies are not converted.
 */
enum capital_band {
    CAPITAL_UNKNOWN, /* no amount that can be read */
    CAPITAL_OTHER_CURRENCY,
    CAPITAL_UNDER_1_MILLION,
    CAPITAL_1_TO_5_MILLION,
    CAPITAL_5_TO_10_MILLION,
    CAPITAL_10_TO_50_MILLION,
    CAPITAL_OVER_50_MILLION,
    CAPITAL_BAND_COUNT
};

/* The band of an amount; `is_cny` if that is its currency. */
enum capital_band capital_band_of(double amount, bool is_cny);

/* The word of outputs: "1-5 million". */
const char *capital_band_name(enum capital_band band);

#endif
