/* The invented enterprises: what they are called, their numbers, when they were founded. */
#include "fixtures.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char negated_scope[] = "软件开发（不含跨境电商）；电子产品销售。";

static const struct place {
    const char *city, *code, *province, *alternative;
} places[] = {
    {"杭州", "33", "浙江省", "浙江"},
    {"深圳", "44", "广东省", "广东"},
    {"厦门", "35", "福建省", "福建"},
    {"郑州", "41", "河南省", "河南省"},
    {"上海", "31", "上海市", "上海"},
    {"宁波", "33", "浙江省", "浙江省"},
    {"南宁", "45", "广西壮族自治区", "广西"},
    {"青岛", "37", "山东省", "山东"},
    {"成都", "51", "四川省", "四川省"},
    {"广州", "44", "广东省", "广东省"},
    {"乌鲁木齐", "65", "新疆维吾尔自治区", "新疆"},
    {"重庆", "50", "重庆市", "重庆市"},
    {"呼和浩特", "15", "内蒙古自治区", "内蒙古自治区"},
};

static const char *const first_words[] = {"澄", "砚", "榆", "驿", "曜", "棠", "沅", "峤",
                                          "𠮷", "珂", "湛", "桐", "岑", "黛", "稷", "舫"};
static const char *const second_words[] = {"鹭", "麓", "汀", "隅", "笙", "畔", "岫", "㐂"};
static const char *const trades[] = {"贸易", "供应链管理", "网络科技", "进出口", "电子商务"};
static const char *const forms[] = {"有限公司", "有限责任公司", "股份有限公司",
                                    "合伙企业（有限合伙）"};

/* What is written of a status, and the group it belongs to. Most enterprises exist. */
static const struct {
    const char *text, *group;
} statuses[] = {
    {"存续", "active"},
    {"在业", "active"},
    {"存续（在营、开业、在册）", "active"},
    {"开业", "active"},
    {"注销", "deregistered"},
    {"存续", "active"},
    {"吊销，未注销", "revoked"},
    {"在业", "active"},
    {"迁出", "moved_out"},
    {"吊销,已注销", "deregistered"},
    {"迁入", "moved_in"},
    {"歇业", "dormant"},
    {"在册", "active"},
    {"清算", "winding_up"},
    {"撤销", "rescinded"},
    {"筹建", "pending"},
    {"个体转企业", "converted"},
};

/* The same for a British register. */
static const struct {
    const char *text, *group;
} british_statuses[] = {
    {"Active", "active"},
    {"Dissolved", "deregistered"},
    {"Active - Proposal to Strike off", "active"},
    {"Liquidation", "winding_up"},
};

static const struct {
    const char *text;
    int definitions;
} scopes[] = {
    {"日用百货批发、零售；仓储服务。", 0},
    {"跨境电商平台运营，货物进出口。", IN_NARROW | IN_WIDE},
    {"海外仓服务；国际货物运输代理。", IN_WIDE},
    {negated_scope, 0},
    {"互联网销售（除销售需要许可的商品）；跨境贸易电子商务。", IN_NARROW | IN_WIDE},
    {"电子产品销售，\n“礼品”\"零售\"；会议服务。", 0},
};

/* ---- Numbers ---- */

static const char code_letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* Weighted sum of characters by their place among `letters`. */
static unsigned weigh(const char *text, const char *letters, const unsigned *weights, size_t count)
{
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += weights[i] * (unsigned)(strchr(letters, text[i]) - letters);
    return sum;
}

/* GB 11714: eight characters and a check character. */
static char organisation_check(const char *eight)
{
    static const unsigned weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    unsigned check =
        11 - weigh(eight, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", weights, COUNT(weights)) % 11;
    return check == 10 ? 'X' : check == 11 ? '0' : (char)('0' + check);
}

void finish_code(char code[19], bool pilot)
{
    /* GB 32100: seventeen characters and a check character. */
    static const unsigned weights[] = {1,  3,  9,  27, 19, 26, 16, 17, 20,
                                       29, 25, 13, 8,  24, 10, 30, 28};
    code[16] = organisation_check(code + 8);
    unsigned check = (31 - weigh(code, code_letters, weights, COUNT(weights)) % 31) % 31;
    /* The codes given out in the pilot years fail their check. */
    code[17] = code_letters[pilot ? (check + 1) % 31 : check];
    code[18] = '\0';
}

static char *credit_code(const char *province, unsigned enterprise, bool pilot)
{
    char *code = pilot ? text_of("91%s0100M000%04u??", province, enterprise)
                       : text_of("91%s0100MA%06X??", province, 1000 + 37 * enterprise);
    finish_code(code, pilot);
    return code;
}

/* ISO 7064 MOD 11,10 over fourteen digits. */
static char *registration_number(const char *province, unsigned enterprise)
{
    char *digits = text_of("%s010600%06u", province, 70001 + 13 * enterprise);
    unsigned rest = 10;
    for (size_t i = 0; i < 14; i++) {
        rest = (rest + (unsigned)(digits[i] - '0')) % 10;
        rest = (rest == 0 ? 10 : rest) * 2 % 11;
    }
    return text_of("%s%u", digits, (11 - rest) % 10);
}

/* ---- Enterprises ---- */

/* Two that have name and founding date in common, and different codes: they stay two. */
enum { TWIN = 42, OTHER_TWIN = 55 };

static const struct place *place_of(unsigned enterprise)
{
    return &places[enterprise % COUNT(places)];
}

static bool is_pilot(unsigned enterprise)
{
    return enterprise % 26 == 15; /* all of them in Fujian */
}

static bool has_code(unsigned enterprise)
{
    return enterprise < CHINESE_ENTERPRISES && enterprise % 11 != 7;
}

static bool has_number(unsigned enterprise)
{
    return enterprise < CHINESE_ENTERPRISES && enterprise % 5 == 2;
}

static struct day founded_on(unsigned enterprise)
{
    static const int years[] = {2022, 2019, 2021, 2020, 2022, 2018, 2021, 2022, 2017, 2023, 2020};
    int e = (int)enterprise;
    struct day day = {years[enterprise % COUNT(years)], 1 + e * 5 % 12, 1 + e * 7 % 28};
    if (day.year == 2023)
        day.month = 1 + e % 2;
    if (enterprise % 37 == 3)
        day = (struct day){2020, 2, 29};
    if (enterprise % 41 == 8)
        day = (struct day){1993 + e % 3, 12, 31};
    return day;
}

static struct facts british_facts(unsigned enterprise)
{
    unsigned which = enterprise - CHINESE_ENTERPRISES;
    static const char *const names[] = {"THISTLE, BRIAR & ROOK LIMITED", "QUILLET OVERSEAS LTD",
                                        "\"MARROW\" HOLDINGS LIMITED",   "PENFOLD QUAY LLP",
                                        "CORVUS BAY TRADING LTD",        "OATCAKE EXPORT LIMITED",
                                        "LOW MILL PARCELS LTD",          "SABLE & SON LIMITED"};
    struct facts facts = {.enterprise = enterprise};
    facts.text[NAME] = names[which];
    /* The last two have one number, which is unique in its register only: the dates tell them
     * apart. */
    facts.text[NUMBER] = text_of("%08u", 1204400 + (which < 7 ? which : 6));
    facts.founded = (struct day){1930 + 11 * (int)which, 10, 13 + (int)which};
    facts.text[STATUS] = british_statuses[which % COUNT(british_statuses)].text;
    facts.group = british_statuses[which % COUNT(british_statuses)].group;
    facts.text[TYPE] = "Private Limited Company";
    facts.text[ADDRESS] = text_of("%u TANNERY LANE, BRINE-ON-SEA", which + 1);
    facts.text[PRIVATE] = "GB";
    return facts;
}

struct facts enterprise_facts(unsigned enterprise)
{
    if (enterprise >= ENTERPRISES)
        give_up("no more enterprises");
    if (enterprise >= CHINESE_ENTERPRISES)
        return british_facts(enterprise);
    unsigned named = enterprise == OTHER_TWIN ? TWIN : enterprise;
    const struct place *place = place_of(enterprise);
    struct facts facts = {.enterprise = enterprise, .founded = founded_on(named)};
    const char *trade = named % 14 == 9 ? "跨境电子商务" : trades[named % COUNT(trades)];
    facts.text[NAME] =
        text_of("%s%s%s%s%s", place_of(named)->city, first_words[named % COUNT(first_words)],
                second_words[named / COUNT(first_words) % COUNT(second_words)], trade,
                forms[named % COUNT(forms)]);
    facts.name_definitions = named % 14 == 9 ? IN_NARROW | IN_WIDE : 0;
    facts.code_is_valid = has_code(enterprise);
    if (facts.code_is_valid)
        facts.text[CODE] = credit_code(place->code, enterprise, is_pilot(enterprise));
    facts.code_warning = facts.code_is_valid && is_pilot(enterprise) ? "pilot_code" : NULL;
    facts.number_is_valid = has_number(enterprise);
    if (facts.number_is_valid)
        facts.text[NUMBER] = registration_number(place->code, enterprise);
    facts.approved = day_later(facts.founded, 20 + (int)enterprise % 9);
    facts.text[STATUS] = statuses[enterprise % COUNT(statuses)].text;
    facts.group = statuses[enterprise % COUNT(statuses)].group;
    facts.text[CAPITAL] = text_of("%u,000(万元人民币)", 1 + enterprise % 9);
    facts.text[TYPE] = "有限责任公司(自然人独资)";
    facts.text[PROVINCE] = place->alternative;
    facts.meaning[PROVINCE] = facts.province = place->province;
    facts.text[CITY] = text_of("%s市", place->city);
    /* A word of the definitions in an address does not count. */
    facts.text[ADDRESS] = text_of("%s市跨境电商产业园望潮路%u号", place->city, 3 + enterprise);
    facts.text[SCOPE] = scopes[enterprise % COUNT(scopes)].text;
    facts.definitions = scopes[enterprise % COUNT(scopes)].definitions;
    facts.text[FORMER] = enterprise % 6 == 1 ? text_of("旧%s甲行", place->city) : NULL;
    facts.text[TYPED] = text_of("%s%s", facts.text[CITY], first_words[named % COUNT(first_words)]);
    facts.text[PRIVATE] = "(略)";
    return facts;
}

const char *enterprise_place(unsigned enterprise, bool code_known, bool number_known)
{
    return code_known || number_known ? place_of(enterprise)->province : "unknown";
}
