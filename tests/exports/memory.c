/* Memory that is kept, texts, days and files. */
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "fixtures.h"

void give_up(const char *what)
{
    fprintf(stderr, "cannot make the fixtures: %s\n", what);
    exit(EXIT_FAILURE);
}

/* All pieces hang on one list, so that leak checkers find none lost. */
void *keep(size_t size)
{
    static struct piece {
        struct piece *next;
        max_align_t data[];
    } * last;
    struct piece *piece = calloc(1, sizeof *piece + size);
    if (!piece)
        give_up("no memory");
    piece->next = last;
    last = piece;
    return piece->data;
}

char *text_of(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = keep((size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}

void write_file(const char *folder, const char *name, struct slice bytes)
{
    FILE *file = fopen(text_of("%s/%s", folder, name), "wb");
    if (!file || fwrite(bytes.at, 1, bytes.length, file) != bytes.length || fclose(file) != 0)
        give_up(name);
}

/* ---- Days ---- */

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

char *day_text(struct day day)
{
    return day.day     ? text_of("%04d-%02d-%02d", day.year, day.month, day.day)
           : day.month ? text_of("%04d-%02d", day.year, day.month)
                       : text_of("%04d", day.year);
}

char *day_last(struct day day)
{
    if (!day.month)
        day.month = 12;
    if (!day.day)
        day.day = days_of_month(day.year, day.month);
    return day_text(day);
}

struct day day_later(struct day day, int days)
{
    day.day += days;
    while (day.day > days_of_month(day.year, day.month)) {
        day.day -= days_of_month(day.year, day.month);
        day.month = day.month % 12 + 1;
        day.year += day.month == 1;
    }
    return day;
}

/* Day 60 of the 1900 system is a 29 February that never was; 1 March 1900 is day 61. */
int day_serial(struct day day, bool y1904)
{
    int serial = day.day;
    for (int month = 1; month < day.month; month++)
        serial += days_of_month(day.year, month);
    for (int year = y1904 ? 1904 : 1900; year < day.year; year++)
        serial += days_of_month(year, 2) == 29 ? 366 : 365;
    return y1904 ? serial - 1 : serial + 1;
}
