#include "record/capital.h"

#include <stdio.h>

#include "suite.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void check(struct slice text, double amount, const char *currency)
{
    struct capital capital = {0};
    ck_assert_msg(capital_parse(text, &capital), "\"%.*s\" has no value", (int)text.length,
                  text.at);
    ck_assert_msg(capital.amount == amount, "\"%.*s\" is %.17g, expected %.17g", (int)text.length,
                  text.at, capital.amount, amount);
    ck_assert_str_eq(capital.currency, currency);
}

static void check_none(struct slice text)
{
    struct capital capital = {0};
    ck_assert_msg(!capital_parse(text, &capital), "\"%.*s\" is %.17g %s", (int)text.length, text.at,
                  capital.amount, capital.currency);
}

/* clang-format off */
/* What follows the number in real exports, and what 3 with it comes to. */
static const struct {
    const char *suffix;
    double amount;
    const char *currency;
} SUFFIXES[] = {
    {"", 3, "CNY"}, {"()", 3, "CNY"}, {"元", 3, "CNY"}, {"人民币", 3, "CNY"},
    {"人民币元", 3, "CNY"}, {"(人民币元)", 3, "CNY"}, {"元人民币", 3, "CNY"}, {"(元人民币)", 3, "CNY"},
    {"万", 30000, "CNY"}, {"(万)", 30000, "CNY"}, {"万元", 30000, "CNY"}, {"(万元)", 30000, "CNY"},
    {"（万元）", 30000, "CNY"}, {"万人民币", 30000, "CNY"}, {"(万人民币)", 30000, "CNY"},
    {"万元人民币", 30000, "CNY"}, {"(万元人民币)", 30000, "CNY"}, {"万人民币元", 30000, "CNY"},
    {"(万人民币元)", 30000, "CNY"}, {"(万元人民币元)", 30000, "CNY"}, {"(万元(人民币))", 30000, "CNY"},
    {"(万元（人民币）)", 30000, "CNY"}, {"人民币万元", 30000, "CNY"},
    {"亿", 3e8, "CNY"}, {"亿元", 3e8, "CNY"}, {"亿元人民币", 3e8, "CNY"}, {"亿美元", 3e8, "USD"},
    {"美元", 3, "USD"}, {"万美元", 30000, "USD"}, {"(万美元)", 30000, "USD"}, {"((万美元))", 30000, "USD"},
    {"(万元美元)", 30000, "USD"}, {"(万元(美元))", 30000, "USD"}, {"(万元（美元）)", 30000, "USD"},
    {"(万美)", 30000, "USD"}, {"万USD", 30000, "USD"}, {"万 usd", 30000, "USD"}, {"美金", 3, "USD"},
    {"万港币", 30000, "HKD"}, {"(万港币)", 30000, "HKD"}, {"((万港币))", 30000, "HKD"},
    {"万港元", 30000, "HKD"}, {"(万港元)", 30000, "HKD"}, {"(万香港元)", 30000, "HKD"},
    {"(万元香港元)", 30000, "HKD"}, {"(万元港元)", 30000, "HKD"}, {"(万元(港币))", 30000, "HKD"},
    {"(万元（港币）)", 30000, "HKD"}, {"万港币元", 30000, "HKD"},
    {"万日元", 30000, "JPY"}, {"(万日元)", 30000, "JPY"}, {"(万元日元)", 30000, "JPY"},
    {"(万元(日元))", 30000, "JPY"}, {"万欧元", 30000, "EUR"}, {"(万欧元)", 30000, "EUR"},
    {"(万元欧元)", 30000, "EUR"}, {"(万元(欧元))", 30000, "EUR"}, {"EUR", 3, "EUR"},
    {"万英镑", 30000, "GBP"}, {"(万英镑)", 30000, "GBP"}, {"(万德国马克)", 30000, "DEM"},
    {"(万元德国马克)", 30000, "DEM"}, {"(万法国法郎)", 30000, "FRF"}, {"(万瑞士法郎)", 30000, "CHF"},
    {"(万新加坡元)", 30000, "SGD"}, {"万新加坡元", 30000, "SGD"}, {"(万澳大利亚元)", 30000, "AUD"},
    {"万澳元", 30000, "AUD"}, {"万澳门元", 30000, "MOP"}, {"万澳门币", 30000, "MOP"},
    {"(万加拿大元)", 30000, "CAD"}, {"(万加元)", 30000, "CAD"}, {"(万丹麦克郎)", 30000, "DKK"},
    {"万瑞典克朗", 30000, "SEK"}, {"万挪威克郎", 30000, "NOK"}, {"万新台币", 30000, "TWD"},
    {"万台币", 30000, "TWD"}, {"万韩元", 30000, "KRW"}, {"万泰铢", 30000, "THB"},
    {"万马来西亚林吉特", 30000, "MYR"}, {"万荷兰盾", 30000, "NLG"}, {"万意大利里拉", 30000, "ITL"},
    {"万卢布", 30000, "RUB"}, {"万新西兰元", 30000, "NZD"}, {"万比利时法郎", 30000, "BEF"},
    {"万奥地利先令", 30000, "ATS"}, {"万RMB", 30000, "CNY"}, {"CNY", 3, "CNY"},
};
/* clang-format on */

START_TEST(suffixes_of_real_exports)
{
    for (size_t i = 0; i < COUNT(SUFFIXES); i++) {
        char text[128];
        snprintf(text, sizeof(text), "3%s", SUFFIXES[i].suffix);
        check(slice_of(text), SUFFIXES[i].amount, SUFFIXES[i].currency);
        snprintf(text, sizeof(text), " ３,000．0\u3000%s ", SUFFIXES[i].suffix);
        check(slice_of(text), SUFFIXES[i].amount * 1000, SUFFIXES[i].currency);
    }
}
END_TEST

START_TEST(numbers)
{
    check(SLICE("6"), 6, "CNY");
    check(SLICE("0"), 0, "CNY");
    check(SLICE("0万澳大利亚元"), 0, "AUD");
    check(SLICE("27,850.0875(万)"), 278500875, "CNY");
    check(SLICE("1,234,567.89元"), 1234567.89, "CNY");
    check(SLICE("14,400.5400(万元（美元）)"), 144005400, "USD");
    check(SLICE("32.66万欧元"), 326600, "EUR");
    check(SLICE("18.2人民币元"), 18.2, "CNY");
    check(SLICE("1E-06万人民币"), 0.01, "CNY");
    check(SLICE("1e-06 万人民币"), 0.01, "CNY");
    check(SLICE("1.5E+3万元"), 15000000, "CNY");
    check(SLICE("2e2"), 200, "CNY");
    check(SLICE("000100万"), 1000000, "CNY");
    check(SLICE(".5万元"), 5000, "CNY");
    check(SLICE("100EUR"), 100, "EUR");
    check(SLICE("２，５００万"), 25000000, "CNY");
}
END_TEST

START_TEST(rounded_to_hundredths_of_the_decimal_number)
{
    check(SLICE("1.005"), 1.01, "CNY");
    check(SLICE("1.004999"), 1.0, "CNY");
    check(SLICE("0.0000005万"), 0.01, "CNY");
    check(SLICE("0.0000004万"), 0, "CNY");
    check(SLICE("0.1万元"), 1000, "CNY");
}
END_TEST

START_TEST(currency_before_the_number)
{
    check(SLICE("人民币100万元"), 1000000, "CNY");
    check(SLICE("USD 500万"), 5000000, "USD");
    check(SLICE("美元5万美元"), 50000, "USD");
    check_none(SLICE("美元5万港币"));
    check_none(SLICE("人民币"));
}
END_TEST

START_TEST(what_is_no_amount_has_no_value)
{
    static const char *const NONE[] = {
        "",          "-",
        "N/A",       "10(元/万元)",
        "(元/万元)", "万元",
        "浙江省",    "2010-01-01",
        "3万比特币", "3万马克",
        "3万澳币",   "3万法郎",
        "3万元整",   "3万x",
        "3.4.5万",   "-5万元",
        "+5万元",    "inf",
        "nan",       "Infinity万",
        "3万万",     "3万亿元",
        "3元万",     "3万元元",
        "3万美元元", "3万元(",
        "3)(万元",   "(3万元)",
        "3美元港币", "0x10",
        "1e400",     "1,00,000万",
        "3美元元",   "1e99999999999999999999999",
        "1e99999",   "1e99999999999",
        "1,00万",    "1,0000万",
        ",100万",    "1,000,万",
        "1,,000",    "3e万",
        "3万 5",     "三百万元",
        ".万元",     "3人民币人民币",
        "1e303万亿", "3万￥",
    };
    for (size_t i = 0; i < COUNT(NONE); i++)
        check_none(slice_of(NONE[i]));
    check_none((struct slice){NULL, 0});
    check_none(SLICE("1e307"));
    check_none(SLICE("3\0万"));
}
END_TEST

START_TEST(long_numbers)
{
    static char digits[100000];
    memset(digits, '0', sizeof(digits));
    digits[sizeof(digits) - 1] = '7';
    check((struct slice){digits, sizeof(digits)}, 7, "CNY");
    memset(digits, '9', sizeof(digits));
    check_none((struct slice){digits, sizeof(digits)});
    digits[1] = '.';
    check((struct slice){digits, sizeof(digits)}, 10, "CNY");
}
END_TEST

/* Any whole number of hundredths comes back from each way of writing it. */
START_TEST(random_amounts)
{
    unsigned long long seed = 4715;
    for (int round = 0; round < 20000; round++) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        unsigned long long hundredths = (seed >> 24) % 1000000000000ULL;
        char text[80];
        snprintf(text, sizeof(text), "%llu.%02llu元", hundredths / 100, hundredths % 100);
        check(slice_of(text), (double)hundredths / 100, "CNY");
        snprintf(text, sizeof(text), "%llu.%06llu(万美元)", hundredths / 1000000,
                 hundredths % 1000000);
        check(slice_of(text), (double)hundredths / 100, "USD");
        snprintf(text, sizeof(text), "%lluE-10亿港元", hundredths);
        check(slice_of(text), (double)hundredths / 100, "HKD");
    }
}
END_TEST

SUITE_MAIN("capital", suffixes_of_real_exports, numbers,
           rounded_to_hundredths_of_the_decimal_number, currency_before_the_number,
           what_is_no_amount_has_no_value, long_numbers, random_amounts)
