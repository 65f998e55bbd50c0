#include "record/capital.h"

#include <math.h>
#include <stdlib.h>

#include "record/text.h"

/* clang-format off */
#define CURRENCY(word, code) {{word, sizeof(word) - 1}, code}

/* Words that stand for two currencies (澳币, 法郎, 马克, ¥) are left out: such an amount has no value. */
static const struct currency_word {
    struct slice word; /* as CAPITAL_FOLD leaves it */
    char code[4];
} CURRENCIES[] = {
    CURRENCY("人民币", "CNY"), CURRENCY("cny", "CNY"), CURRENCY("rmb", "CNY"),
    CURRENCY("美元", "USD"), CURRENCY("美金", "USD"), CURRENCY("美", "USD"), CURRENCY("usd", "USD"),
    CURRENCY("港币", "HKD"), CURRENCY("港元", "HKD"), CURRENCY("香港元", "HKD"),
    CURRENCY("香港币", "HKD"), CURRENCY("hkd", "HKD"),
    CURRENCY("澳门元", "MOP"), CURRENCY("澳门币", "MOP"), CURRENCY("mop", "MOP"),
    CURRENCY("新台币", "TWD"), CURRENCY("台币", "TWD"), CURRENCY("twd", "TWD"),
    CURRENCY("日元", "JPY"), CURRENCY("日圆", "JPY"), CURRENCY("日币", "JPY"),
    CURRENCY("jpy", "JPY"),
    CURRENCY("欧元", "EUR"), CURRENCY("eur", "EUR"),
    CURRENCY("英镑", "GBP"), CURRENCY("gbp", "GBP"),
    CURRENCY("德国马克", "DEM"), CURRENCY("dem", "DEM"),
    CURRENCY("法国法郎", "FRF"), CURRENCY("frf", "FRF"),
    CURRENCY("新加坡元", "SGD"), CURRENCY("新加坡币", "SGD"), CURRENCY("新元", "SGD"),
    CURRENCY("sgd", "SGD"),
    CURRENCY("澳大利亚元", "AUD"), CURRENCY("澳元", "AUD"), CURRENCY("aud", "AUD"),
    CURRENCY("加拿大元", "CAD"), CURRENCY("加元", "CAD"), CURRENCY("cad", "CAD"),
    CURRENCY("瑞士法郎", "CHF"), CURRENCY("瑞郎", "CHF"), CURRENCY("chf", "CHF"),
    CURRENCY("丹麦克郎", "DKK"), CURRENCY("丹麦克朗", "DKK"), CURRENCY("dkk", "DKK"),
    CURRENCY("瑞典克郎", "SEK"), CURRENCY("瑞典克朗", "SEK"), CURRENCY("sek", "SEK"),
    CURRENCY("挪威克郎", "NOK"), CURRENCY("挪威克朗", "NOK"), CURRENCY("nok", "NOK"),
    CURRENCY("韩元", "KRW"), CURRENCY("韩国元", "KRW"), CURRENCY("韩圆", "KRW"),
    CURRENCY("韩币", "KRW"), CURRENCY("krw", "KRW"),
    CURRENCY("泰铢", "THB"), CURRENCY("泰国铢", "THB"), CURRENCY("thb", "THB"),
    CURRENCY("林吉特", "MYR"), CURRENCY("马来西亚林吉特", "MYR"), CURRENCY("马来西亚元", "MYR"),
    CURRENCY("myr", "MYR"),
    CURRENCY("荷兰盾", "NLG"), CURRENCY("nlg", "NLG"),
    CURRENCY("意大利里拉", "ITL"), CURRENCY("itl", "ITL"),
    CURRENCY("卢布", "RUB"), CURRENCY("俄罗斯卢布", "RUB"), CURRENCY("rub", "RUB"),
    CURRENCY("新西兰元", "NZD"), CURRENCY("nzd", "NZD"),
    CURRENCY("比利时法郎", "BEF"), CURRENCY("bef", "BEF"),
    CURRENCY("奥地利先令", "ATS"), CURRENCY("ats", "ATS"),
};
/* clang-format on */

#define CAPITAL_FOLD ((unsigned)(TEXT_FOLD_CASE | TEXT_DROP_SPACE | TEXT_SAME_BRACKETS))

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Drops `token` from the front of the text, if it stands there. */
static bool skip(struct slice *text, struct slice token)
{
    if (!slice_starts_with(*text, token))
        return false;
    *text = slice_from(*text, token.length);
    return true;
}

/* The longest currency word that the text begins with; it is taken off. NULL if there is none. */
static const struct currency_word *skip_currency(struct slice *text)
{
    const struct currency_word *best = NULL;
    for (size_t i = 0; i < sizeof(CURRENCIES) / sizeof(*CURRENCIES); i++) {
        const struct currency_word *currency = &CURRENCIES[i];
        if (text->length > 0 && text->at[0] == currency->word.at[0] &&
            slice_starts_with(*text, currency->word) &&
            (!best || currency->word.length > best->word.length))
            best = currency;
    }
    if (best)
        *text = slice_from(*text, best->word.length);
    return best;
}

/* A decimal number: its digits without point and commas, and the power of ten they are times. */
struct number {
    struct buffer digits;
    long exponent;
};

/* The digits before the point; a comma stands only before groups of exactly three. */
static bool read_whole_part(struct slice *text, struct buffer *digits)
{
    size_t i = 0;
    size_t group = 0;
    bool in_groups = false;
    for (; i < text->length; i++) {
        char byte = text->at[i];
        if (is_digit(byte)) {
            buffer_append_byte(digits, byte);
            group++;
        } else if (byte == ',') {
            if (group == 0 || (in_groups && group != 3))
                return false;
            in_groups = true;
            group = 0;
        } else {
            break;
        }
    }
    *text = slice_from(*text, i);
    return !in_groups || group == 3;
}

static void read_fraction(struct slice *text, struct number *number)
{
    if (!skip(text, SLICE(".")))
        return;
    size_t count = 0;
    while (count < text->length && is_digit(text->at[count]))
        count++;
    buffer_append(&number->digits, (struct slice){text->at, count});
    number->exponent -= (long)count;
    *text = slice_from(*text, count);
}

/* An `e` that no digit follows is the first letter of a currency: 100eur. */
static bool read_exponent(struct slice *text, struct number *number)
{
    struct slice rest = *text;
    if (!skip(&rest, SLICE("e")))
        return true;
    bool negative = skip(&rest, SLICE("-"));
    if (!negative)
        skip(&rest, SLICE("+"));
    if (rest.length == 0 || !is_digit(rest.at[0]))
        return true;
    long exponent = 0;
    while (rest.length > 0 && is_digit(rest.at[0])) {
        exponent = exponent * 10 + (rest.at[0] - '0');
        if (exponent > 9999)
            return false;
        rest = slice_from(rest, 1);
    }
    number->exponent += negative ? -exponent : exponent;
    *text = rest;
    return true;
}

static bool read_number(struct slice *text, struct number *number)
{
    if (!read_whole_part(text, &number->digits))
        return false;
    read_fraction(text, number);
    return number->digits.length > 0 && read_exponent(text, number);
}

/* Appends the text without its brackets; false if they do not pair. */
static bool drop_brackets(struct slice text, struct buffer *out)
{
    size_t depth = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '(') {
            depth++;
        } else if (text.at[i] == ')') {
            if (depth == 0)
                return false;
            depth--;
        } else {
            buffer_append_byte(out, text.at[i]);
        }
    }
    return depth == 0;
}

/* The power of ten of the unit that the text begins with, which is taken off: 0 if there is none.
 */
static long skip_unit(struct slice *text)
{
    if (skip(text, SLICE("万")))
        return 4;
    return skip(text, SLICE("亿")) ? 8 : 0;
}

/* 人民币元 and 港币元 are written; 美元元 is not. */
static bool takes_yuan(const struct currency_word *currency)
{
    return slice_ends_with(currency->word, SLICE("币"));
}

/*
 * What follows the number: unit and currency in either order (万元人民币, 人民币万元), 元 after
 * either. A currency before the number, in `*currency`, has to be the same; it stays where none
 * follows.
 */
static bool read_suffix(struct slice text, const struct currency_word **currency, long *exponent)
{
    const struct currency_word *found = skip_currency(&text);
    *exponent = skip_unit(&text);
    if (!found || *exponent > 0 || takes_yuan(found))
        skip(&text, SLICE("元"));
    if (!found) {
        found = skip_currency(&text);
        if (found && takes_yuan(found))
            skip(&text, SLICE("元"));
    }
    if (text.length > 0)
        return false;
    if (found && *currency && strcmp(found->code, (*currency)->code) != 0)
        return false;
    if (found)
        *currency = found;
    return true;
}

/*
 * Digits and exponent go to strtod without a decimal point, which the locale could change; counted
 * in hundredths, so that the rounding sees the decimal number and not its nearest double.
 */
static bool compute_amount(struct number *number, double *amount)
{
    buffer_append_format(&number->digits, "e%ld", number->exponent + 2);
    double hundredths = round(strtod(buffer_string(&number->digits), NULL));
    if (number->digits.failed || !isfinite(hundredths))
        return false;
    *amount = hundredths / 100;
    return true;
}

static bool parse_folded(struct slice text, struct number *number, struct buffer *suffix,
                         struct capital *capital)
{
    const struct currency_word *currency = skip_currency(&text);
    long unit = 0;
    if (!read_number(&text, number) || !drop_brackets(text, suffix) ||
        !read_suffix(buffer_slice(suffix), &currency, &unit))
        return false;
    number->exponent += unit;
    if (suffix->failed || !compute_amount(number, &capital->amount))
        return false;
    memcpy(capital->currency, currency ? currency->code : "CNY", sizeof(capital->currency));
    return true;
}

bool capital_parse(struct slice text, struct capital *capital)
{
    struct buffer folded = {0};
    struct buffer suffix = {0};
    struct number number = {0};
    text_fold(text, CAPITAL_FOLD, &folded);
    bool parsed = folded.length > 0 && !folded.failed &&
                  parse_folded(buffer_slice(&folded), &number, &suffix, capital);
    buffer_free(&folded);
    buffer_free(&suffix);
    buffer_free(&number.digits);
    return parsed;
}

enum capital_band capital_band_of(double amount, bool is_cny)
{
    static const double beginnings[] = {1e6, 5e6, 10e6, 50e6};
    if (!is_cny)
        return CAPITAL_OTHER_CURRENCY;
    int band = CAPITAL_UNDER_1_MILLION;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings && amount >= beginnings[i]; i++)
        band++;
    return (enum capital_band)band;
}

const char *capital_band_name(enum capital_band band)
{
    static const char *const names[CAPITAL_BAND_COUNT] = {
        [CAPITAL_UNKNOWN] = "unknown",
        [CAPITAL_OTHER_CURRENCY] = "other currency",
        [CAPITAL_UNDER_1_MILLION] = "under 1 million",
        [CAPITAL_1_TO_5_MILLION] = "1-5 million",
        [CAPITAL_5_TO_10_MILLION] = "5-10 million",
        [CAPITAL_10_TO_50_MILLION] = "10-50 million",
        [CAPITAL_OVER_50_MILLION] = "over 50 million",
    };
    return names[band];
}
