/* date.h: days as registers write them, with the precision they have. */
#ifndef CBEC_RECORD_DATE_H
#define CBEC_RECORD_DATE_H

#include <stdint.h>

#include "util/slice.h"

/* A day of the Gregorian calendar; day 0: the month as a whole; month 0: the year as a whole. */
struct date {
    int year;
    int month;
    int day;
};

enum date_system { DATE_SYSTEM_1900, DATE_SYSTEM_1904 };

/* The longest text that date_format writes, with its NUL. */
#define DATE_TEXT_SIZE 11

/*
 * Reads a date in any form that exports use (2021-03-04, 2021/3/4, 2021.3.4, 20210304,
 * 2021年3月4日, with or without a time of day, DD/MM/YYYY, 20 Oct 1930, 2021-10, 2021年10月, 2021,
 * spreadsheet day serials from 20000 to 60000 in the given date system). Full-width digits count.
 * False if the text is none of these, or a day that does not exist.
 */
bool date_parse(struct slice text, enum date_system system, struct date *date);

/* Reads YYYY-MM-DD, YYYY-MM or YYYY and nothing else: the form of options and of the registry. */
bool date_parse_iso(struct slice text, struct date *date);

/* A date as a small number, in the order of days (year << 9 | month << 5 | day); 0 for year 0. */
static inline int64_t date_pack(struct date date)
{
    return date.year << 9 | date.month << 5 | date.day;
}

static inline struct date date_unpack(int64_t packed)
{
    return (struct date){(int)(packed >> 9), (int)(packed >> 5 & 15), (int)(packed & 31)};
}

/* Writes YYYY-MM-DD, YYYY-MM or YYYY. */
void date_format(struct date date, char text[DATE_TEXT_SIZE]);

/* The day that a spreadsheet's day serial stands for; false outside 1 January 1900 to 31 December
 * 9999. */
bool date_from_serial(double serial, enum date_system system, struct date *date);

/* The first and the last day of a date that may be a month or a year; a full day is both. */
struct date date_first_day(struct date date);
struct date date_last_day(struct date date);

/* < 0, 0, > 0: a is before, the same as, after b. Both are full days. */
int date_compare(struct date a, struct date b);

bool date_is_full(struct date date);

/* True if `whole` (a month or a year) is less precise than `part` and contains it: 2021-10 and
 * 2021-10-05. */
bool date_contains(struct date whole, struct date part);

/*
 * The first date in a file's name: eight digits that are no part of a longer run, YYYY-MM-DD,
 * YYYY.MM.DD or YYYY年M月D日; a real day of 1990 to 2100. False if there is none.
 */
bool date_find_in_name(struct slice name, struct date *date);

/* Today, in local time. */
struct date date_today(void);

#endif
