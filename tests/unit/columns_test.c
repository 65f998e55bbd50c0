#include "record/columns.h"

#include <stdint.h>

#include "suite.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define MOST_CELLS 100

/* The names of each field, the one to be preferred first. */
static const struct {
    enum field field;
    const char *names[13];
} NAMES[] = {
    {FIELD_NAME,
     {"公司名称", "企业名称", "系统匹配企业名称", "名称", "企业全称", "单位名称", "机构名称",
      "主体名称", "公司", "企业", "CompanyName", "company_name"}},
    {FIELD_CREDIT_CODE,
     {"统一社会信用代码", "统一信用代码", "社会信用代码", "信用代码", "统一社会信用代码/注册号"}},
    {FIELD_REGISTRATION_NO,
     {"注册号", "工商注册号", "营业执照号", "CompanyNumber", "company_number"}},
    {FIELD_ORGANISATION_CODE, {"组织机构代码", "组织机构码"}},
    {FIELD_FOUNDED_ON,
     {"成立日期", "成立时间", "注册日期", "注册时间", "登记日期", "开业日期", "成立年份",
      "IncorporationDate", "date_of_creation"}},
    {FIELD_STATUS,
     {"经营状态", "登记状态", "企业状态", "存续状态", "状态", "经营状况", "CompanyStatus",
      "company_status"}},
    {FIELD_CEASED_ON,
     {"注销日期", "吊销日期", "注吊销日期", "DissolutionDate", "date_of_cessation"}},
    {FIELD_CAPITAL, {"注册资本", "注册资金", "注册金额"}},
    {FIELD_TYPE, {"公司类型", "企业类型", "企业(机构)类型", "机构类型", "类型", "CompanyCategory"}},
    {FIELD_INDUSTRY,
     {"所属行业", "行业", "国标行业小类", "国标行业中类", "国标行业大类", "国标行业门类",
      "SICCode.SicText_1"}},
    {FIELD_PROVINCE, {"所属省份", "所在省份", "省份", "省"}},
    {FIELD_CITY, {"所属城市", "所在城市", "城市", "地区", "市"}},
    {FIELD_DISTRICT, {"所属区县", "所在区县", "区县", "区"}},
    {FIELD_ADDRESS, {"注册地址", "企业地址", "公司地址", "单位地址", "地址", "住所"}},
    {FIELD_SCOPE, {"经营范围", "业务范围"}},
    {FIELD_FORMER_NAMES, {"曾用名"}},
};

/* ---- Headers -----------------------------------------------------------------------------------
 */

/* Reads cells, ended by NULL, as a header. */
static bool read_cells(struct columns *columns, const char *const *cells,
                       struct header_score *score)
{
    struct cell row_cells[MOST_CELLS] = {0};
    struct row row = {.ordinal = 1, .line = 1, .cells = row_cells, .from_text = true};
    for (; cells[row.count]; row.count++) {
        ck_assert_uint_lt(row.count, MOST_CELLS);
        row_cells[row.count].text = slice_of(cells[row.count]);
    }
    return columns_read_header(columns, &row, score);
}

#define HEADER(...) ((const char *const[]){__VA_ARGS__, NULL})

static void check_header(const char *const *cells, bool expected)
{
    struct columns columns = {0};
    struct header_score score;
    ck_assert_msg(read_cells(&columns, cells, &score) == expected, "%s, …: is %sa header", cells[0],
                  expected ? "not " : "");
    columns_free(&columns);
}

/* What one cell is taken for, beside a name and a date. */
static enum field field_of(const char *cell)
{
    struct columns columns = {0};
    struct header_score score;
    enum field found = FIELD_NONE;
    read_cells(&columns, HEADER("公司", "date_of_creation", cell), &score);
    for (int field = 0; field < FIELD_READ_COUNT; field++)
        for (size_t i = 0; i < columns.count[field]; i++)
            if (columns.at[field][i] == 2) {
                ck_assert_int_eq(found, FIELD_NONE);
                found = (enum field)field;
            }
    ck_assert_uint_eq(columns.unknown_count, found == FIELD_NONE ? 1 : 0);
    columns_free(&columns);
    return found;
}

static void check_field(const char *cell, enum field expected)
{
    enum field field = field_of(cell);
    ck_assert_msg(field == expected, "%s is taken for %s, expected %s", cell,
                  field == FIELD_NONE ? "nothing" : field_name(field),
                  expected == FIELD_NONE ? "nothing" : field_name(expected));
}

START_TEST(every_name_is_known)
{
    for (size_t i = 0; i < COUNT(NAMES); i++)
        for (size_t j = 0; NAMES[i].names[j]; j++)
            check_field(NAMES[i].names[j], NAMES[i].field);
}
END_TEST

START_TEST(what_is_kept_for_no_field)
{
    static const char *const others[] = {"法定代表人", "电话",     "邮箱",     "原文件导入名称",
                                         "发照日期",   "参保人数", "网址",     "公司名",
                                         "成立",       "name",     "实缴资本", "公司名称1"};
    for (size_t i = 0; i < COUNT(others); i++)
        check_field(others[i], FIELD_NONE);
}
END_TEST

/* The day of approval tells the data date, and never when an enterprise was founded. */
START_TEST(approval_is_no_founding)
{
    check_field("核准日期", FIELD_APPROVED_ON);
    check_field("核准时间", FIELD_APPROVED_ON);
    check_header(HEADER("公司名称", "核准日期"), false);
    check_header(HEADER("公司名称", "核准时间", "注册资本"), false);
    check_header(HEADER("公司名称", "发照日期", "注册资本"), false);
    struct columns columns = {0};
    struct header_score score;
    ck_assert(read_cells(&columns, HEADER("核准日期", "公司名称", "成立日期"), &score));
    ck_assert_uint_eq(columns.count[FIELD_FOUNDED_ON], 1);
    ck_assert_uint_eq(columns.at[FIELD_FOUNDED_ON][0], 2);
    columns_free(&columns);
}
END_TEST

/* ---- Folding -----------------------------------------------------------------------------------
 */

/* ASCII letters, signs and digits in full width. */
static void widen(const char *text, char *wide)
{
    for (; *text; text++) {
        if ((unsigned char)*text < 0x80) {
            unsigned point = 0xff01u + (unsigned)(*text - '!');
            *wide++ = (char)0xef;
            *wide++ = (char)(0x80 | (point >> 6 & 0x3f));
            *wide++ = (char)(0x80 | (point & 0x3f));
        } else {
            *wide++ = *text;
        }
    }
    *wide = '\0';
}

/* Puts blanks of several kinds and colons behind each character. */
static void space_out(const char *text, char *spaced)
{
    static const char *const blanks[] = {" ", "\xe3\x80\x80", "\n", "\t", "\xc2\xa0", ":", "："};
    size_t next = 0;
    *spaced = '\0';
    for (; *text; text++) {
        strncat(spaced, text, 1);
        if (((unsigned char)text[1] & 0xc0) != 0x80)
            strcat(spaced, blanks[next++ % COUNT(blanks)]);
    }
}

static void change_case(const char *text, char *changed)
{
    for (; *text; text++) {
        char byte = *text;
        if (byte >= 'a' && byte <= 'z')
            byte = (char)(byte - 'a' + 'A');
        else if (byte >= 'A' && byte <= 'Z')
            byte = (char)(byte - 'A' + 'a');
        *changed++ = byte;
    }
    *changed = '\0';
}

START_TEST(every_name_in_every_form)
{
    static const char *const forms[] = {"=\"%s\"",
                                        "\xef\xbb\xbf%s",
                                        "\xef\xbb\xbf=\"%s\"",
                                        "=\" %s：\"",
                                        "%s:",
                                        "%s：",
                                        "　%s　",
                                        "\n%s\r\n",
                                        " %s",
                                        "'%s",
                                        "=\"\xef\xbb\xbf%s\""};
    for (size_t i = 0; i < COUNT(NAMES); i++)
        for (size_t j = 0; NAMES[i].names[j]; j++) {
            char text[400];
            for (size_t form = 0; form < COUNT(forms); form++) {
                const char *name = strstr(forms[form], "%s");
                snprintf(text, sizeof text, "%.*s%s%s", (int)(name - forms[form]), forms[form],
                         NAMES[i].names[j], name + 2);
                check_field(text, NAMES[i].field);
            }
            widen(NAMES[i].names[j], text);
            check_field(text, NAMES[i].field);
            space_out(NAMES[i].names[j], text);
            check_field(text, NAMES[i].field);
            change_case(NAMES[i].names[j], text);
            check_field(text, NAMES[i].field);
        }
}
END_TEST

static void check_fold(const char *cell, const char *expected)
{
    struct buffer folded = {0};
    column_fold(slice_of(cell), &folded);
    assert_slice(buffer_slice(&folded), expected);
    buffer_free(&folded);
}

START_TEST(folding)
{
    check_fold("公司名称", "公司名称");
    check_fold("Ｃｏｍｐａｎｙ Name：", "companyname");
    check_fold("=\"企业（机构）类型\"", "企业(机构)类型");
    check_fold("\xef\xbb\xbf 成 立\t日 期 :", "成立日期");
    check_fold("", "");
    check_fold("  ", "");
    check_fold("：", "");
    check_fold("=\"\"", "");
    check_fold("国标行业门类", "国标行业门类");
}
END_TEST

/* A folded name is the name itself: else it could never be found. */
START_TEST(names_are_folded)
{
    for (size_t i = 0; i < COUNT(NAMES); i++)
        for (size_t j = 0; NAMES[i].names[j]; j++) {
            struct buffer once = {0}, twice = {0};
            column_fold(slice_of(NAMES[i].names[j]), &once);
            column_fold(buffer_slice(&once), &twice);
            ck_assert(slice_equal(buffer_slice(&once), buffer_slice(&twice)));
            ck_assert_uint_eq(once.length, strlen(NAMES[i].names[j]));
            buffer_free(&once);
            buffer_free(&twice);
        }
}
END_TEST

/* Folding appends: what stands in the buffer before is not touched, colons included. */
START_TEST(folding_appends)
{
    struct buffer folded = {0};
    buffer_append(&folded, SLICE("A: "));
    column_fold(SLICE("B: C"), &folded);
    assert_slice(buffer_slice(&folded), "A: bc");
    buffer_free(&folded);
}
END_TEST

/* ---- Which row is the header -------------------------------------------------------------------
 */

START_TEST(headers)
{
    check_header(HEADER("公司名称", "成立日期"), true);
    check_header(HEADER("成立日期", "公司名称"), true);
    check_header(HEADER("", "电话", "公司名称", "", "成立日期", "邮箱"), true);
    check_header(HEADER("公司名称", "经营状态", "注册资本"), false);
    check_header(HEADER("成立日期", "经营状态", "注册资本"), false);
    check_header(HEADER("公司名称"), false);
    check_header(HEADER("公司名称", "公司名称"), false);
    check_header(HEADER("公司名称成立日期"), false);
    check_header(HEADER("电话", "邮箱"), false);
    check_header(HEADER("", ""), false);
    check_header(HEADER("CompanyName", " CompanyNumber", "IncorporationDate"), true);
}
END_TEST

START_TEST(scores)
{
    struct columns columns = {0};
    struct header_score score;
    ck_assert(!read_cells(&columns, HEADER("公司名称", "电话", "经营状态"), &score));
    ck_assert_uint_eq(score.known, 2);
    ck_assert(score.name && !score.founded_on);
    ck_assert(!read_cells(&columns, HEADER("成立日期", "电话"), &score));
    ck_assert_uint_eq(score.known, 1);
    ck_assert(!score.name && score.founded_on);
    ck_assert(!read_cells(&columns, HEADER("声明", ""), &score));
    ck_assert_uint_eq(score.known, 0);
    ck_assert(read_cells(&columns, HEADER("成立日期", "电话", "名称", "地址"), &score));
    ck_assert_uint_eq(score.known, 3);
    columns_free(&columns);
}
END_TEST

START_TEST(damaged_rows_are_no_headers)
{
    struct cell cells[] = {{.text = SLICE("公司名称")}, {.text = SLICE("成立日期")}};
    struct row row = {.cells = cells, .count = 2, .damage = CBEC_REFUSED_NUL_BYTE};
    struct columns columns = {0};
    struct header_score score;
    ck_assert(!columns_read_header(&columns, &row, &score));
    columns_free(&columns);
}
END_TEST

START_TEST(widths)
{
    struct columns columns = {0};
    struct header_score score;
    ck_assert(
        read_cells(&columns, HEADER("电话", "公司名称", "", "成立日期", "地址", "", "  "), &score));
    ck_assert_uint_eq(columns.width, 5);
    ck_assert_uint_eq(columns.named, 4);
    ck_assert_uint_eq(columns.least_width, 4);
    ck_assert_uint_eq(columns.unknown_count, 1);
    ck_assert(read_cells(&columns, HEADER("成立日期", "地址", "公司名称", "电话", "网址"), &score));
    ck_assert_uint_eq(columns.width, 5);
    ck_assert_uint_eq(columns.least_width, 3);
    ck_assert_uint_eq(columns.unknown_count, 2);
    ck_assert(read_cells(&columns, HEADER("公司名称", "成立日期"), &score));
    ck_assert_uint_eq(columns.width, 2);
    ck_assert_uint_eq(columns.named, 2);
    ck_assert_uint_eq(columns.least_width, 2);
    ck_assert(read_cells(&columns, HEADER("", "公司名称", "", "成立日期", ""), &score));
    ck_assert_uint_eq(columns.named, 2);
    ck_assert_uint_eq(columns.width, 4);
    columns_free(&columns);
}
END_TEST

START_TEST(the_column_of_either_number)
{
    struct columns columns = {0};
    struct header_score score;
    ck_assert(
        read_cells(&columns, HEADER("公司名称", "成立日期", "统一社会信用代码／注册号"), &score));
    ck_assert_uint_eq(columns.code_or_number, 2);
    ck_assert(read_cells(&columns, HEADER("公司名称", "成立日期", "统一社会信用代码"), &score));
    ck_assert_uint_eq(columns.code_or_number, SIZE_MAX);
    columns_free(&columns);
}
END_TEST

START_TEST(descriptions)
{
    struct columns columns = {0};
    struct header_score score;
    ck_assert(read_cells(&columns, HEADER("=\"公司名称\"", "法定代表人", " 成立日期：", "", "电话"),
                         &score));
    ck_assert_str_eq(buffer_string(&columns.understood),
                     "公司名称 → name, 成立日期： → founded_on");
    ck_assert_str_eq(buffer_string(&columns.unknown), "法定代表人, 电话");
    columns_free(&columns);
}
END_TEST

/* ---- Preference --------------------------------------------------------------------------------
 */

/* All names of a field in one table, in reverse order: the first name must come first, and so on.
 */
static void check_preference(size_t names)
{
    const char *cells[MOST_CELLS] = {NULL};
    struct columns columns = {0};
    struct header_score score;
    enum field field = NAMES[names].field;
    size_t count = 0;
    while (NAMES[names].names[count])
        count++;
    for (size_t i = 0; i < count; i++)
        cells[count - 1 - i] = NAMES[names].names[i];
    cells[count] = "公司";
    cells[count + 1] = "date_of_creation";
    read_cells(&columns, cells, &score);
    ck_assert_msg(columns.at[field][0] == count - 1, "%s: %s is preferred to %s", field_name(field),
                  cells[columns.at[field][0]], NAMES[names].names[0]);
    for (size_t i = 0; i + 1 < columns.count[field] && i + 1 < count; i++)
        ck_assert_msg(columns.at[field][i + 1] == count - 2 - i, "%s: %s comes before %s",
                      field_name(field), cells[columns.at[field][i + 1]],
                      NAMES[names].names[i + 1]);
    columns_free(&columns);
}

START_TEST(earlier_names_are_preferred)
{
    for (size_t i = 0; i < COUNT(NAMES); i++)
        if (NAMES[i].field != FIELD_NAME && NAMES[i].field != FIELD_FOUNDED_ON)
            check_preference(i);
}
END_TEST

/* There are more names of these two than COLUMNS_PER_FIELD; the preferred one must be among those
 * kept. */
START_TEST(earlier_names_are_preferred_out_of_many)
{
    for (size_t i = 0; i < COUNT(NAMES); i++)
        if (NAMES[i].field == FIELD_NAME || NAMES[i].field == FIELD_FOUNDED_ON)
            check_preference(i);
}
END_TEST

START_TEST(finest_industry_is_preferred)
{
    struct columns columns = {0};
    struct header_score score;
    ck_assert(read_cells(&columns,
                         HEADER("公司名称", "成立日期", "国标行业门类", "国标行业大类",
                                "国标行业中类", "国标行业小类"),
                         &score));
    ck_assert_uint_eq(columns.count[FIELD_INDUSTRY], 4);
    for (size_t i = 0; i < 4; i++)
        ck_assert_uint_eq(columns.at[FIELD_INDUSTRY][i], 5 - i);
    columns_free(&columns);
}
END_TEST

START_TEST(of_equal_names_the_left_one)
{
    struct columns columns = {0};
    struct header_score score;
    ck_assert(read_cells(&columns, HEADER("公司名称", "成立日期", "成立日期", "公司名称"), &score));
    ck_assert_uint_eq(columns.at[FIELD_NAME][0], 0);
    ck_assert_uint_eq(columns.at[FIELD_FOUNDED_ON][0], 1);
    columns_free(&columns);
}
END_TEST

/* A header that is read forgets the one read before. */
START_TEST(reading_again)
{
    struct columns columns = {0};
    struct header_score score;
    ck_assert(read_cells(&columns, HEADER("公司名称", "成立日期", "地址", "电话", "x"), &score));
    ck_assert(read_cells(&columns, HEADER("成立日期", "公司名称"), &score));
    ck_assert_uint_eq(columns.count[FIELD_ADDRESS], 0);
    ck_assert_uint_eq(columns.at[FIELD_NAME][0], 1);
    ck_assert_uint_eq(columns.unknown_count, 0);
    ck_assert_str_eq(buffer_string(&columns.unknown), "");
    columns_free(&columns);
}
END_TEST

/* ---- --map -------------------------------------------------------------------------------------
 */

START_TEST(aliases_as_written)
{
    struct buffer folded = {0};
    struct column_alias alias;
    ck_assert(column_alias_parse("founded_on=登 记 日：", &folded, &alias));
    ck_assert_int_eq(alias.field, FIELD_FOUNDED_ON);
    assert_slice(alias.folded, "登记日");
    ck_assert(column_alias_parse("name=A=B", &folded, &alias));
    ck_assert_int_eq(alias.field, FIELD_NAME);
    assert_slice(alias.folded, "a=b");
    ck_assert(!column_alias_parse("name", &folded, &alias));
    ck_assert(!column_alias_parse("name=", &folded, &alias));
    ck_assert(!column_alias_parse("=x", &folded, &alias));
    ck_assert(!column_alias_parse("phone=电话", &folded, &alias));
    ck_assert(!column_alias_parse("", &folded, &alias));
    buffer_free(&folded);
}
END_TEST

START_TEST(every_field_can_be_named)
{
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        struct buffer folded = {0};
        struct column_alias alias;
        char text[100];
        snprintf(text, sizeof text, "%s=x", field_name(NAMES[i].field));
        ck_assert_msg(column_alias_parse(text, &folded, &alias), "%s", text);
        ck_assert_int_eq(alias.field, NAMES[i].field);
        buffer_free(&folded);
    }
}
END_TEST

static const struct column_alias ALIASES[] = {
    {FIELD_FOUNDED_ON, {"建档日", 9}, "founded_on=建档日"},
    {FIELD_NAME, {"原文件导入名称", 21}, "name=原文件导入名称"},
    {FIELD_STATUS, {"类型", 6}, "status=类型"}};

START_TEST(aliases_make_a_header)
{
    struct columns columns = {.aliases = ALIASES, .alias_count = COUNT(ALIASES)};
    struct header_score score;
    ck_assert(read_cells(&columns, HEADER("公司名称", "建 档 日"), &score));
    assert_slice(buffer_slice(&columns.missing), "name=原文件导入名称, status=类型");
    ck_assert(read_cells(&columns, HEADER("原文件导入名称:", "建档日"), &score));
    columns.alias_count = 0;
    ck_assert(!read_cells(&columns, HEADER("公司名称", "建档日"), &score));
    columns_free(&columns);
}
END_TEST

START_TEST(aliases_come_first)
{
    struct columns columns = {.aliases = ALIASES, .alias_count = COUNT(ALIASES)};
    struct header_score score;
    ck_assert(read_cells(
        &columns, HEADER("公司名称", "成立日期", "类型", "建档日", "原文件导入名称", "经营状态"),
        &score));
    ck_assert_uint_eq(columns.at[FIELD_FOUNDED_ON][0], 3);
    ck_assert_uint_eq(columns.at[FIELD_FOUNDED_ON][1], 1);
    ck_assert_uint_eq(columns.at[FIELD_NAME][0], 4);
    ck_assert_uint_eq(columns.at[FIELD_STATUS][0], 2); /* and no type any more */
    ck_assert_uint_eq(columns.count[FIELD_TYPE], 0);
    columns_free(&columns);
}
END_TEST

SUITE_MAIN("columns", every_name_is_known, what_is_kept_for_no_field, approval_is_no_founding,
           every_name_in_every_form, folding, names_are_folded, folding_appends, headers, scores,
           damaged_rows_are_no_headers, widths, the_column_of_either_number, descriptions,
           earlier_names_are_preferred, earlier_names_are_preferred_out_of_many,
           finest_industry_is_preferred, of_equal_names_the_left_one, reading_again,
           aliases_as_written, every_field_can_be_named, aliases_make_a_header, aliases_come_first)
