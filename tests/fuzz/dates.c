/* Any bytes as a date: what is taken for one is a real day, and is itself when written and read
 * again. */
#include "fuzz.h"
#include "record/date.h"

static void check_date(struct date date, int least_year)
{
    char text[DATE_TEXT_SIZE];
    struct date again;
    PROMISE(date.year >= least_year && date.year <= 9999);
    PROMISE(date.month >= 0 && date.month <= 12 && date.day >= 0 && date.day <= 31);
    PROMISE(date.month > 0 || date.day == 0);
    date_format(date, text);
    PROMISE(date_parse_iso(slice_of(text), &again));
    PROMISE(again.year == date.year && again.month == date.month && again.day == date.day);
    PROMISE(date_compare(date_first_day(date), date_last_day(date)) <= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};
    struct date date;
    if (date_parse(text, DATE_SYSTEM_1900, &date))
        check_date(date, 1600);
    if (date_parse(text, DATE_SYSTEM_1904, &date))
        check_date(date, 1600);
    if (date_parse_iso(text, &date))
        check_date(date, 0);
    if (date_find_in_name(text, &date)) {
        check_date(date, 1990);
        PROMISE(date_is_full(date) && date.year <= 2100);
    }
    return 0;
}
