#include "words.h"

/* The numbers are made up, their check characters are right (or wrong on purpose). */

/* clang-format off */
#define COUNT(array) ((int)(sizeof(array) / sizeof(*(array))))

static const struct word names[] = {
    {.written = "甲电商有限公司", .kept = "甲电商有限公司", .means = "甲电商有限公司",
     .plain = "甲电商有限公司", .shown = "甲电商有限公司"},
    {.written = "乙(杭州)贸易公司", .kept = "乙(杭州)贸易公司", .means = "乙(杭州)贸易公司",
     .plain = "乙(杭州)贸易公司", .shown = "乙(杭州)贸易公司"},
    {.written = "跨境电商丙公司", .kept = "跨境电商丙公司", .means = "跨境电商丙公司",
     .plain = "跨境电商丙公司", .shown = "跨境电商丙公司"},
    {.written = "甲电商有限公司（已注销）", .kept = "甲电商有限公司（已注销）", .means = "甲电商有限公司",
     .plain = "甲电商有限公司", .shown = "甲电商有限公司"},
    {.written = " 乙（杭州） 贸易公司", .kept = "乙（杭州） 贸易公司", .means = "乙(杭州)贸易公司",
     .plain = "乙（杭州） 贸易公司", .shown = "乙(杭州) 贸易公司"},
    {.written = "丁公司(曾用名: 海淘甲公司)", .kept = "丁公司(曾用名: 海淘甲公司)", .means = "丁公司",
     .plain = "丁公司", .shown = "丁公司"},
    {.written = "丁公司", .kept = "丁公司", .means = "丁公司", .plain = "丁公司", .shown = "丁公司"},
    {.written = "Ｋ海淘公司", .kept = "Ｋ海淘公司", .means = "K海淘公司",
     .plain = "Ｋ海淘公司", .shown = "k海淘公司"},
    {.written = "K海淘公司", .kept = "K海淘公司", .means = "K海淘公司",
     .plain = "K海淘公司", .shown = "k海淘公司"},
    {.written = "k海淘公司", .kept = "k海淘公司", .means = "k海淘公司",
     .plain = "k海淘公司", .shown = "k海淘公司"},
    {.written = "戊（除跨境电商外）公司", .kept = "戊（除跨境电商外）公司", .means = "戊(除跨境电商外)公司",
     .plain = "戊（除跨境电商外）公司", .shown = "戊|公司"},
    {.written = "己,庚公司", .kept = "己,庚公司", .means = "己,庚公司",
     .plain = "己,庚公司", .shown = "己,庚公司"},
    {.written = "未匹配到相关企业", .kept = "未匹配到相关企业", .means = UNMATCHED},
};

static const struct word dates[] = {
    {.written = "2023-05-06", .kept = "2023-05-06"},
    {.written = "2024-05-06", .kept = "2024-05-06"},
    {.written = "2024-05", .kept = "2024-05"},
    {.written = "2024", .kept = "2024"},
    {.written = "2024/2/29", .kept = "2024-02-29"},
    {.written = "2023年2月28日", .kept = "2023-02-28"},
    {.written = "2023-02", .kept = "2023-02"},
    {.written = "20231231", .kept = "2023-12-31"},
    {.written = "2024-01-01 00:00:00", .kept = "2024-01-01"},
    {.written = "2020-02-29", .kept = "2020-02-29"},
    {.written = "2020", .kept = "2020"},
    {.written = "2022.8.21", .kept = "2022-08-21"},
    {.written = "2023-08-20", .kept = "2023-08-20"},
    {.written = "2024-08-20", .kept = "2024-08-20"},
    {.written = "2024年08月", .kept = "2024-08"},
    {.written = "2025-02-28", .kept = "2025-02-28"},
    {.written = "2024-06-01", .kept = "2024-06-01"},
    {.written = "2014-08-20", .kept = "2014-08-20"},
    {.written = "2015-02-28", .kept = "2015-02-28"},
    {.written = "2012-02-29", .kept = "2012-02-29"},
    {.written = "2016-02", .kept = "2016-02"},
    {.written = "2019", .kept = "2019"},
    {.written = "2023-02-30", .kept = NULL},
    {.written = "去年", .kept = NULL},
};

static const struct word codes[] = {
    {.written = "91330106MA2PQ7X123", .kept = "91330106MA2PQ7X123", .means = "valid", .province = "浙江省"},
    {.written = "9144030058K204136T", .kept = "9144030058K204136T", .means = "valid", .province = "广东省"},
    {.written = "91310115 ma2pq7x1-2u", .kept = "91310115MA2PQ7X12U", .means = "valid", .province = "上海市"},
    {.written = "91350211M000123456", .kept = "91350211M000123456", .means = "pilot", .province = "福建省"},
    {.written = "9199000058K204136H", .kept = "9199000058K204136H", .means = "valid", .province = NULL},
    {.written = "9.1442E+17", .kept = "9.1442E+17", .means = "damaged"},
    {.written = "91330106MA2PQ7X124", .kept = "91330106MA2PQ7X124", .means = "invalid"},
    {.written = "123456789012345678", .kept = "123456789012345678", .means = "invalid"},
    {.written = "330106000012340", .kept = "330106000012340", .means = "number", .province = "浙江省"},
};

static const struct word numbers[] = {
    {.written = "330106000012340", .kept = "330106000012340", .means = "valid", .province = "浙江省"},
    {.written = "4403 0000 0056 784", .kept = "440300000056784", .means = "valid", .province = "广东省"},
    {.written = "990000000000015", .kept = "990000000000015", .means = "valid", .province = NULL},
    {.written = "330106000012341", .kept = "330106000012341", .means = "other"},
    {.written = "SC123456", .kept = "SC123456", .means = "other"},
    {.written = "sc-123456", .kept = "SC123456", .means = "other"},
};

static const struct word statuses[] = {
    {.written = "存续", .kept = "存续", .means = "active"},
    {.written = "在业", .kept = "在业", .means = "active"},
    {.written = "注销", .kept = "注销", .means = "deregistered"},
    {.written = "吊销，未注销", .kept = "吊销，未注销", .means = "revoked"},
    {.written = "已注销", .kept = "已注销", .means = "deregistered"},
    {.written = "吊销", .kept = "吊销", .means = "revoked"},
    {.written = "迁出", .kept = "迁出", .means = "moved_out"},
    {.written = "歇业", .kept = "歇业", .means = "dormant"},
    {.written = "迁入", .kept = "迁入", .means = "moved_in"},
    {.written = "撤销", .kept = "撤销", .means = "rescinded"},
    {.written = "说不清", .kept = "说不清", .means = "other"},
};

static const struct word capitals[] = {
    {.written = "100万人民币", .kept = "100万人民币", .means = "CNY", .amount = 1e6},
    {.written = "99.9999万元", .kept = "99.9999万元", .means = "CNY", .amount = 999999},
    {.written = "5000万", .kept = "5000万", .means = "CNY", .amount = 5e7},
    {.written = "4,999,999元", .kept = "4,999,999元", .means = "CNY", .amount = 4999999},
    {.written = "500万元", .kept = "500万元", .means = "CNY", .amount = 5e6},
    {.written = "1000万", .kept = "1000万", .means = "CNY", .amount = 1e7},
    {.written = "100万美元", .kept = "100万美元", .means = "USD", .amount = 1e6},
    {.written = "4999.9999万", .kept = "4999.9999万", .means = "CNY", .amount = 49999999},
    {.written = "0.1亿元", .kept = "0.1亿元", .means = "CNY", .amount = 1e7},
    {.written = "9,999,999.99元", .kept = "9,999,999.99元", .means = "CNY", .amount = 9999999.99},
    {.written = "5000万港元", .kept = "5000万港元", .means = "HKD", .amount = 5e7},
    {.written = "(元/万元)", .kept = "(元/万元)", .means = NULL},
};

static const struct word types[] = {
    {.written = "有限责任公司", .kept = "有限责任公司", .means = "有限责任公司"},
    {.written = "有限责任公司（独资）", .kept = "有限责任公司（独资）", .means = "有限责任公司(独资)"},
    {.written = "有限责任公司(独资)", .kept = "有限责任公司(独资)", .means = "有限责任公司(独资)"},
};

static const struct word industries[] = {
    {.written = "零售业", .kept = "零售业", .means = "零售业"},
    {.written = "批发业", .kept = "批发业", .means = "批发业"},
    {.written = "ＩＴ业", .kept = "ＩＴ业", .means = "IT业"},
    {.written = "IT业", .kept = "IT业", .means = "IT业"},
};

static const struct word provinces[] = {
    {.written = "浙江", .kept = "浙江省"},
    {.written = "广东省", .kept = "广东省"},
    {.written = "北京市", .kept = "北京市"},
    {.written = "某地", .kept = NULL},
};

static const struct word cities[] = {
    {.written = "杭州市", .kept = "杭州市", .means = "杭州市"},
    {.written = "深圳市", .kept = "深圳市", .means = "深圳市"},
    {.written = "ＳＺ市", .kept = "ＳＺ市", .means = "SZ市"},
    {.written = "SZ市", .kept = "SZ市", .means = "SZ市"},
    {.written = "杭州", .kept = "杭州", .means = "杭州"},
};

#define SCOPE(text, counted) {.written = (text), .kept = (text), .shown = (counted)}
static const struct word scopes[] = {
    SCOPE("跨境电子商务；日用品销售", "跨境电子商务;日用品销售"),
    SCOPE("日用品销售（不含跨境电商）", "日用品销售|"),
    SCOPE("互联网销售（除销售需要许可的商品），跨境贸易", "互联网销售|,跨境贸易"),
    SCOPE("食品（海淘、出口电商除外）;海外仓", "食品|;海外仓"),
    SCOPE("食品(不得（海外仓)经营）跨境电商)", "食品|跨境电商)"),
    SCOPE("批发（含禁运品[禁止海淘]，外贸电商）", "批发(含禁运品|,外贸电商)"),
    SCOPE("粽子；跨境电商", "粽子;跨境电商"),
    SCOPE("粽油，跨境（不包括粽子）电商", "粽油,跨境|电商"),
    SCOPE("ＥＣ service, 保税电商", "ec service, 保税电商"),
    SCOPE("ec\nService", "ec\nservice"),
    SCOPE("日用品\"销售\"", "日用品\"销售\""),
};

static const struct word unknowns[] = {{.written = "甲", .kept = NULL}};
static const struct word approvals[] = {
    {.written = "2024-07-01", .kept = "2024-07-01"},
    {.written = "2023-11", .kept = "2023-11"},
    {.written = "2025-02-28", .kept = "2025-02-28"},
    {.written = "2023-02-30", .kept = NULL},
};

const struct words WORDS[COLUMNS] = {
    [NAME] = {"企业名称", names, COUNT(names)},
    [FOUNDED] = {"成立日期", dates, COUNT(dates)},
    [CODE] = {"统一社会信用代码", codes, COUNT(codes)},
    [NUMBER] = {"注册号", numbers, COUNT(numbers)},
    [STATUS] = {"经营状态", statuses, COUNT(statuses)},
    [CEASED] = {"注销日期", dates, COUNT(dates)},
    [CAPITAL] = {"注册资本", capitals, COUNT(capitals)},
    [TYPE] = {"企业类型", types, COUNT(types)},
    [INDUSTRY] = {"所属行业", industries, COUNT(industries)},
    [PROVINCE] = {"所属省份", provinces, COUNT(provinces)},
    [CITY] = {"所属城市", cities, COUNT(cities)},
    [SCOPE] = {"经营范围", scopes, COUNT(scopes)},
    [APPROVED] = {"核准日期", approvals, COUNT(approvals)},
    [UNKNOWN] = {"备注甲", unknowns, COUNT(unknowns)},
};

const char *const MISSING[MISSING_COUNT] = {"", "", "-", "暂无", "  ", "=\"-\""};

const char *const DAYS[AS_OF_COUNT] = {
    "2024-08-20", "2024-08-20", "2025-02-28", "2024-02-29", "2024-02-28", "2023-12-31", "2024-12-31",
    "2024-05-06", "2024-05-31", "2025-03-01", "2024-03-01", "2025-12-31", "2021-01-01", "2020-02-29",
    "2011-12-31", "2021-02-28", "2023-02-28", "2024-08-31", "2022-06-30", "2024-12-30", "2028-02-29", "2030-06-30",
};

const struct definition_words DEFINITIONS[DEFINITION_COUNT] = {
    {"all", {NULL}, {NULL}},
    {"narrow", {"跨境电商", "跨境电子商务", "跨境贸易电子商务"}, {NULL}},
    {"wide",
     {"跨境电商", "跨境电子商务", "跨境贸易电子商务", "跨境零售", "跨境网购", "跨境购", "跨境贸易", "跨境进口",
      "跨境出口", "跨境供应链", "保税电商", "海淘", "海外仓", "出口电商", "外贸电商"},
     {NULL}},
    {"粽", {"粽"}, {"粽油"}},
    {"letters", {"Ｅc", "K海"}, {"跨境贸易", "保税"}},
    {"shops", {"电商"}, {"海外仓", "粽"}},
};

const struct source_words SOURCES[SOURCE_COUNT] = {
    {"tianyancha", NULL, "tianyancha"}, {NULL, "【企查查】", "qichacha"}, {"爱企查", NULL, "aiqicha"},
    {NULL, NULL, "other"},              {"customs", NULL, "customs"},       {NULL, "天眼查-", "tianyancha"},
};
