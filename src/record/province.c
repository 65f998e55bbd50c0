#include "record/province.h"

#include "record/text.h"

/* GB/T 2260 (codes, names) and ISO 3166-2:CN, in the order of the codes. */
const struct province PROVINCES[PROVINCE_COUNT] = {
    {"11", "北京市", "北京", "Beijing", "CN-BJ"},
    {"12", "天津市", "天津", "Tianjin", "CN-TJ"},
    {"13", "河北省", "河北", "Hebei", "CN-HE"},
    {"14", "山西省", "山西", "Shanxi", "CN-SX"},
    {"15", "内蒙古自治区", "内蒙古", "Inner Mongolia", "CN-NM"},
    {"21", "辽宁省", "辽宁", "Liaoning", "CN-LN"},
    {"22", "吉林省", "吉林", "Jilin", "CN-JL"},
    {"23", "黑龙江省", "黑龙江", "Heilongjiang", "CN-HL"},
    {"31", "上海市", "上海", "Shanghai", "CN-SH"},
    {"32", "江苏省", "江苏", "Jiangsu", "CN-JS"},
    {"33", "浙江省", "浙江", "Zhejiang", "CN-ZJ"},
    {"34", "安徽省", "安徽", "Anhui", "CN-AH"},
    {"35", "福建省", "福建", "Fujian", "CN-FJ"},
    {"36", "江西省", "江西", "Jiangxi", "CN-JX"},
    {"37", "山东省", "山东", "Shandong", "CN-SD"},
    {"41", "河南省", "河南", "Henan", "CN-HA"},
    {"42", "湖北省", "湖北", "Hubei", "CN-HB"},
    {"43", "湖南省", "湖南", "Hunan", "CN-HN"},
    {"44", "广东省", "广东", "Guangdong", "CN-GD"},
    {"45", "广西壮族自治区", "广西", "Guangxi", "CN-GX"},
    {"46", "海南省", "海南", "Hainan", "CN-HI"},
    {"50", "重庆市", "重庆", "Chongqing", "CN-CQ"},
    {"51", "四川省", "四川", "Sichuan", "CN-SC"},
    {"52", "贵州省", "贵州", "Guizhou", "CN-GZ"},
    {"53", "云南省", "云南", "Yunnan", "CN-YN"},
    {"54", "西藏自治区", "西藏", "Xizang", "CN-XZ"},
    {"61", "陕西省", "陕西", "Shaanxi", "CN-SN"},
    {"62", "甘肃省", "甘肃", "Gansu", "CN-GS"},
    {"63", "青海省", "青海", "Qinghai", "CN-QH"},
    {"64", "宁夏回族自治区", "宁夏", "Ningxia", "CN-NX"},
    {"65", "新疆维吾尔自治区", "新疆", "Xinjiang", "CN-XJ"},
    {"71", "台湾省", "台湾", "Taiwan", "CN-TW"},
    {"81", "香港特别行政区", "香港", "Hong Kong", "CN-HK"},
    {"82", "澳门特别行政区", "澳门", "Macao", "CN-MO"},
};

/* The bytes of two Chinese characters: no two units begin with the same two. */
#define KEY_LENGTH 6

static bool is_one_of(struct slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(text, slice_of(words[i])))
            return true;
    }
    return false;
}

/*
 * True if the text, which begins with the first two characters of the unit, is one of its names. A
 * short name followed by the wrong kind of unit (广西省) is no doubt either; 吉林市 is a city.
 */
static bool is_name_of(struct slice text, const struct province *province)
{
    static const char *const KINDS[] = {"", "省", "市", "自治区", "特别行政区"};
    if (slice_equal(text, slice_of(province->name)))
        return true;
    if (slice_equal(text, SLICE("内蒙")) || slice_equal(text, SLICE("内蒙自治区")))
        return true;
    struct slice short_name = slice_of(province->short_name);
    if (!slice_starts_with(text, short_name) || slice_equal(text, SLICE("吉林市")))
        return false;
    return is_one_of(slice_from(text, short_name.length), KINDS, sizeof(KINDS) / sizeof(*KINDS));
}

static const struct province *find_chinese(struct slice text)
{
    if (text.length < KEY_LENGTH)
        return NULL;
    for (size_t i = 0; i < PROVINCE_COUNT; i++) {
        if (memcmp(text.at, PROVINCES[i].short_name, KEY_LENGTH) == 0)
            return is_name_of(text, &PROVINCES[i]) ? &PROVINCES[i] : NULL;
    }
    return NULL;
}

const struct province *province_find(struct slice text)
{
    /* Most cells are clean: nothing is folded for them. */
    const struct province *province = find_chinese(text);
    if (province || text.length < KEY_LENGTH)
        return province;

    struct buffer folded = {0};
    text_fold(text, TEXT_DROP_SPACE, &folded);
    province = find_chinese(buffer_slice(&folded));
    buffer_free(&folded);
    return province;
}

#define LATIN_FOLD ((unsigned)(TEXT_FOLD_CASE | TEXT_DROP_SPACE | TEXT_SAME_BRACKETS))

/* `name` is folded like `text` before the two are compared. */
static bool starts_with_name(struct slice text, const char *name, struct slice *rest)
{
    struct buffer folded = {0};
    text_fold(slice_of(name), LATIN_FOLD, &folded);
    bool starts = folded.length > 0 && slice_starts_with(text, buffer_slice(&folded));
    if (starts)
        *rest = slice_from(text, folded.length);
    buffer_free(&folded);
    return starts;
}

static bool is_english_kind(struct slice text)
{
    static const char *const KINDS[] = {"",
                                        "province",
                                        "municipality",
                                        "city",
                                        "autonomousregion",
                                        "zhuangautonomousregion",
                                        "huiautonomousregion",
                                        "uygurautonomousregion",
                                        "uyghurautonomousregion",
                                        "(tibet)",
                                        "(tibet)autonomousregion",
                                        "specialadministrativeregion",
                                        "sar"};
    return is_one_of(text, KINDS, sizeof(KINDS) / sizeof(*KINDS));
}

static const struct province *find_english(struct slice folded)
{
    static const struct {
        const char *name;
        const char *code;
    } OTHER_NAMES[] = {{"Tibet", "54"}, {"Macau", "82"}, {"Neimenggu", "15"}, {"Nei Mongol", "15"}};
    struct slice rest;
    for (size_t i = 0; i < PROVINCE_COUNT; i++) {
        if (starts_with_name(folded, PROVINCES[i].english, &rest) && is_english_kind(rest))
            return &PROVINCES[i];
        if (starts_with_name(folded, PROVINCES[i].iso, &rest) && rest.length == 0)
            return &PROVINCES[i];
    }
    for (size_t i = 0; i < sizeof(OTHER_NAMES) / sizeof(*OTHER_NAMES); i++) {
        if (starts_with_name(folded, OTHER_NAMES[i].name, &rest) && is_english_kind(rest))
            return province_of_code(slice_of(OTHER_NAMES[i].code));
    }
    return NULL;
}

const struct province *province_find_any(struct slice text)
{
    const struct province *province = province_find(text);
    if (province)
        return province;

    struct buffer folded = {0};
    text_fold(text, LATIN_FOLD, &folded);
    province = province_of_code(buffer_slice(&folded));
    if (!province)
        province = find_english(buffer_slice(&folded));
    buffer_free(&folded);
    return province;
}

const struct province *province_of_code(struct slice two_digits)
{
    if (two_digits.length != 2)
        return NULL;
    for (size_t i = 0; i < PROVINCE_COUNT; i++) {
        if (memcmp(two_digits.at, PROVINCES[i].code, 2) == 0)
            return &PROVINCES[i];
    }
    return NULL;
}
