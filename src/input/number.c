#include "input/number.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* strtod and printf write the decimal point of the thread's locale, which is this one during their
 * calls. */
static locale_t plain_locale;

static void make_plain_locale(void)
{
    plain_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

static locale_t use_plain_locale(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_plain_locale);
    return uselocale(plain_locale); /* changes nothing if there is no such locale */
}

bool number_parse(struct slice text, double *number)
{
    /* What strtod takes beyond numbers (hexadecimal, inf, nan) does not pass. */
    static const char allowed[] = "0123456789+-.eE";
    char digits[400];
    if (text.length == 0 || text.length >= sizeof digits)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (!text.at[i] || !strchr(allowed, text.at[i]))
            return false;
    }
    memcpy(digits, text.at, text.length);
    digits[text.length] = '\0';
    locale_t before = use_plain_locale();
    char *end;
    *number = strtod(digits, &end);
    uselocale(before);
    return *end == '\0' && isfinite(*number);
}

#define DIGITS_KEPT 15

/* The digits kept, and zeros up to the decimal point: %f would invent digits that no spreadsheet
 * holds. */
static void format_long_whole(double number, char text[NUMBER_TEXT_SIZE])
{
    char kept[NUMBER_TEXT_SIZE]; /* -d.dddddddddddddde+dd */
    snprintf(kept, sizeof kept, "%.*e", DIGITS_KEPT - 1, number);
    int zeros = atoi(strchr(kept, 'e') + 1) - (DIGITS_KEPT - 1);
    size_t length = 0;
    for (const char *at = kept; *at != 'e'; at++) {
        if (*at != '.')
            text[length++] = *at;
    }
    for (; zeros > 0; zeros--)
        text[length++] = '0';
    text[length] = '\0';
}

void number_format(double number, char text[NUMBER_TEXT_SIZE])
{
    double size = fabs(number);
    locale_t before = use_plain_locale();
    if (size >= 1e15 && size < 1e21 && rint(number) == number)
        format_long_whole(number, text);
    else
        snprintf(text, NUMBER_TEXT_SIZE, "%.*g", DIGITS_KEPT, number);
    uselocale(before);
}
