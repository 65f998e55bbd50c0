/* percent.h: the one way in which percentages are worked out. */
#ifndef CBEC_UTIL_PERCENT_H
#define CBEC_UTIL_PERCENT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * 100 × part / whole to one decimal, halves away from zero, worked out in whole numbers so that
 * 8.35 is never taken for 8.3; never -0.0. False if there is no whole.
 */
static inline bool percent_of(int64_t part, int64_t whole, double *percent)
{
    if (whole <= 0)
        return false;
    __extension__ typedef __int128 wide; /* a query may ask for any two numbers */
    wide size = part < 0 ? -(wide)part : part;
    wide tenths = (2000 * size + whole) / (2 * (wide)whole);
    *percent = (double)(part < 0 && tenths ? -tenths : tenths) / 10.0;
    return true;
}

/* The same in whole numbers, worked out from the counts as well: not from tenths, which were
 * rounded already. `part` is not negative, `whole` is more than 0. */
static inline int64_t whole_percent(int64_t part, int64_t whole)
{
    return (200 * part + whole) / (2 * whole);
}

#endif
