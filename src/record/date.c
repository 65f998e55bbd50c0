#include "record/date.h"

#include <strings.h>
#include <time.h>

#include "record/text.h"

/* Registers know founding dates back to 1695; a year before this one is a typing error. */
#define FIRST_YEAR 1600
#define LAST_YEAR 9999

/* Day serials in text: from 1954 to 2064. Numbers outside are no dates. */
#define FIRST_SERIAL 20000
#define LAST_SERIAL 60000

/* Days from 1 March of the year 0 to 31 December 1899 and to 1 January 1904. */
#define DAYS_TO_1900 693900
#define DAYS_TO_1904 695361

/* ---- The calendar ---------------------------------------------------------------------------- */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Sets the date if there is such a year, month (or 0) and day (or 0). */
static bool make_date(int year, int month, int day, struct date *date)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 0 || month > 12 || day < 0 ||
        (month == 0 && day != 0) || (month && day > days_of_month(year, month)))
        return false;
    *date = (struct date){year, month, day};
    return true;
}

bool date_is_full(struct date date)
{
    return date.day != 0;
}

struct date date_first_day(struct date date)
{
    return (struct date){date.year, date.month ? date.month : 1, date.day ? date.day : 1};
}

struct date date_last_day(struct date date)
{
    int month = date.month ? date.month : 12;
    return (struct date){date.year, month, date.day ? date.day : days_of_month(date.year, month)};
}

int date_compare(struct date a, struct date b)
{
    return (a.year * 10000 + a.month * 100 + a.day) - (b.year * 10000 + b.month * 100 + b.day);
}

bool date_contains(struct date whole, struct date part)
{
    if (whole.year != part.year)
        return false;
    if (whole.month == 0)
        return part.month != 0;
    return whole.month == part.month && whole.day == 0 && part.day != 0;
}

/* Writes `count` digits of a number, zeros in front. */
static char *put_digits(char *to, int number, int count)
{
    for (int i = count - 1; i >= 0; i--, number /= 10)
        to[i] = (char)('0' + number % 10);
    return to + count;
}

void date_format(struct date date, char text[DATE_TEXT_SIZE])
{
    text = put_digits(text, date.year, 4);
    if (date.month) {
        *text++ = '-';
        text = put_digits(text, date.month, 2);
    }
    if (date.day) {
        *text++ = '-';
        text = put_digits(text, date.day, 2);
    }
    *text = '\0';
}

struct date date_today(void)
{
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    return (struct date){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
}

/* The day so many days after 1 March of the year 0: in years from March a leap day is the last. */
static bool date_of_count(long days, struct date *date)
{
    long era = days / 146097, of_era = days % 146097; /* days in 400 years */
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100);
    long month = (5 * of_year + 2) / 153; /* 0: March; five months have 153 days */
    long day = of_year - (153 * month + 2) / 5 + 1;
    year += era * 400 + (month >= 10);
    return make_date((int)year, (int)(month >= 10 ? month - 9 : month + 3), (int)day, date);
}

bool date_from_serial(double serial, enum date_system system, struct date *date)
{
    if (!(serial >= 0) || serial > 3000000)
        return false;
    long days = (long)serial;
    if (system == DATE_SYSTEM_1904)
        return date_of_count(DAYS_TO_1904 + days, date);
    /* 1 is 1 January 1900, and 60 a 29 February 1900 that never was. */
    if (days < 1 || days == 60)
        return false;
    return date_of_count(DAYS_TO_1900 + days - (days > 60 ? 1 : 0), date);
}

/* ---- Reading --------------------------------------------------------------------------------- */

static bool starts_with_digit(struct slice text)
{
    return text.length > 0 && text.at[0] >= '0' && text.at[0] <= '9';
}

/* Takes up to `most` digits off the front; returns how many there were. */
static size_t take_digits(struct slice *text, size_t most, int *value)
{
    size_t count = 0;
    *value = 0;
    while (count < most && starts_with_digit(*text)) {
        *value = *value * 10 + (text->at[0] - '0');
        *text = slice_from(*text, 1);
        count++;
    }
    return count;
}

static bool take(struct slice *text, struct slice prefix)
{
    if (!slice_starts_with(*text, prefix))
        return false;
    *text = slice_from(*text, prefix.length);
    return true;
}

static void skip_blanks(struct slice *text)
{
    while (text->length > 0 && text->at[0] == ' ')
        *text = slice_from(*text, 1);
}

/* Nothing, Z, or how far local time is from UTC: +08:00, +0800, +08. */
static bool is_zone(struct slice text)
{
    int hours, minutes;
    skip_blanks(&text);
    if (text.length == 0 || slice_equal(text, SLICE("Z")) || slice_equal(text, SLICE("z")))
        return true;
    if ((!take(&text, SLICE("+")) && !take(&text, SLICE("-"))) ||
        take_digits(&text, 2, &hours) != 2)
        return false;
    if (text.length == 0)
        return true;
    take(&text, SLICE(":"));
    return take_digits(&text, 2, &minutes) == 2 && text.length == 0;
}

/* 00:00, 8:00:00, 00:00:00.000Z, 08:00:00+08:00 */
static bool is_time(struct slice text)
{
    int hour, minute, second, fraction;
    if (take_digits(&text, 2, &hour) == 0 || hour > 24 || !take(&text, SLICE(":")) ||
        take_digits(&text, 2, &minute) != 2 || minute > 59)
        return false;
    if (take(&text, SLICE(":"))) {
        if (take_digits(&text, 2, &second) != 2 || second > 60)
            return false;
        if (take(&text, SLICE(".")) && take_digits(&text, 9, &fraction) == 0)
            return false;
    }
    return is_zone(text);
}

/* What may stand behind a day: nothing, or a time of day behind a T or blanks. */
static bool is_time_of_day(struct slice rest)
{
    if (rest.length == 0)
        return true;
    if (rest.at[0] == 'T' || rest.at[0] == 't')
        return is_time(slice_from(rest, 1));
    if (rest.at[0] != ' ')
        return false;
    skip_blanks(&rest);
    return rest.length == 0 || is_time(rest);
}

/* 2021-03-04 2021/3/4 2021.3.4, and without a day. The separators are alike. */
static bool parse_year_first(struct slice text, struct date *date)
{
    int year, month, day;
    if (take_digits(&text, 4, &year) != 4 || text.length == 0)
        return false;
    char separator = text.at[0];
    if (!memchr("-/.", separator, 3))
        return false;
    text = slice_from(text, 1);
    skip_blanks(&text);
    if (take_digits(&text, 2, &month) == 0 || month == 0)
        return false;
    skip_blanks(&text);
    if (text.length == 0)
        return make_date(year, month, 0, date);
    if (text.at[0] != separator)
        return false;
    text = slice_from(text, 1);
    skip_blanks(&text);
    return take_digits(&text, 2, &day) > 0 && day > 0 && is_time_of_day(text) &&
           make_date(year, month, day, date);
}

/* 2021年3月4日 2021年10月 2021年 */
static bool parse_chinese(struct slice text, struct date *date)
{
    int year, month = 0, day = 0;
    if (take_digits(&text, 4, &year) != 4)
        return false;
    skip_blanks(&text);
    if (!take(&text, SLICE("年")))
        return false;
    skip_blanks(&text);
    if (text.length == 0)
        return make_date(year, 0, 0, date);
    if (take_digits(&text, 2, &month) == 0 || month == 0)
        return false;
    skip_blanks(&text);
    if (!take(&text, SLICE("月")))
        return text.length == 0 && make_date(year, month, 0, date);
    skip_blanks(&text);
    if (text.length == 0)
        return make_date(year, month, 0, date);
    if (take_digits(&text, 2, &day) == 0 || day == 0)
        return false;
    skip_blanks(&text);
    bool marked = take(&text, SLICE("日")) || take(&text, SLICE("号"));
    if (!marked && text.length > 0)
        return false;
    /* Chinese needs no blank before the time. */
    return (is_time_of_day(text) || is_time(text)) && make_date(year, month, day, date);
}

/* DD/MM/YYYY, as British registers write it. */
static bool parse_day_first(struct slice text, struct date *date)
{
    int day, month, year;
    return take_digits(&text, 2, &day) > 0 && day > 0 && take(&text, SLICE("/")) &&
           take_digits(&text, 2, &month) > 0 && month > 0 && take(&text, SLICE("/")) &&
           take_digits(&text, 4, &year) == 4 && is_time_of_day(text) &&
           make_date(year, month, day, date);
}

static bool is_letter(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

static int month_of_name(struct slice *text)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    size_t length = 0;
    while (length < text->length && is_letter(text->at[length]))
        length++;
    for (int month = 1; month <= 12 && length >= 3; month++) {
        const char *name = names[month - 1];
        bool is_short = length == 3 || (month == 9 && length == 4); /* Sept */
        if ((is_short || length == strlen(name)) && strncasecmp(text->at, name, length) == 0) {
            *text = slice_from(*text, length);
            return month;
        }
    }
    return 0;
}

/* 20 Oct 1930, 20-Oct-1930 */
static bool parse_named_month(struct slice text, struct date *date)
{
    int day, year;
    if (take_digits(&text, 2, &day) == 0 || day == 0 || text.length == 0)
        return false;
    char separator = text.at[0];
    if (separator != ' ' && separator != '-')
        return false;
    text = slice_from(text, 1);
    skip_blanks(&text);
    int month = month_of_name(&text);
    if (month == 0 || text.length == 0 || text.at[0] != separator)
        return false;
    text = slice_from(text, 1);
    skip_blanks(&text);
    return take_digits(&text, 4, &year) == 4 && is_time_of_day(text) &&
           make_date(year, month, day, date);
}

/* 20210304, 2021, and day serials of five digits, which may have a time of day as a fraction. */
static bool parse_digits(struct slice text, enum date_system system, struct date *date)
{
    struct slice rest = text;
    int value;
    size_t count = take_digits(&rest, 9, &value);
    if (count == 4 && rest.length == 0)
        return make_date(value, 0, 0, date);
    if (count == 8)
        return value % 10000 / 100 > 0 && value % 100 > 0 && is_time_of_day(rest) &&
               make_date(value / 10000, value % 10000 / 100, value % 100, date);
    if (count != 5 || value < FIRST_SERIAL || value > LAST_SERIAL)
        return false;
    if (take(&rest, SLICE("."))) {
        if (rest.length == 0)
            return false;
        while (starts_with_digit(rest))
            rest = slice_from(rest, 1);
    }
    return rest.length == 0 && date_from_serial(value, system, date);
}

static bool two_digits(const char *at, int *value)
{
    if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
        return false;
    *value = (at[0] - '0') * 10 + (at[1] - '0');
    return true;
}

/* YYYY-MM-DD, which nearly all dates are. */
static bool parse_common(struct slice text, struct date *date)
{
    int century, year, month, day;
    return text.length == 10 && text.at[4] == '-' && text.at[7] == '-' &&
           two_digits(text.at, &century) && two_digits(text.at + 2, &year) &&
           two_digits(text.at + 5, &month) && two_digits(text.at + 8, &day) && month > 0 &&
           day > 0 && make_date(century * 100 + year, month, day, date);
}

static bool parse_folded(struct slice text, enum date_system system, struct date *date)
{
    return parse_common(text, date) || parse_year_first(text, date) || parse_chinese(text, date) ||
           parse_digits(text, system, date) || parse_day_first(text, date) ||
           parse_named_month(text, date);
}

/* Anything longer is no date, even with a time of day. */
#define DATE_BYTES 64

bool date_parse(struct slice text, enum date_system system, struct date *date)
{
    if (text.length == 0 || text.length > DATE_BYTES)
        return false;
    if (parse_folded(text, system, date))
        return true;
    bool ascii = true;
    for (size_t i = 0; i < text.length; i++)
        ascii = ascii && (signed char)text.at[i] >= 0;
    if (ascii)
        return false;
    struct buffer folded = {0};
    text_fold(text, 0, &folded);
    bool parsed = parse_folded(buffer_slice(&folded), system, date);
    buffer_free(&folded);
    return parsed;
}

bool date_parse_iso(struct slice text, struct date *date)
{
    int year, month = 0, day = 0;
    if (take_digits(&text, 4, &year) != 4)
        return false;
    if (text.length > 0 &&
        (!take(&text, SLICE("-")) || take_digits(&text, 2, &month) != 2 || month == 0))
        return false;
    if (text.length > 0 &&
        (!take(&text, SLICE("-")) || take_digits(&text, 2, &day) != 2 || day == 0))
        return false;
    return text.length == 0 && make_date(year, month, day, date);
}

/* ---- Dates in names -------------------------------------------------------------------------- */

static bool make_date_of_name(int year, int month, int day, struct date *date)
{
    return year >= 1990 && year <= 2100 && month > 0 && day > 0 &&
           make_date(year, month, day, date);
}

/* A date that begins here, where no digit stands before. */
static bool date_at(struct slice text, struct date *date)
{
    int year, month, day;
    size_t digits = take_digits(&text, 9, &year);
    if (digits == 8)
        return make_date_of_name(year / 10000, year % 10000 / 100, year % 100, date);
    if (digits != 4 || text.length == 0)
        return false;
    static const struct {
        struct slice after_year, after_month, after_day;
    } forms[] = {{{"-", 1}, {"-", 1}, {"", 0}},
                 {{".", 1}, {".", 1}, {"", 0}},
                 {{"年", 3}, {"月", 3}, {"日", 3}}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct slice rest = text;
        if (take(&rest, forms[i].after_year) && take_digits(&rest, 2, &month) > 0 &&
            take(&rest, forms[i].after_month) && take_digits(&rest, 2, &day) > 0 &&
            !starts_with_digit(rest) && take(&rest, forms[i].after_day))
            return make_date_of_name(year, month, day, date);
    }
    return false;
}

bool date_find_in_name(struct slice name, struct date *date)
{
    bool after_digit = false;
    for (size_t i = 0; i < name.length; i++) {
        bool digit = starts_with_digit(slice_from(name, i));
        if (digit && !after_digit && date_at(slice_from(name, i), date))
            return true;
        after_digit = digit;
    }
    return false;
}
