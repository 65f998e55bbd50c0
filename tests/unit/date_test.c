#include "record/date.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#include "suite.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* `expected` is the date as date_format writes it, NULL if the text is no date. */
static void check_in(const char *text, enum date_system system, const char *expected)
{
    struct date date = {0};
    char written[DATE_TEXT_SIZE] = "no date";
    if (date_parse(slice_of(text), system, &date))
        date_format(date, written);
    ck_assert_msg(strcmp(written, expected ? expected : "no date") == 0,
                  "\"%s\" is read as %s, expected %s", text, written, expected);
}

static void check(const char *text, const char *expected)
{
    check_in(text, DATE_SYSTEM_1900, expected);
}

static void check_none(const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check(texts[i], NULL);
}

static void check_name(const char *name, const char *expected)
{
    struct date date = {0};
    char written[DATE_TEXT_SIZE] = "no date";
    if (date_find_in_name(slice_of(name), &date))
        date_format(date, written);
    ck_assert_msg(strcmp(written, expected ? expected : "no date") == 0,
                  "\"%s\" holds %s, expected %s", name, written, expected);
}

START_TEST(forms_of_a_day)
{
    static const char *const FORMS[] = {
        "2021-03-04",    "2021/3/4",     "2021/03/04",   "2021.3.4",       "2021.03.04",
        "2021-3-4",      "20210304",     "2021年3月4日", "2021年03月04日", "2021 年 3 月 4 日",
        "2021年3月4",    "2021年3月4号", "04/03/2021",   "4/3/2021",       "4 Mar 2021",
        "04 March 2021", "04-MAR-2021",  "4-mar-2021",   "44259"};
    for (size_t i = 0; i < COUNT(FORMS); i++)
        check(FORMS[i], "2021-03-04");
}
END_TEST

START_TEST(time_of_day_is_dropped)
{
    static const char *const TIMES[] = {" 00:00:00",       "T00:00:00Z",
                                        "T00:00:00",       " 0:00",
                                        " 23:59:59.999",   "t00:00:00",
                                        "T08:00:00.000Z",  "  8:00:00",
                                        "T00:00:00+08:00", "T00:00:00.000+0800",
                                        " 00:00:00 +08",   "T00:00-05:30",
                                        " 00:00:00 ",      " "};
    static const char *const DAYS[] = {"2021-03-04",   "2021/3/4", "2021.3.4",   "20210304",
                                       "2021年3月4日", "4/3/2021", "04 Mar 2021"};
    for (size_t i = 0; i < COUNT(DAYS); i++)
        for (size_t j = 0; j < COUNT(TIMES); j++) {
            char text[64];
            snprintf(text, sizeof text, "%s%s", DAYS[i], TIMES[j]);
            check(text, "2021-03-04");
        }
    check("2021年3月4日10:30", "2021-03-04");
    check("44259.5", "2021-03-04");
    check("44259.99999999999999999999", "2021-03-04");
}
END_TEST

START_TEST(garbage_behind_a_day_makes_it_no_date)
{
    static const char *const TAILS[] = {"x",
                                        " x",
                                        "T",
                                        "T ",
                                        " 10",
                                        " 10:",
                                        " 25:00",
                                        " 10:60",
                                        " 10:00:61",
                                        " 10:00x",
                                        " 10:00:00.",
                                        " 10:00:00 Z Z",
                                        " :00",
                                        " 00:00:0",
                                        "T00:00:00+",
                                        "T00:00:00+8",
                                        "T00:00:00+08:0",
                                        "T00:00:00-08:000",
                                        "，",
                                        "-",
                                        "/",
                                        ".",
                                        " 2021-03-04",
                                        "+08:00",
                                        "Z",
                                        "日",
                                        "至今",
                                        " 10-00",
                                        "5",
                                        "T10:00:00ZZ"};
    static const char *const DAYS[] = {"2021-03-04", "2021/03/04", "20210304", "04/03/2021",
                                       "04 Mar 2021"};
    for (size_t i = 0; i < COUNT(DAYS); i++)
        for (size_t j = 0; j < COUNT(TAILS); j++) {
            char text[64];
            snprintf(text, sizeof text, "%s%s", DAYS[i], TAILS[j]);
            check(text, NULL);
        }
}
END_TEST

START_TEST(months_and_years)
{
    static const char *const MONTHS[] = {"2021-10",    "2021/10",  "2021.10",
                                         "2021年10月", "2021年10", "2021 年 10 月"};
    for (size_t i = 0; i < COUNT(MONTHS); i++)
        check(MONTHS[i], "2021-10");
    check("2021-3", "2021-03");
    check("2021年3月", "2021-03");
    check("2021", "2021");
    check("2021年", "2021");
    check("1695", "1695");
    static const char *const NONE[] = {"2021-13",   "2021-00", "2021-0",       "2021年13月",
                                       "2021年0月", "2021-",   "2021/",        "202110",
                                       "202",       "21年",    "2021-100",     "2021月",
                                       "10月",      "2021 10", "2021-10 10:00"};
    check_none(NONE, COUNT(NONE));
}
END_TEST

START_TEST(english_months)
{
    static const char *const NAMES[][2] = {
        {"Jan", "January"},   {"Feb", "February"}, {"Mar", "March"},    {"Apr", "April"},
        {"May", "May"},       {"Jun", "June"},     {"Jul", "July"},     {"Aug", "August"},
        {"Sep", "September"}, {"Oct", "October"},  {"Nov", "November"}, {"Dec", "December"}};
    for (size_t i = 0; i < COUNT(NAMES); i++)
        for (size_t j = 0; j < 2; j++) {
            char text[64], expected[64];
            snprintf(expected, sizeof expected, "1930-%02zu-20", i + 1);
            snprintf(text, sizeof text, "20 %s 1930", NAMES[i][j]);
            check(text, expected);
            snprintf(text, sizeof text, "20-%s-1930", NAMES[i][j]);
            check(text, expected);
            for (char *at = text; *at; at++)
                if (*at >= 'a' && *at <= 'z')
                    *at = (char)(*at - 'a' + 'A');
            check(text, expected);
        }
    check("20 Sept 1930", "1930-09-20");
    static const char *const NONE[] = {
        "20 Septe 1930", "20 Okt 1930",      "20 Octo 1930", "20 O 1930",   "20 Oct 30",
        "Oct 20 1930",   "20 Oct-1930",      "20 Oct",       "31 Feb 1930", "0 Oct 1930",
        "20  1930",      "20 Octobers 1930", "Oct 1930",     "20Oct1930",   "120 Oct 1930"};
    check_none(NONE, COUNT(NONE));
}
END_TEST

START_TEST(day_stands_before_month_when_the_year_is_last)
{
    check("13/01/1999", "1999-01-13");
    check("01/02/1999", "1999-02-01");
    check("12/13/1999", NULL);
    check("01/02/99", NULL);
    check("1/2/19999", NULL);
    check("0/2/1999", NULL);
    check("1/0/1999", NULL);
}
END_TEST

START_TEST(impossible_days_are_refused)
{
    static const char *const NONE[] = {
        "2023-02-30", "2023-02-29", "1900-02-29",    "2100-02-29", "2021-04-31", "2021-00-10",
        "2021-10-00", "2021-13-01", "2021-01-32",    "20230230",   "20210001",   "20210100",
        "20211301",   "30/02/2023", "2021年2月29日", "2021/0/1",   "2021/1/0",   "2021-1-32"};
    check_none(NONE, COUNT(NONE));
    check("2020-02-29", "2020-02-29");
    check("2000-02-29", "2000-02-29");
}
END_TEST

START_TEST(years_before_1600_are_refused)
{
    check("1600-01-01", "1600-01-01");
    check("1695-07-17", "1695-07-17");
    check("9999-12-31", "9999-12-31");
    static const char *const NONE[] = {"1599-12-31", "1599/12/31", "1599",       "1599-12",
                                       "1599年",     "15991231",   "31/12/1599", "31 Dec 1599",
                                       "0000-00-00", "0001-01-01", "00010101"};
    check_none(NONE, COUNT(NONE));
}
END_TEST

START_TEST(other_texts_are_no_dates)
{
    static const char *const NONE[] = {
        "",
        " ",
        "-",
        "abc",
        "2021-3/4",
        "2021/3.4",
        "021-03-04",
        "12021-03-04",
        "2021--3-4",
        "2021-003-04",
        "2021-3-004",
        "202103041",
        "2021030",
        "20210304000000",
        "-2021-03-04",
        "91310000775785552L",
        "二〇二一年三月四日",
        "年月日",
        "2021-03-04至2031-03-03",
        "\xff",
        "2021\xff",
        "１",
        "2021-03-04 00:00:00 and much more that goes on and on and on"};
    check_none(NONE, COUNT(NONE));
    struct date date;
    ck_assert(!date_parse((struct slice){0}, DATE_SYSTEM_1900, &date));
}
END_TEST

START_TEST(full_width_forms)
{
    check("２０２１－０３－０４", "2021-03-04");
    check("２０２１年３月４日", "2021-03-04");
    check("２０２１／３／４　００：００：００", "2021-03-04");
    check("２０２１．３．４", "2021-03-04");
    check("2021-03-04\u300000:00", "2021-03-04");
    check("２０２１", "2021");
    check("４４２５９", "2021-03-04");
    check("２０２３－０２－３０", NULL);
}
END_TEST

START_TEST(serials_in_text)
{
    check("20000", "1954-10-03");
    check("60000", "2064-04-08");
    check("43890", "2020-02-29");
    check("43890.5", "2020-02-29");
    check_in("20000", DATE_SYSTEM_1904, "1958-10-04");
    check_in("42428.25", DATE_SYSTEM_1904, "2020-02-29");
    static const char *const NONE[] = {"19999",  "60001",  "43890.",      "43890.5.5",
                                       "43890x", "043890", "43890,5",     "-43890",
                                       "43890 ", "1E4",    "43890 10:00", "00000"};
    check_none(NONE, COUNT(NONE));
}
END_TEST

static bool is(struct date date, int year, int month, int day)
{
    return date.year == year && date.month == month && date.day == day;
}

/* True if every form of the day is read as that day, or every one is refused. */
static bool forms_are_read(int year, int month, int day, bool exists)
{
    static const char *const FORMS[] = {"%d-%02d-%02d", "%d/%d/%d",     "%d.%02d.%d",
                                        "%d%02d%02d",   "%d年%d月%d日", "%d-%d-%d 00:00:00"};
    for (size_t i = 0; i < COUNT(FORMS); i++) {
        char text[64];
        struct date date;
        snprintf(text, sizeof text, FORMS[i], year, month, day);
        if (date_parse(slice_of(text), DATE_SYSTEM_1900, &date) != exists ||
            (exists && !is(date, year, month, day)))
            return false;
    }
    return true;
}

static bool comes_back(int year, int month, int day)
{
    char text[64], written[DATE_TEXT_SIZE];
    struct date date, again;
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    date_format((struct date){year, month, day}, written);
    return strcmp(written, text) == 0 && date_parse_iso(slice_of(written), &date) &&
           is(date, year, month, day) && date_parse(slice_of(written), DATE_SYSTEM_1904, &again) &&
           is(again, year, month, day);
}

START_TEST(every_day_comes_back)
{
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct date before = {1599, 12, 31};
    long count = 0;
    for (int year = 1600; year <= 2100; year++) {
        bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        for (int month = 1; month <= 12; month++) {
            int last = DAYS[month - 1] + (month == 2 && leap);
            for (int day = 1; day <= 32; day++) {
                struct date date = {year, month, day};
                if (!forms_are_read(year, month, day, day <= last) ||
                    (day <= last &&
                     (!comes_back(year, month, day) || date_compare(before, date) >= 0 ||
                      date_compare(date, before) <= 0)))
                    ck_abort_msg("%d-%d-%d", year, month, day);
                if (day > last)
                    continue;
                before = date;
                count++;
            }
        }
    }
    ck_assert_int_eq(count, 182987); /* 501 years, 122 of them with 366 days */
}
END_TEST

/* Steps to the following day. */
static void next_day(struct date *date)
{
    if (date->day < date_last_day((struct date){date->year, date->month, 0}).day) {
        date->day++;
    } else {
        date->day = 1;
        date->month = date->month % 12 + 1;
        date->year += date->month == 1;
    }
}

static bool stands_for(double serial, enum date_system system, struct date expected)
{
    struct date date;
    return date_from_serial(serial, system, &date) && date_compare(date, expected) == 0;
}

START_TEST(serials_follow_the_calendar)
{
    struct date day = {1900, 1, 1};
    for (int serial = 1; day.year <= 9999; serial++) {
        if (serial == 60) /* a day that never was */
            continue;
        if (!stands_for(serial + 0.75, DATE_SYSTEM_1900, day) ||
            (day.year >= 1904 && !stands_for(serial - 1462, DATE_SYSTEM_1904, day)))
            ck_abort_msg("%d", serial);
        next_day(&day);
    }
}
END_TEST

START_TEST(serials_against_the_clock)
{
    for (time_t serial = 25569; serial < 70000; serial++) {
        time_t second = (serial - 25569) * 86400;
        struct tm utc;
        struct date date;
        gmtime_r(&second, &utc);
        ck_assert(date_from_serial((double)serial, DATE_SYSTEM_1900, &date));
        ck_assert_int_eq(date.year, utc.tm_year + 1900);
        ck_assert_int_eq(date.month, utc.tm_mon + 1);
        ck_assert_int_eq(date.day, utc.tm_mday);
    }
}
END_TEST

START_TEST(serials_have_ends)
{
    struct date date;
    static const double NONE_1900[] = {0, 0.5, -1, 60, 60.5, 2958466, 1e300, -1e300, INFINITY, NAN};
    for (size_t i = 0; i < COUNT(NONE_1900); i++)
        ck_assert_msg(!date_from_serial(NONE_1900[i], DATE_SYSTEM_1900, &date), "%g", NONE_1900[i]);
    ck_assert(date_from_serial(2958465.9, DATE_SYSTEM_1900, &date));
    ck_assert_int_eq(date_compare(date, (struct date){9999, 12, 31}), 0);
    ck_assert(date_from_serial(0, DATE_SYSTEM_1904, &date));
    ck_assert_int_eq(date_compare(date, (struct date){1904, 1, 1}), 0);
    ck_assert(!date_from_serial(-0.5, DATE_SYSTEM_1904, &date));
    ck_assert(date_from_serial(2957003, DATE_SYSTEM_1904, &date));
    ck_assert(!date_from_serial(2957004, DATE_SYSTEM_1904, &date));
}
END_TEST

START_TEST(iso_form_alone)
{
    struct date date;
    ck_assert(date_parse_iso(SLICE("2021-03-04"), &date));
    ck_assert_int_eq(date_compare(date, (struct date){2021, 3, 4}), 0);
    ck_assert(date_parse_iso(SLICE("2021-03"), &date) && date.month == 3 && date.day == 0);
    ck_assert(date_parse_iso(SLICE("2021"), &date) && date.month == 0 && date.day == 0);
    static const char *const NONE[] = {
        "",           "2021-3-4",    "2021/03/04",  "20210304",
        "2021-03-4",  "2021-03-04 ", " 2021-03-04", "2021-03-04 00:00",
        "2021-",      "2021-03-",    "2021-00",     "2021-03-00",
        "2021-02-29", "1599-01-01",  "202",         "44259",
        "２０２１",   "2021-3",      "2021-03-040"};
    for (size_t i = 0; i < COUNT(NONE); i++)
        ck_assert_msg(!date_parse_iso(slice_of(NONE[i]), &date), "%s", NONE[i]);
}
END_TEST

START_TEST(formats_have_the_precision_of_the_date)
{
    char text[DATE_TEXT_SIZE];
    date_format((struct date){2021, 3, 4}, text);
    ck_assert_str_eq(text, "2021-03-04");
    date_format((struct date){2021, 10, 0}, text);
    ck_assert_str_eq(text, "2021-10");
    date_format((struct date){1695, 0, 0}, text);
    ck_assert_str_eq(text, "1695");
}
END_TEST

static void check_span(struct date date, struct date first, struct date last)
{
    ck_assert_int_eq(date_compare(date_first_day(date), first), 0);
    ck_assert_int_eq(date_compare(date_last_day(date), last), 0);
}

START_TEST(spans)
{
    check_span((struct date){2021, 0, 0}, (struct date){2021, 1, 1}, (struct date){2021, 12, 31});
    check_span((struct date){2021, 2, 0}, (struct date){2021, 2, 1}, (struct date){2021, 2, 28});
    check_span((struct date){2020, 2, 0}, (struct date){2020, 2, 1}, (struct date){2020, 2, 29});
    check_span((struct date){2021, 4, 0}, (struct date){2021, 4, 1}, (struct date){2021, 4, 30});
    check_span((struct date){2021, 4, 5}, (struct date){2021, 4, 5}, (struct date){2021, 4, 5});
    ck_assert(date_is_full((struct date){2021, 4, 5}));
    ck_assert(!date_is_full((struct date){2021, 4, 0}));
    ck_assert(!date_is_full((struct date){2021, 0, 0}));
}
END_TEST

START_TEST(a_less_precise_date_contains_what_lies_in_it)
{
    const struct date year = {2021, 0, 0}, month = {2021, 10, 0}, day = {2021, 10, 5};
    ck_assert(date_contains(year, month));
    ck_assert(date_contains(year, day));
    ck_assert(date_contains(month, day));
    ck_assert(!date_contains(year, year));
    ck_assert(!date_contains(month, month));
    ck_assert(!date_contains(day, day));
    ck_assert(!date_contains(month, year));
    ck_assert(!date_contains(day, month));
    ck_assert(!date_contains(day, year));
    ck_assert(!date_contains(month, (struct date){2021, 11, 5}));
    ck_assert(!date_contains(month, (struct date){2020, 10, 5}));
    ck_assert(!date_contains(year, (struct date){2020, 10, 5}));
}
END_TEST

START_TEST(dates_in_names)
{
    check_name("【天眼查】企业搜索“银行”20240924(W123456789012).xlsx", "2024-09-24");
    check_name("export 2024.1.9.csv", "2024-01-09");
    check_name("名单2024年9月4日", "2024-09-04");
    check_name("2024-09-04.csv", "2024-09-04");
    check_name("list_2024-9-4_final.csv", "2024-09-04");
    check_name("20240924", "2024-09-24");
    check_name("W123456789012 20240924.xlsx", "2024-09-24");
    check_name("20240230 20240301.csv", "2024-03-01");
    check_name("20240924 20250101.csv", "2024-09-24");
    check_name("导出2024年9月4日12点.xls", "2024-09-04");
    check_name("1989-12-31 1990-01-01", "1990-01-01");
    check_name("2101-01-01 2100-12-31", "2100-12-31");
    check_name("v1.2024.1.9.csv", "2024-01-09");
    check_name("2024-13-01 2024-12-01", "2024-12-01");
    static const char *const NONE[] = {"",
                                       "list.csv",
                                       "202409241.csv",
                                       "2024092.csv",
                                       "120240924.csv",
                                       "2024-09-041",
                                       "12024-09-04",
                                       "2024-009-04",
                                       "2024-09.csv",
                                       "2024年9月.csv",
                                       "2024年9月4",
                                       "2024-9.4",
                                       "19891231",
                                       "21010101",
                                       "20240230",
                                       "2024-02-30",
                                       "2024-00-01",
                                       "2024-01-00",
                                       "20240001",
                                       "2024/09/04",
                                       "2024.09"};
    for (size_t i = 0; i < COUNT(NONE); i++)
        check_name(NONE[i], NULL);
    struct date date;
    ck_assert(!date_find_in_name((struct slice){0}, &date));
}
END_TEST

START_TEST(today_is_local)
{
    time_t before, after;
    struct date today;
    struct tm local;
    do { /* the day may change in between */
        before = time(NULL);
        today = date_today();
        after = time(NULL);
    } while (before / 60 != after / 60);
    localtime_r(&before, &local);
    ck_assert_int_eq(today.year, local.tm_year + 1900);
    ck_assert_int_eq(today.month, local.tm_mon + 1);
    ck_assert_int_eq(today.day, local.tm_mday);
}
END_TEST

SUITE_MAIN("date", forms_of_a_day, time_of_day_is_dropped, garbage_behind_a_day_makes_it_no_date,
           months_and_years, english_months, day_stands_before_month_when_the_year_is_last,
           impossible_days_are_refused, years_before_1600_are_refused, other_texts_are_no_dates,
           full_width_forms, serials_in_text, every_day_comes_back, serials_follow_the_calendar,
           serials_against_the_clock, serials_have_ends, iso_form_alone,
           formats_have_the_precision_of_the_date, spans,
           a_less_precise_date_contains_what_lies_in_it, dates_in_names, today_is_local)
