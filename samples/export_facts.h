/*
 * What make_exports puts invented enterprises together from: places with their real region codes,
 * syllables, trades, legal forms, the words of the vendors, and phrases of business scopes.
 * Every table is data only; the tables that are indexed by masking have a power of two of entries.
 */
#ifndef EXPORT_FACTS_H
#define EXPORT_FACTS_H

#include <stdint.h>

enum vendor { TIANYANCHA, QICHACHA, VENDORS };

/* Enterprises of the sample by founding year, and how many of them are in existence. The sums are
 * the published figures of 20 August 2024: 21,000 in existence, 4,715 new in 2024 and 5,821 in
 * 2023. An export of any size takes its proportions from here, counted back from its own year. */
struct cohort {
    uint32_t founded;
    uint32_t extant;
};

static const struct cohort COHORTS[] = {
    {4715, 4620}, {5821, 5420}, {5204, 4290}, {3960, 3010}, {2790, 1890}, /* 2024 to 2020 */
    {1420, 860},  {780, 430},   {430, 215},   {290, 125},   {180, 75},    /* 2019 to 2015 */
    {95, 38},     {45, 18},     {23, 9},                                  /* 2014 to 2012 */
};

enum { COHORT_COUNT = sizeof COHORTS / sizeof COHORTS[0] };

/* How busy the registry offices are, in percent of the busiest month: the spring festival falls
 * into February or late January, the autumn holidays into October. */
static const uint8_t MONTH_WEIGHT[12] = {78, 46, 100, 94, 84, 93, 95, 94, 98, 74, 92, 88};

struct province {
    const char *name[VENDORS]; /* one vendor writes the short name, the other the full one */
    unsigned weight;           /* in tenths of a percent, shared by the places of the province */
};

enum {
    GUANGDONG,
    ZHEJIANG,
    SHANDONG,
    FUJIAN,
    JIANGSU,
    HENAN,
    HAINAN,
    SHANGHAI,
    SICHUAN,
    HUBEI,
    HUNAN,
    HEBEI,
    ANHUI,
    JIANGXI,
    LIAONING,
    GUANGXI,
    BEIJING,
    SHAANXI,
    CHONGQING,
    TIANJIN,
    YUNNAN,
    HEILONGJIANG,
    XINJIANG,
    JILIN,
    SHANXI,
    GUIZHOU,
    NEIMENGGU,
    GANSU,
    NINGXIA,
    QINGHAI,
    XIZANG,
    PROVINCE_COUNT
};

static const struct province PROVINCES[PROVINCE_COUNT] = {
    [GUANGDONG] = {{"广东", "广东省"}, 235},
    [ZHEJIANG] = {{"浙江", "浙江省"}, 130},
    [SHANDONG] = {{"山东", "山东省"}, 108},
    [FUJIAN] = {{"福建", "福建省"}, 80},
    [JIANGSU] = {{"江苏", "江苏省"}, 72},
    [HENAN] = {{"河南", "河南省"}, 46},
    [HAINAN] = {{"海南", "海南省"}, 42},
    [SHANGHAI] = {{"上海", "上海市"}, 35},
    [SICHUAN] = {{"四川", "四川省"}, 32},
    [HUBEI] = {{"湖北", "湖北省"}, 30},
    [HUNAN] = {{"湖南", "湖南省"}, 29},
    [HEBEI] = {{"河北", "河北省"}, 25},
    [ANHUI] = {{"安徽", "安徽省"}, 23},
    [JIANGXI] = {{"江西", "江西省"}, 20},
    [LIAONING] = {{"辽宁", "辽宁省"}, 17},
    [GUANGXI] = {{"广西", "广西壮族自治区"}, 15},
    [BEIJING] = {{"北京", "北京市"}, 13},
    [SHAANXI] = {{"陕西", "陕西省"}, 13},
    [CHONGQING] = {{"重庆", "重庆市"}, 12},
    [TIANJIN] = {{"天津", "天津市"}, 10},
    [YUNNAN] = {{"云南", "云南省"}, 10},
    [HEILONGJIANG] = {{"黑龙江", "黑龙江省"}, 9},
    [XINJIANG] = {{"新疆", "新疆维吾尔自治区"}, 7},
    [JILIN] = {{"吉林", "吉林省"}, 6},
    [SHANXI] = {{"山西", "山西省"}, 6},
    [GUIZHOU] = {{"贵州", "贵州省"}, 5},
    [NEIMENGGU] = {{"内蒙古", "内蒙古自治区"}, 5},
    [GANSU] = {{"甘肃", "甘肃省"}, 4},
    [NINGXIA] = {{"宁夏", "宁夏回族自治区"}, 3},
    [QINGHAI] = {{"青海", "青海省"}, 2},
    [XIZANG] = {{"西藏", "西藏自治区"}, 2},
};

struct place {
    const char *region; /* GB/T 2260 */
    uint8_t province;
    const char *city;
    const char *district; /* "" where a city has none */
    const char *in_name;  /* how a company name begins */
};

/* No in_name may begin with another one: names are told apart by what follows it. */
static const struct place PLACES[] = {
    {"440106", GUANGDONG, "广州市", "天河区", "广州"},
    {"440111", GUANGDONG, "广州市", "白云区", "广州"},
    {"440113", GUANGDONG, "广州市", "番禺区", "广州"},
    {"440115", GUANGDONG, "广州市", "南沙区", "广州"},
    {"440303", GUANGDONG, "深圳市", "罗湖区", "深圳"},
    {"440304", GUANGDONG, "深圳市", "福田区", "深圳"},
    {"440305", GUANGDONG, "深圳市", "南山区", "深圳"},
    {"440306", GUANGDONG, "深圳市", "宝安区", "深圳"},
    {"440307", GUANGDONG, "深圳市", "龙岗区", "深圳"},
    {"440309", GUANGDONG, "深圳市", "龙华区", "深圳"},
    {"440402", GUANGDONG, "珠海市", "香洲区", "珠海"},
    {"440507", GUANGDONG, "汕头市", "龙湖区", "汕头"},
    {"440605", GUANGDONG, "佛山市", "南海区", "佛山"},
    {"440606", GUANGDONG, "佛山市", "顺德区", "佛山"},
    {"441302", GUANGDONG, "惠州市", "惠城区", "惠州"},
    {"441900", GUANGDONG, "东莞市", "", "东莞"},
    {"442000", GUANGDONG, "中山市", "", "中山"},
    {"330106", ZHEJIANG, "杭州市", "西湖区", "杭州"},
    {"330108", ZHEJIANG, "杭州市", "滨江区", "杭州"},
    {"330109", ZHEJIANG, "杭州市", "萧山区", "杭州"},
    {"330110", ZHEJIANG, "杭州市", "余杭区", "杭州"},
    {"330206", ZHEJIANG, "宁波市", "北仑区", "宁波"},
    {"330212", ZHEJIANG, "宁波市", "鄞州区", "宁波"},
    {"330302", ZHEJIANG, "温州市", "鹿城区", "温州"},
    {"330402", ZHEJIANG, "嘉兴市", "南湖区", "嘉兴"},
    {"330602", ZHEJIANG, "绍兴市", "越城区", "绍兴"},
    {"330702", ZHEJIANG, "金华市", "婺城区", "金华"},
    {"330782", ZHEJIANG, "金华市", "义乌市", "义乌"},
    {"331002", ZHEJIANG, "台州市", "椒江区", "台州"},
    {"370102", SHANDONG, "济南市", "历下区", "济南"},
    {"370112", SHANDONG, "济南市", "历城区", "济南"},
    {"370202", SHANDONG, "青岛市", "市南区", "青岛"},
    {"370211", SHANDONG, "青岛市", "黄岛区", "青岛"},
    {"370214", SHANDONG, "青岛市", "城阳区", "青岛"},
    {"370303", SHANDONG, "淄博市", "张店区", "淄博"},
    {"370602", SHANDONG, "烟台市", "芝罘区", "烟台"},
    {"370705", SHANDONG, "潍坊市", "奎文区", "潍坊"},
    {"371002", SHANDONG, "威海市", "环翠区", "威海"},
    {"371302", SHANDONG, "临沂市", "兰山区", "临沂"},
    {"350102", FUJIAN, "福州市", "鼓楼区", "福州"},
    {"350104", FUJIAN, "福州市", "仓山区", "福州"},
    {"350203", FUJIAN, "厦门市", "思明区", "厦门"},
    {"350206", FUJIAN, "厦门市", "湖里区", "厦门"},
    {"350302", FUJIAN, "莆田市", "城厢区", "莆田"},
    {"350503", FUJIAN, "泉州市", "丰泽区", "泉州"},
    {"350581", FUJIAN, "泉州市", "石狮市", "石狮"},
    {"350582", FUJIAN, "泉州市", "晋江市", "晋江"},
    {"350602", FUJIAN, "漳州市", "芗城区", "漳州"},
    {"320106", JIANGSU, "南京市", "鼓楼区", "南京"},
    {"320115", JIANGSU, "南京市", "江宁区", "南京"},
    {"320214", JIANGSU, "无锡市", "新吴区", "无锡"},
    {"320303", JIANGSU, "徐州市", "云龙区", "徐州"},
    {"320506", JIANGSU, "苏州市", "吴中区", "苏州"},
    {"320583", JIANGSU, "苏州市", "昆山市", "昆山"},
    {"320613", JIANGSU, "南通市", "崇川区", "南通"},
    {"320706", JIANGSU, "连云港市", "海州区", "连云港"},
    {"410104", HENAN, "郑州市", "管城回族区", "郑州"},
    {"410105", HENAN, "郑州市", "金水区", "郑州"},
    {"410311", HENAN, "洛阳市", "洛龙区", "洛阳"},
    {"411303", HENAN, "南阳市", "卧龙区", "南阳"},
    {"460105", HAINAN, "海口市", "秀英区", "海口"},
    {"460106", HAINAN, "海口市", "龙华区", "海口"},
    {"460204", HAINAN, "三亚市", "天涯区", "三亚"},
    {"310112", SHANGHAI, "上海市", "闵行区", "上海"},
    {"310115", SHANGHAI, "上海市", "浦东新区", "上海"},
    {"310120", SHANGHAI, "上海市", "奉贤区", "上海"},
    {"510104", SICHUAN, "成都市", "锦江区", "成都"},
    {"510107", SICHUAN, "成都市", "武侯区", "成都"},
    {"510703", SICHUAN, "绵阳市", "涪城区", "绵阳"},
    {"420106", HUBEI, "武汉市", "武昌区", "武汉"},
    {"420111", HUBEI, "武汉市", "洪山区", "武汉"},
    {"420503", HUBEI, "宜昌市", "伍家岗区", "宜昌"},
    {"430102", HUNAN, "长沙市", "芙蓉区", "长沙"},
    {"430111", HUNAN, "长沙市", "雨花区", "长沙"},
    {"430602", HUNAN, "岳阳市", "岳阳楼区", "岳阳"},
    {"130102", HEBEI, "石家庄市", "长安区", "石家庄"},
    {"130203", HEBEI, "唐山市", "路北区", "唐山"},
    {"131003", HEBEI, "廊坊市", "广阳区", "廊坊"},
    {"340104", ANHUI, "合肥市", "蜀山区", "合肥"},
    {"340111", ANHUI, "合肥市", "包河区", "合肥"},
    {"340202", ANHUI, "芜湖市", "镜湖区", "芜湖"},
    {"360111", JIANGXI, "南昌市", "青山湖区", "南昌"},
    {"360702", JIANGXI, "赣州市", "章贡区", "赣州"},
    {"210102", LIAONING, "沈阳市", "和平区", "沈阳"},
    {"210202", LIAONING, "大连市", "中山区", "大连"},
    {"210213", LIAONING, "大连市", "金州区", "大连"},
    {"450103", GUANGXI, "南宁市", "青秀区", "南宁"},
    {"451481", GUANGXI, "崇左市", "凭祥市", "凭祥"},
    {"110105", BEIJING, "北京市", "朝阳区", "北京"},
    {"110115", BEIJING, "北京市", "大兴区", "北京"},
    {"610113", SHAANXI, "西安市", "雁塔区", "西安"},
    {"610116", SHAANXI, "西安市", "长安区", "西安"},
    {"500103", CHONGQING, "重庆市", "渝中区", "重庆"},
    {"500112", CHONGQING, "重庆市", "渝北区", "重庆"},
    {"120116", TIANJIN, "天津市", "滨海新区", "天津"},
    {"530102", YUNNAN, "昆明市", "五华区", "昆明"},
    {"533102", YUNNAN, "德宏傣族景颇族自治州", "瑞丽市", "瑞丽"},
    {"230103", HEILONGJIANG, "哈尔滨市", "南岗区", "哈尔滨"},
    {"231081", HEILONGJIANG, "牡丹江市", "绥芬河市", "绥芬河"},
    {"650104", XINJIANG, "乌鲁木齐市", "新市区", "乌鲁木齐"},
    {"653101", XINJIANG, "喀什地区", "喀什市", "喀什"},
    {"220104", JILIN, "长春市", "朝阳区", "长春"},
    {"222404", JILIN, "延边朝鲜族自治州", "珲春市", "珲春"},
    {"140105", SHANXI, "太原市", "小店区", "太原"},
    {"520115", GUIZHOU, "贵阳市", "观山湖区", "贵阳"},
    {"150105", NEIMENGGU, "呼和浩特市", "赛罕区", "呼和浩特"},
    {"150781", NEIMENGGU, "呼伦贝尔市", "满洲里市", "满洲里"},
    {"620102", GANSU, "兰州市", "城关区", "兰州"},
    {"640106", NINGXIA, "银川市", "金凤区", "银川"},
    {"630104", QINGHAI, "西宁市", "城西区", "西宁"},
    {"540102", XIZANG, "拉萨市", "城关区", "拉萨"},
};

enum { PLACE_COUNT = sizeof PLACES / sizeof PLACES[0] };

static const char *const SYLLABLES[128] = {
    "岫", "霁", "筠", "珩", "屿", "芃", "昱", "澜", "栩", "翊", "沐", "砚", "桁", "谧", "晞", "珂",
    "槿", "樾", "淳", "祺", "湛", "韬", "缇", "珞", "黎", "棠", "阑", "邈", "荻", "渺", "璟", "聿",
    "蔚", "穆", "衍", "澈", "尧", "梓", "岚", "皓", "凇", "瑾", "璞", "弈", "溯", "笙", "翎", "舷",
    "驰", "帷", "缈", "蕴", "绮", "骁", "羽", "浔", "圻", "垚", "烁", "曜", "昀", "旻", "晟", "暄",
    "朔", "枢", "桦", "楠", "榕", "樟", "沅", "泓", "洵", "浦", "涵", "淼", "渊", "滢", "漪", "潞",
    "灏", "炜", "焱", "煜", "熠", "琅", "琛", "琨", "瑜", "璇", "瓴", "畅", "睿", "矽", "硕", "禹",
    "稷", "竺", "篁", "纬", "纶", "绎", "缙", "翰", "耘", "舜", "舟", "芮", "茂", "荃", "莘", "菡",
    "葳", "蓁", "蘅", "虔", "裕", "谦", "赫", "轩", "迦", "逸", "遥", "郅", "钧", "铄", "锴", "霖",
};

/* National industry classification: section, division, group and class. */
struct industry {
    const char *section, *division, *group, *class;
};

static const struct industry INDUSTRIES[] = {
    {"批发和零售业", "批发业", "贸易经纪与代理", "贸易代理"},
    {"批发和零售业", "零售业", "货摊、无店铺及其他零售业", "互联网零售"},
    {"批发和零售业", "批发业", "纺织、服装及家庭用品批发", "其他家庭用品批发"},
    {"信息传输、软件和信息技术服务业", "软件和信息技术服务业", "软件开发", "应用软件开发"},
    {"信息传输、软件和信息技术服务业", "互联网和相关服务", "互联网平台", "互联网生产服务平台"},
    {"租赁和商务服务业", "商务服务业", "综合管理服务", "供应链管理服务"},
    {"交通运输、仓储和邮政业", "多式联运和运输代理业", "运输代理业", "货物运输代理"},
    {"科学研究和技术服务业", "科技推广和应用服务业", "技术推广服务", "其他技术推广服务"},
};

struct trade {
    const char *name;
    uint8_t industry;
};

/* No trade may begin with a syllable or with another trade: it must be plain where the word ends.
 */
static const struct trade TRADES[32] = {
    {"电子商务", 1}, {"国际贸易", 0}, {"供应链管理", 5}, {"网络科技", 4},     {"进出口", 0},
    {"信息技术", 3}, {"智能科技", 7}, {"国际物流", 6},   {"跨境电子商务", 1}, {"商贸", 2},
    {"日用品", 2},   {"服饰", 2},     {"家居用品", 2},   {"数码科技", 3},     {"货运代理", 6},
    {"品牌管理", 5}, {"箱包", 2},     {"户外用品", 2},   {"母婴用品", 1},     {"照明电器", 2},
    {"汽车用品", 2}, {"美妆", 1},     {"宠物用品", 1},   {"五金制品", 2},     {"食品贸易", 0},
    {"跨境电商", 1}, {"工艺品", 2},   {"玩具", 2},       {"云仓储", 6},       {"文化传媒", 5},
    {"数字营销", 4}, {"鞋业", 2},
};

/* Between trade and legal form; tells the names apart beyond each 2^26 rows. */
static const char *const BRANCHES[16] = {"",     "集团", "控股", "发展", "实业", "产业",
                                         "投资", "运营", "创新", "联合", "合作", "开发",
                                         "服务", "企划", "工贸", "外贸"};

struct form {
    const char *suffix;
    const char *type[VENDORS];
    char kind; /* second character of the credit code: 1 enterprise, 2 individual business */
};

/* Taken with equal chance, so common forms stand here several times. */
#define SOLE                                                                                       \
    {                                                                                              \
        "有限公司", {"有限责任公司(自然人独资)", "有限责任公司（自然人独资）"}, '1'                \
    }
#define SHARED                                                                                     \
    {                                                                                              \
        "有限公司", {"有限责任公司(自然人投资或控股)", "有限责任公司（自然人投资或控股）"}, '1'    \
    }
#define OWNED                                                                                      \
    {                                                                                              \
        "有限公司", {"有限责任公司(法人独资)", "有限责任公司（法人独资）"}, '1'                    \
    }
#define TRADER                                                                                     \
    {                                                                                              \
        "商行", {"个体工商户", "个体工商户"}, '2'                                                  \
    }

static const struct form FORMS[32] = {
    SOLE,
    SOLE,
    SOLE,
    SOLE,
    SOLE,
    SOLE,
    SOLE,
    SOLE,
    SOLE,
    SOLE,
    SOLE,
    SHARED,
    SHARED,
    SHARED,
    SHARED,
    SHARED,
    SHARED,
    SHARED,
    SHARED,
    SHARED,
    OWNED,
    OWNED,
    OWNED,
    {"有限责任公司", {"其他有限责任公司", "其他有限责任公司"}, '1'},
    {"有限责任公司", {"其他有限责任公司", "其他有限责任公司"}, '1'},
    {"有限公司", {"有限责任公司(港澳台法人独资)", "有限责任公司（港澳台法人独资）"}, '1'},
    {"股份有限公司", {"股份有限公司(非上市)", "股份有限公司（非上市、自然人投资或控股）"}, '1'},
    {"合伙企业（有限合伙）", {"有限合伙企业", "有限合伙企业"}, '1'},
    {"工作室", {"个人独资企业", "个人独资企业"}, '1'},
    TRADER,
    TRADER,
    TRADER,
};

enum exit_kind { STAYS, DEREGISTERED, REVOKED, DORMANT };

/* Words of one line belong to the same status group; within a line a vendor's are taken alike. */
struct status {
    const char *word[VENDORS][4];
    enum exit_kind exit;
};

enum { ST_ACTIVE, ST_MOVED, ST_DEREGISTERED, ST_REVOKED, ST_WINDING_UP, ST_DORMANT };

static const struct status STATUSES[] = {
    [ST_ACTIVE] = {{{"存续", "存续", "在业", "开业"},
                    {"存续（在营、开业、在册）", "存续（在营、开业、在册）", "在业", "存续"}},
                   STAYS},
    [ST_MOVED] = {{{"迁出", "迁出", "迁出", "已迁出"}, {"迁出", "迁出", "已迁出企业", "迁出"}},
                  STAYS},
    [ST_DEREGISTERED] = {{{"注销", "注销", "注销", "吊销，已注销"},
                          {"注销", "注销", "已注销", "吊销，已注销"}},
                         DEREGISTERED},
    [ST_REVOKED] = {{{"吊销", "吊销", "吊销，未注销", "吊销"},
                     {"吊销，未注销", "吊销，未注销", "吊销", "已吊销"}},
                    REVOKED},
    [ST_WINDING_UP] = {{{"清算", "清算中", "清算", "清算"}, {"清算", "清算", "正在注销", "清算"}},
                       DORMANT},
    [ST_DORMANT] = {{{"停业", "歇业", "停业", "歇业"}, {"歇业", "停业", "歇业", "歇业"}}, DORMANT},
};

/* Status of a row by whether it is extant; taken with equal chance. */
static const uint8_t EXTANT_STATUS[64] = {[63] = ST_MOVED};
static const uint8_t GONE_STATUS[16] = {
    ST_DEREGISTERED, ST_DEREGISTERED, ST_DEREGISTERED, ST_DEREGISTERED,
    ST_DEREGISTERED, ST_DEREGISTERED, ST_DEREGISTERED, ST_DEREGISTERED,
    ST_DEREGISTERED, ST_DEREGISTERED, ST_DEREGISTERED, ST_REVOKED,
    ST_REVOKED,      ST_REVOKED,      ST_WINDING_UP,   ST_DORMANT,
};

/* Registered capital in units of ten thousand; taken with equal chance. */
static const uint16_t CAPITALS[32] = {1,   3,   5,   10,  10,  10,  20,  30,   50,   50,  50,
                                      50,  100, 100, 100, 100, 100, 100, 100,  100,  200, 200,
                                      200, 300, 300, 500, 500, 500, 800, 1000, 1000, 5000};

struct currency {
    const char *unit[VENDORS];
};

static const struct currency CURRENCIES[] = {
    {{"万人民币", "万元人民币"}},
    {{"万美元", "万美元"}},
    {{"万港元", "万元港币"}},
};

static const char *const ROADS[32] = {
    "人民路",   "解放路", "中山路",   "建设大道", "创业路", "科技路",   "商贸大道", "港口路",
    "保税一路", "滨海路", "新华街",   "和平路",   "工业路", "兴业街",   "迎宾大道", "学府路",
    "文化路",   "胜利街", "物流大道", "临港路",   "沿江路", "环城东路", "环城西路", "振兴路",
    "友谊街",   "开发路", "长江路",   "黄河路",   "珠江路", "泰山路",   "青年路",   "光明街",
};

static const char *const BUILDINGS[16] = {
    "创新大厦", "国际商务中心", "跨境电商产业园", "电子商务产业园", "科技孵化园", "物流园区",
    "商贸城",   "众创空间",     "保税物流中心",   "数字经济大厦",   "时代广场",   "工业园",
    "金融中心", "软件园",       "自贸大厦",       "联合商务楼",
};

/* Scopes. Only NARROW_PHRASES and WIDE_PHRASES may hold a word of the definitions `narrow` and
 * `wide` outside negating brackets, and WIDE_PHRASES none of `narrow`. */
static const char *const NARROW_PHRASES[8] = {
    "跨境电商",         "跨境电子商务",         "跨境贸易电子商务", "跨境电商服务",
    "跨境电子商务零售", "跨境电商平台技术服务", "跨境电子商务代理", "跨境电商进出口业务",
};

static const char *const WIDE_PHRASES[16] = {
    "海外仓服务",       "海外仓建设与运营", "出口电商服务",   "出口电商代运营",
    "外贸电商运营",     "外贸电商咨询",     "跨境供应链服务", "跨境供应链管理",
    "跨境进口商品零售", "跨境出口商品批发", "保税电商业务",   "保税电商仓配服务",
    "海淘商品咨询服务", "跨境网购服务",     "跨境贸易代理",   "跨境零售",
};

static const char *const NEGATED_PHRASES[4] = {
    "商品零售（不含跨境电商）",
    "仓储服务（不包括海外仓）",
    "网上商品零售（跨境电子商务除外）",
    "贸易代理（除跨境贸易外）",
};

static const char *const GENERAL_PHRASES[64] = {
    "互联网销售（除销售需要许可的商品）",
    "货物进出口",
    "技术进出口",
    "进出口代理",
    "国内贸易代理",
    "贸易经纪",
    "销售代理",
    "日用百货销售",
    "服装服饰批发",
    "服装服饰零售",
    "鞋帽批发",
    "箱包销售",
    "家居用品销售",
    "家用电器销售",
    "电子产品销售",
    "五金产品批发",
    "五金产品零售",
    "玩具、动漫及游艺用品销售",
    "母婴用品销售",
    "化妆品批发",
    "化妆品零售",
    "个人卫生用品销售",
    "工艺美术品及礼仪用品销售（象牙及其制品除外）",
    "珠宝首饰零售",
    "钟表销售",
    "眼镜销售（不含隐形眼镜）",
    "体育用品及器材批发",
    "户外用品销售",
    "宠物食品及用品批发",
    "汽车零配件零售",
    "摩托车及零配件批发",
    "自行车及零配件零售",
    "计算机软硬件及辅助设备批发",
    "通讯设备销售",
    "照明器具销售",
    "家具销售",
    "厨具卫具及日用杂品批发",
    "针纺织品销售",
    "塑料制品销售",
    "橡胶制品销售",
    "纸制品销售",
    "包装材料及制品销售",
    "办公用品销售",
    "机械设备销售",
    "仪器仪表销售",
    "食品销售（仅销售预包装食品）",
    "食用农产品批发",
    "技术服务、技术开发、技术咨询、技术交流、技术转让、技术推广",
    "软件开发",
    "信息系统集成服务",
    "信息咨询服务（不含许可类信息咨询服务）",
    "企业管理咨询",
    "市场营销策划",
    "广告设计、代理",
    "会议及展览服务",
    "供应链管理服务",
    "国内货物运输代理",
    "国际货物运输代理",
    "普通货物仓储服务（不含危险化学品等需许可审批的项目）",
    "装卸搬运",
    "包装服务",
    "报关业务",
    "翻译服务",
    "互联网数据服务",
};

static const char *const LICENSED_PHRASES[8] = {
    "食品销售", "出版物零售",       "第二类增值电信业务", "道路货物运输（不含危险货物）",
    "酒类经营", "城市配送运输服务", "药品互联网信息服务", "保税仓库经营",
};

#endif
