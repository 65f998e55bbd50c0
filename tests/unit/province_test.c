#include "record/province.h"

#include <stdio.h>

#include "suite.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* clang-format off */
static const struct {
    const char *iso;
    const char *code;
    const char *short_name;
    const char *kind; /* what makes the long name of the short one */
    const char *english;
    const char *english_kind;
} UNITS[] = {
    {"CN-AH", "34", "安徽", "省", "Anhui", "Province"},
    {"CN-BJ", "11", "北京", "市", "Beijing", "Municipality"},
    {"CN-CQ", "50", "重庆", "市", "Chongqing", "Municipality"},
    {"CN-FJ", "35", "福建", "省", "Fujian", "Province"},
    {"CN-GD", "44", "广东", "省", "Guangdong", "Province"},
    {"CN-GS", "62", "甘肃", "省", "Gansu", "Province"},
    {"CN-GX", "45", "广西", "壮族自治区", "Guangxi", "Zhuang Autonomous Region"},
    {"CN-GZ", "52", "贵州", "省", "Guizhou", "Province"},
    {"CN-HA", "41", "河南", "省", "Henan", "Province"},
    {"CN-HB", "42", "湖北", "省", "Hubei", "Province"},
    {"CN-HE", "13", "河北", "省", "Hebei", "Province"},
    {"CN-HI", "46", "海南", "省", "Hainan", "Province"},
    {"CN-HK", "81", "香港", "特别行政区", "Hong Kong", "Special Administrative Region"},
    {"CN-HL", "23", "黑龙江", "省", "Heilongjiang", "Province"},
    {"CN-HN", "43", "湖南", "省", "Hunan", "Province"},
    {"CN-JL", "22", "吉林", "省", "Jilin", "Province"},
    {"CN-JS", "32", "江苏", "省", "Jiangsu", "Province"},
    {"CN-JX", "36", "江西", "省", "Jiangxi", "Province"},
    {"CN-LN", "21", "辽宁", "省", "Liaoning", "Province"},
    {"CN-MO", "82", "澳门", "特别行政区", "Macao", "Special Administrative Region"},
    {"CN-NM", "15", "内蒙古", "自治区", "Inner Mongolia", "Autonomous Region"},
    {"CN-NX", "64", "宁夏", "回族自治区", "Ningxia", "Hui Autonomous Region"},
    {"CN-QH", "63", "青海", "省", "Qinghai", "Province"},
    {"CN-SC", "51", "四川", "省", "Sichuan", "Province"},
    {"CN-SD", "37", "山东", "省", "Shandong", "Province"},
    {"CN-SH", "31", "上海", "市", "Shanghai", "Municipality"},
    {"CN-SN", "61", "陕西", "省", "Shaanxi", "Province"},
    {"CN-SX", "14", "山西", "省", "Shanxi", "Province"},
    {"CN-TJ", "12", "天津", "市", "Tianjin", "Municipality"},
    {"CN-TW", "71", "台湾", "省", "Taiwan", "Province"},
    {"CN-XJ", "65", "新疆", "维吾尔自治区", "Xinjiang", "Uygur Autonomous Region"},
    {"CN-XZ", "54", "西藏", "自治区", "Xizang", "(Tibet) Autonomous Region"},
    {"CN-YN", "53", "云南", "省", "Yunnan", "Province"},
    {"CN-ZJ", "33", "浙江", "省", "Zhejiang", "Province"},
};
/* clang-format on */

/* NULL as the code: no unit. */
static void check_code(const struct province *got, const char *code, const char *text)
{
    if (!code)
        ck_assert_msg(!got, "\"%s\" is %s", text, got ? got->name : "");
    else
        ck_assert_msg(got && strcmp(got->code, code) == 0, "\"%s\" is %s, expected %s", text,
                      got ? got->name : "no unit", code);
}

/* A text that both ways of finding take for the unit. */
static void check(const char *text, const char *code)
{
    check_code(province_find(slice_of(text)), code, text);
    check_code(province_find_any(slice_of(text)), code, text);
}

/* A text that is a unit only for options. */
static void check_any_only(const char *text, const char *code)
{
    check_code(province_find(slice_of(text)), NULL, text);
    check_code(province_find_any(slice_of(text)), code, text);
}

START_TEST(table_is_complete_and_sorted_by_code)
{
    ck_assert_uint_eq(COUNT(UNITS), PROVINCE_COUNT);
    for (size_t i = 1; i < PROVINCE_COUNT; i++)
        ck_assert_int_lt(strcmp(PROVINCES[i - 1].code, PROVINCES[i].code), 0);
    for (size_t i = 0; i < COUNT(UNITS); i++) {
        const struct province *unit = province_of_code(slice_of(UNITS[i].code));
        ck_assert_ptr_nonnull(unit);
        char name[64];
        snprintf(name, sizeof(name), "%s%s", UNITS[i].short_name, UNITS[i].kind);
        ck_assert_str_eq(unit->code, UNITS[i].code);
        ck_assert_str_eq(unit->name, name);
        ck_assert_str_eq(unit->short_name, UNITS[i].short_name);
        ck_assert_str_eq(unit->english, UNITS[i].english);
        ck_assert_str_eq(unit->iso, UNITS[i].iso);
    }
}
END_TEST

START_TEST(long_and_short_names)
{
    for (size_t i = 0; i < COUNT(UNITS); i++) {
        char text[64];
        check(UNITS[i].short_name, UNITS[i].code);
        snprintf(text, sizeof(text), "%s%s", UNITS[i].short_name, UNITS[i].kind);
        check(text, UNITS[i].code);
        snprintf(text, sizeof(text), "\u3000%.3s %s %s\t", UNITS[i].short_name,
                 UNITS[i].short_name + 3, UNITS[i].kind);
        check(text, UNITS[i].code);
    }
}
END_TEST

START_TEST(careless_names)
{
    check("内蒙", "15");
    check("内 蒙", "15");
    check("内蒙自治区", "15");
    check("内蒙古省", "15");
    check("广西省", "45");
    check("广西自治区", "45");
    check("新疆省", "65");
    check("宁夏自治区", "64");
    check("上海省", "31");
    check("香港特别行政区", "81");
    check("西藏省", "54");
}
END_TEST

START_TEST(what_is_no_unit)
{
    static const char *const NONE[] = {"",
                                       "-",
                                       "全国",
                                       "中国",
                                       "杭州",
                                       "杭州市",
                                       "吉林市",
                                       "浙",
                                       "江",
                                       "省",
                                       "浙江省杭州市",
                                       "浙江杭州",
                                       "黑龙",
                                       "黑龙省",
                                       "内蒙省",
                                       "浙江省省",
                                       "海南州",
                                       "山",
                                       "江浙沪",
                                       "国家局",
                                       "总局",
                                       "abcdef",
                                       "内",
                                       "江苏省 南京",
                                       "\xe6\xb5\x99\xe6\xb1"};
    for (size_t i = 0; i < COUNT(NONE); i++)
        check(NONE[i], NULL);
    ck_assert_ptr_null(province_find((struct slice){NULL, 0}));
    ck_assert_ptr_null(province_find_any((struct slice){NULL, 0}));
}
END_TEST

START_TEST(options_take_english_names_and_codes)
{
    for (size_t i = 0; i < COUNT(UNITS); i++) {
        char text[64];
        check_any_only(UNITS[i].english, UNITS[i].code);
        check_any_only(UNITS[i].code, UNITS[i].code);
        check_any_only(UNITS[i].iso, UNITS[i].code);
        snprintf(text, sizeof(text), "%s %s", UNITS[i].english, UNITS[i].english_kind);
        check_any_only(text, UNITS[i].code);
        for (size_t j = 0; text[j]; j++) {
            if (text[j] >= 'A' && text[j] <= 'Z')
                text[j] |= 0x20;
        }
        check_any_only(text, UNITS[i].code);
    }
    check_any_only("Tibet", "54");
    check_any_only("Tibet Autonomous Region", "54");
    check_any_only("Macau", "82");
    check_any_only("Hong Kong SAR", "81");
    check_any_only("HONGKONG", "81");
    check_any_only("cn-zj", "33");
    check_any_only("３３", "33");
    check_any_only(" Shaanxi province", "61");
    check_any_only("Beijing City", "11");
}
END_TEST

START_TEST(options_refuse_the_rest)
{
    static const char *const NONE[] = {
        "Hangzhou", "Zhejiangs", "Zhe", "Province", "China", "CN", "CN-",  "ZJ",      "CN-ZZ",
        "CN-ZJX",   "3",         "330", "3300",     "00",    "99", "Shan", "Hainan x"};
    for (size_t i = 0; i < COUNT(NONE); i++)
        check_any_only(NONE[i], NULL);
}
END_TEST

/* Of all pairs of digits exactly the codes of the table are a unit. */
START_TEST(codes)
{
    for (int number = 0; number < 100; number++) {
        char text[3] = {(char)('0' + number / 10), (char)('0' + number % 10), '\0'};
        const char *code = NULL;
        for (size_t i = 0; i < COUNT(UNITS); i++) {
            if (strcmp(UNITS[i].code, text) == 0)
                code = UNITS[i].code;
        }
        check_code(province_of_code(slice_of(text)), code, text);
    }
    ck_assert_ptr_null(province_of_code(SLICE("")));
    ck_assert_ptr_null(province_of_code(SLICE("3")));
    ck_assert_ptr_null(province_of_code(SLICE("330")));
    ck_assert_ptr_null(province_of_code((struct slice){NULL, 0}));
}
END_TEST

SUITE_MAIN("province", table_is_complete_and_sorted_by_code, long_and_short_names, careless_names,
           what_is_no_unit, options_take_english_names_and_codes, options_refuse_the_rest, codes)
