/* The exports, in the order of their import: which vendor writes which columns into which
 * container. */
#include "fixtures.h"

#define ROWS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define COLUMNS(...) ((const struct column[]){__VA_ARGS__, {NAME, NULL}})

/* ---- Containers ---- */

static void write_semicolons(const struct fixture *fixture, struct table *table, struct buffer *out)
{
    (void)fixture;
    write_text(&(struct text_style){.delimiter = ';', .newline = "\r\n"}, table, out);
}

static void write_plain(const struct fixture *fixture, struct table *table, struct buffer *out)
{
    (void)fixture;
    write_text(&(struct text_style){.delimiter = ',', .newline = "\n"}, table, out);
}

static void write_tabs(const struct fixture *fixture, struct table *table, struct buffer *out)
{
    (void)fixture;
    write_text(&(struct text_style){.delimiter = '\t', .newline = "\r\n"}, table, out);
}

static void write_wrapped_gb18030(const struct fixture *fixture, struct table *table,
                                  struct buffer *out)
{
    (void)fixture;
    write_text(&(struct text_style){.delimiter = ',', .wrap = true, .newline = "\r\n"}, table, out);
    recode(out, "GB18030");
}

static void write_wrapped_with_mark(const struct fixture *fixture, struct table *table,
                                    struct buffer *out)
{
    (void)fixture;
    write_text(
        &(struct text_style){
            .delimiter = ',', .wrap = true, .newline = "\n", .mark = "\xef\xbb\xbf"},
        table, out);
}

static void write_quoted_zip(const struct fixture *fixture, struct table *table, struct buffer *out)
{
    write_text(&(struct text_style){.delimiter = ',', .quote_all = true, .newline = "\r\n"}, table,
               out);
    zip_up(fixture->member, out);
}

static void write_book_zip(const struct fixture *fixture, struct table *table, struct buffer *out)
{
    write_xlsx(&(struct book_style){.y1904 = fixture->y1904, .sheet = "批量查询-基础信息"}, table,
               out);
    zip_up(fixture->member, out);
}

static void write_book(const struct fixture *fixture, struct table *table, struct buffer *out)
{
    write_xlsx(&(struct book_style){.y1904 = fixture->y1904, .sheet = "高级搜索"}, table, out);
}

static void write_book_with_logo(const struct fixture *fixture, struct table *table,
                                 struct buffer *out)
{
    write_xlsx(&(struct book_style){.y1904 = fixture->y1904, .merged_rows = 2}, table, out);
}

static void write_book_inline(const struct fixture *fixture, struct table *table,
                              struct buffer *out)
{
    write_xlsx(
        &(struct book_style){.y1904 = fixture->y1904, .inline_text = true, .empty_second = true},
        table, out);
}

static void write_book_rich(const struct fixture *fixture, struct table *table, struct buffer *out)
{
    write_xlsx(&(struct book_style){.y1904 = fixture->y1904,
                                    .rich = true,
                                    .date_format = "yyyy\"年\"m\"月\"d\"日\""},
               table, out);
}

static void write_biff(const struct fixture *fixture, struct table *table, struct buffer *out)
{
    write_xls(fixture->y1904, false, table, out);
}

static void write_biff_with_links(const struct fixture *fixture, struct table *table,
                                  struct buffer *out)
{
    write_xls(fixture->y1904, true, table, out);
}

/* ---- Columns that several of them have ---- */

#define TIANYANCHA_SEARCH                                                                          \
    COLUMNS({NAME, "公司名称"}, {STATUS, "经营状态"}, {PRIVATE, "法定代表人"},                     \
            {CAPITAL, "注册资本"}, {FOUNDED, "成立日期"}, {APPROVED, "核准日期"},                  \
            {PROVINCE, "所属省份"}, {CITY, "所属城市"}, {PRIVATE, "电话"},                         \
            {CODE, "统一社会信用代码"}, {NUMBER, "工商注册号"}, {TYPE, "公司类型"},                \
            {FORMER, "曾用名"}, {ADDRESS, "注册地址"}, {SCOPE, "经营范围"}, {PRIVATE, "网址"})

#define QICHACHA_SEARCH                                                                            \
    COLUMNS({NAME, "企业名称"}, {STATUS, "登记状态"}, {PRIVATE, "法定代表人"},                     \
            {CAPITAL, "注册资本"}, {FOUNDED, "成立日期"}, {APPROVED, "核准日期"},                  \
            {CODE, "统一社会信用代码"}, {PROVINCE, "所属省份"}, {TYPE, "企业类型"},                \
            {NUMBER, "注册号"}, {FORMER, "曾用名"}, {ADDRESS, "企业地址"},                         \
            {PRIVATE, "有效手机号"}, {SCOPE, "经营范围"})

const struct fixture fixtures[] = {
    {.path = "客户清单.csv",
     .arguments = "--map founded_on=开档日 --data-date 2023-08-01",
     .source = "other",
     .data_date = "2023-08-01",
     .format = "csv",
     .encoding = "UTF-8",
     .columns = COLUMNS({NAME, " 单位 名称 ："}, {PRIVATE, "联系人"}, {STATUS, "经营状况:"},
                        {FOUNDED, "开 档 日"}, {PROVINCE, "所在省份"}, {SCOPE, "业务范围"}),
     .first = 0,
     .plan = ".n..e.d.Sb.H.f.U.w-sx.m.=..x",
     .missing = "暂无",
     .write = write_semicolons},

    {.path = "【天眼查】批量查询导出数据20230714(W100200300).zip",
     .member = "【天眼查】批量查询导出数据20230714(W100200300).xlsx",
     .source = "tianyancha",
     .data_date = "2023-07-14",
     .format = "zip+xlsx",
     .above = ROWS("声明：以下内容由程序自动生成，仅供参考。"),
     .columns = TIANYANCHA_SEARCH,
     .first = 10,
     .plan = ".L..J.nd.U..f.=e.w.F.mb.D.ox",
     .missing = "-",
     .dates = DATES_CELLS,
     .y1904 = true,
     .write = write_book_zip},

    {.path = "【天眼查】企业搜索“跨境”20230903(W998877).csv",
     .source = "tianyancha",
     .data_date = "2023-09-03",
     .format = "csv",
     .encoding = "GB18030",
     .above = ROWS("声明：本数据来自公开渠道", ""),
     .columns = COLUMNS({NAME, "公司名称"}, {STATUS, "登记状态"}, {CAPITAL, "注册资本"},
                        {FOUNDED, "成立日期"}, {PROVINCE, "所属省份"}, {CITY, "所属城市"},
                        {CODE, "统一社会信用代码"}, {NUMBER, "注册号"}, {PRIVATE, "邮箱"},
                        {ADDRESS, "企业地址"}, {SCOPE, "经营范围"}),
     .first = 18,
     .plan = ".I..n.w.F..od.s.-..b.e..f.m.o.o.J.r.x",
     .missing = "-",
     .write = write_wrapped_gb18030},

    {.path = "名单 2023-07-02.txt",
     .source = "other",
     .data_date = "2023-07-02",
     .format = "csv",
     .encoding = "UTF-8",
     .columns = COLUMNS({NAME, "企业名称"}, {PROVINCE, "省份"}, {CODE, "社会信用代码"},
                        {FOUNDED, "注册时间"}, {ADDRESS, "住所"}),
     .first = 26,
     .plan = "L.nL.L.wM.LYd.LMbM.MsL.f..eL.L.Wm.Lx",
     .missing = "/",
     .dates = DATES_MIXED,
     .write = write_tabs},

    /* Number 38 has been here twice, once without a code and once without a day; M+ makes it one.
     */
    {.path = "【企查查】批量查询-企业基础工商信息(20231012_55001122).xlsx",
     .source = "qichacha",
     .data_date = "2023-10-12",
     .format = "xlsx",
     .above = ROWS("声明：查询结果由用户上传的名单匹配而得"),
     .columns = COLUMNS({TYPED, "原文件导入名称"}, {NAME, "系统匹配企业名称"},
                        {CODE, "统一社会信用代码"}, {CITY, "所属城市"}, {STATUS, "登记状态"},
                        {PRIVATE, "电话"}, {APPROVED, "核准日期"}, {FOUNDED, "成立日期"},
                        {NUMBER, "工商注册号"}, {PROVINCE, "所属省份"}, {CAPITAL, "注册资本"},
                        {SCOPE, "经营范围"}, {ADDRESS, "注册地址"}, {TYPE, "企业(机构)类型"}),
     .first = 28,
     .plan = ".u..F.n.K.-.M+d.r.bU.f..e.H..S.m..w..x",
     .missing = "-",
     .write = write_book},

    {.path = "查询结果3377.csv",
     .source = "qichacha",
     .format = "csv",
     .encoding = "UTF-8",
     .above = ROWS("企查查数据导出|仅供参考|第1页", "", "企业列表"),
     .columns = QICHACHA_SEARCH,
     .first = 44,
     .plan = ".J.n.w..J.d..-.b.s.o.e.JU.m..=xJ",
     .missing = "-",
     .write = write_wrapped_with_mark},

    /* In .xls a row without a cell cannot be told from one that is not there: there is none here.
     */
    {.path = "【企查查】查企业-高级搜索“海淘”(1116_33445566).xls",
     .source = "qichacha",
     .format = "xls",
     .above = ROWS("声明：数据来自公开渠道，若有出入以登记机关为准"),
     .columns = QICHACHA_SEARCH,
     .first = 58,
     .plan = "..n..M.d.U.b..Y..m.w.-..m...F.x",
     .missing = "-",
     .dates = DATES_CELLS,
     .write = write_biff_with_links},

    {.path = "导出5.xlsx",
     .source = "tianyancha",
     .format = "xlsx",
     .above = ROWS("声明：本文件由天眼查依公开数据编制"),
     .columns = TIANYANCHA_SEARCH,
     .first = 60,
     .plan = ".....n..U.....d......e.....b....L..x",
     .missing = "-",
     .dates = DATES_CELLS,
     .write = write_book},

    {.path = "【天眼查】高级搜索20231101(W5500).xlsx",
     .source = "tianyancha",
     .data_date = "2023-11-01",
     .format = "xlsx",
     .above = ROWS("", ""),
     .columns = TIANYANCHA_SEARCH,
     .first = 60,
     .plan = "K...n.X..-.K..d...f.YW.e..FK...b.w.......x",
     .missing = "-",
     .dates = DATES_CELLS,
     .write = write_book_with_logo},

    {.path = "清洗后_20230605.csv",
     .source = "other",
     .data_date = "2023-06-05",
     .format = "csv",
     .encoding = "UTF-8",
     .columns = COLUMNS({FOUNDED_ALSO, "注册日期"}, {NAME, "名称"}, {CODE, "信用代码"},
                        {FOUNDED, "成立日期"}, {STATUS, "企业状态"}, {ADDRESS, "公司地址"},
                        {PRIVATE, "备注"}),
     .first = 84,
     .plan = "A.n.Q.A.0.d..Q.b..AQ.fD.w.e.m.-qA.x",
     .missing = "",
     .write = write_plain},

    {.path = "2023-04-18导出名录.xlsx",
     .source = "other",
     .data_date = "2023-04-18",
     .format = "xlsx",
     .columns =
         COLUMNS({CODE_OR_NUMBER, "统一社会信用代码/注册号"}, {NAME, "机构名称"}, {CITY, "地区"},
                 {FOUNDED, "开业日期"}, {STATUS, "存续状态"}, {SCOPE, "经营范围"}),
     .first = 94,
     .plan = ".r.n..e.r.d.b.f.g-.o.w.r.gmr.x",
     .missing = "无",
     .dates = DATES_CELLS,
     .write = write_book_inline},

    {.path = "【企查查】查企业-高级搜索2023-10-09(77665544).xls",
     .source = "qichacha",
     .data_date = "2023-10-09",
     .format = "xlsx",
     .above = ROWS("声明：数据来自公开渠道"),
     .columns = QICHACHA_SEARCH,
     .first = 100,
     .plan = "..n.J.U.d...b.f.-.e.=..w.mS.x",
     .missing = "-",
     .dates = DATES_CELLS,
     .write = write_book_rich},

    {.path = "批量查询数据导出（企业信息）-【爱企查】-D1122334455667788.xls",
     .arguments = "--data-date 2023-07-20",
     .source = "aiqicha",
     .data_date = "2023-07-20",
     .format = "xls",
     .above = ROWS("导出说明", "批量查询数据导出"),
     .columns = COLUMNS({NAME, "企业名称"}, {STATUS, "经营状态"}, {PRIVATE, "负责人"},
                        {CAPITAL, "注册资金"}, {FOUNDED, "成立时间"}, {APPROVED, "核准时间"},
                        {PROVINCE, "省份"}, {CITY, "城市"}, {CODE, "社会信用代码"},
                        {NUMBER, "注册号"}, {ADDRESS, "地址"}, {SCOPE, "经营范围"}),
     .first = 104,
     .plan = "..n..F.K.d..-.b.f..I.m..w.mW..x",
     .missing = "-",
     .dates = DATES_CELLS,
     .y1904 = true,
     .write = write_biff},

    {.path = "BasicCompanyData-2023-09-01.zip",
     .member = "BasicCompanyData-2023-09-01.csv",
     .source = "other",
     .data_date = "2023-09-01",
     .format = "zip+csv",
     .encoding = "UTF-8",
     .columns =
         COLUMNS({NAME, "CompanyName"}, {PRIVATE, " RegAddress.PostCode"},
                 {NUMBER, " CompanyNumber"}, {TYPE, "CompanyCategory"}, {STATUS, "CompanyStatus"},
                 {FOUNDED, "IncorporationDate"}, {PRIVATE, "CountryOfOrigin"}),
     .first = CHINESE_ENTERPRISES,
     .plan = ".n.d.wb.sf..e.=.x",
     .missing = "",
     .dates = DATES_BRITISH,
     .write = write_quoted_zip},
};

const size_t fixture_count = sizeof fixtures / sizeof *fixtures;
