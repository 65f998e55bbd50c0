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
    int64_t size = part < 0 ? -part : part;
    int64_t tenths = (2000 * size + whole) / (2 * whole);
    *percent = (double)(part < 0 && tenths ? -tenths : tenths) / 10.0;
    return true;
}

#endif
