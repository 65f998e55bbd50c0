#include "record/record.h"

#include "text_export.h"

/* Numbers of no enterprise that pass their checks, made up for these tests. */
#define VALID_CODE "91330106MA2X7Q3T6C"

#define WRONG_CODE "91330106MA2X7Q3T6D"
#define PILOT_CODE "91350200M0001W4X1A"
#define VALID_NUMBER "330100000123452"

#define ORGANISATION "791234566"

#define MOST_CELLS 40
#define REPLACED "\xef\xbf\xbd"

/* A table under test: its columns, and what became of the row read last. */
struct reader {
    struct columns columns;
    struct record_builder builder;
    struct cell cells[MOST_CELLS];
    struct row row;
    struct record record;
    struct reading_of_row reading;
};

#define CELLS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void set_cells(struct reader *reader, const char *const *cells)
{
    reader->row = (struct row){.ordinal = 2, .line = 2, .cells = reader->cells, .from_text = true};
    for (; cells[reader->row.count]; reader->row.count++) {
        ck_assert_uint_lt(reader->row.count, MOST_CELLS);
        reader->cells[reader->row.count] =
            (struct cell){.text = slice_of(cells[reader->row.count])};
    }
}

static void open_table(struct reader *reader, const char *const *header)
{
    struct header_score score;
    *reader = (struct reader){.row = {0}};
    set_cells(reader, header);
    ck_assert(columns_read_header(&reader->columns, &reader->row, &score));
    reader->builder.columns = &reader->columns;
    reader->builder.data_date = (struct date){2024, 6, 30};
}

static void close_table(struct reader *reader)
{
    columns_free(&reader->columns);
    record_builder_free(&reader->builder);
}

static void build(struct reader *reader)
{
    record_build(&reader->builder, &reader->row, &reader->record, &reader->reading);
    ck_assert(!reader->builder.no_memory);
}

static void read_cells(struct reader *reader, const char *const *cells)
{
    set_cells(reader, cells);
    build(reader);
}

static const char *outcome(const struct reader *reader)
{
    static const char *const kinds[] = {
        [ROW_RECORD] = "record", [ROW_NOTE] = "note", [ROW_EMPTY] = "empty"};
    return reader->reading.kind == ROW_REFUSED ? cbec_refusal_name(reader->reading.refusal)
                                               : kinds[reader->reading.kind];
}

/* `expected`: record, note, empty, or the reason why the row is refused. */
#define check_row(reader, expected, ...)                                                           \
    do {                                                                                           \
        read_cells(reader, CELLS(__VA_ARGS__));                                                    \
        ck_assert_str_eq(outcome(reader), expected);                                               \
    } while (0)

static void check_field(const struct reader *reader, enum field field, const char *expected)
{
    struct slice got = reader->record.text[field];
    ck_assert_msg(expected ? got.at && slice_equal(got, slice_of(expected)) : !got.at,
                  "%s is \"%.*s\", expected %s", field_name(field), (int)got.length,
                  got.at ? got.at : "", expected ? expected : "nothing");
}

static size_t warnings(const struct reader *reader)
{
    size_t count = 0;
    for (int i = 0; i < CBEC_WARNING_COUNT; i++)
        count += reader->reading.warned[i];
    return count;
}

/* ---- Refused rows ------------------------------------------------------------------------------
 */

#define PLAIN_HEADER CELLS("公司名称", "电话", "成立日期", "地址")

START_TEST(accepted_rows)
{
    struct reader reader;
    open_table(&reader, PLAIN_HEADER);
    check_row(&reader, "record", "甲公司", "1", "2021-03-04", "杭州");
    check_field(&reader, FIELD_NAME, "甲公司");
    check_field(&reader, FIELD_FOUNDED_ON, "2021-03-04");
    check_field(&reader, FIELD_ADDRESS, "杭州");
    check_field(&reader, FIELD_STATUS, NULL);
    ck_assert(reader.reading.dated);
    ck_assert_uint_eq(warnings(&reader), 0);
    check_row(&reader, "record", "=\"　甲公司 \"", "", "=\"2021年3月4日\"", "'-");
    check_field(&reader, FIELD_NAME, "甲公司");
    check_field(&reader, FIELD_FOUNDED_ON, "2021-03-04");
    check_field(&reader, FIELD_ADDRESS, NULL);
    check_row(&reader, "record", "甲公司", "", "2021-03-04");
    check_row(&reader, "record", "甲公司", "", "2021-03-04", "", "", "-", "无", " ");
    close_table(&reader);
}
END_TEST

START_TEST(damaged_rows)
{
    static const enum cbec_refusal damages[] = {CBEC_REFUSED_UNCLOSED_QUOTE, CBEC_REFUSED_NUL_BYTE,
                                                CBEC_REFUSED_CELL_TOO_LONG};
    struct reader reader;
    open_table(&reader, PLAIN_HEADER);
    for (size_t i = 0; i < 3; i++) {
        set_cells(&reader, CELLS("甲公司", "1", "2021-03-04", "杭州"));
        reader.row.damage = damages[i];
        build(&reader);
        ck_assert_str_eq(outcome(&reader), cbec_refusal_name(damages[i]));
        /* Damage is decided before notes and empty rows. */
        set_cells(&reader, CELLS("数据来源"));
        reader.row.damage = damages[i];
        build(&reader);
        ck_assert_str_eq(outcome(&reader), cbec_refusal_name(damages[i]));
        reader.row.count = 0;
        build(&reader);
        ck_assert_str_eq(outcome(&reader), cbec_refusal_name(damages[i]));
    }
    close_table(&reader);
}
END_TEST

START_TEST(wrong_width)
{
    struct reader reader;
    open_table(&reader, CELLS("公司名称", "电话", "成立日期", "地址", "", " "));
    check_row(&reader, "wrong_width", "甲公司", "1", "2021-03-04", "杭州", "x");
    check_row(&reader, "wrong_width", "甲公司", "1", "2021-03-04", "杭州", "", "", "", "x");
    check_row(&reader, "record", "甲公司", "1", "2021-03-04", "杭州", "--", "", "未知");
    check_row(&reader, "wrong_width", "甲公司", "1");
    check_row(&reader, "record", "甲公司", "1", "2021-03-04");
    close_table(&reader);
}
END_TEST

/* A sheet's rows have no width of their own: cells at their end are left out. */
START_TEST(wrong_width_in_workbooks)
{
    struct reader reader;
    open_table(&reader, PLAIN_HEADER);
    set_cells(&reader, CELLS("甲公司", "1"));
    reader.row.from_text = false;
    build(&reader);
    ck_assert_str_eq(outcome(&reader), "no_founding_date");
    set_cells(&reader, CELLS("甲公司", "1", "2021-03-04", "杭州", "x"));
    reader.row.from_text = false;
    build(&reader);
    ck_assert_str_eq(outcome(&reader), "wrong_width");
    close_table(&reader);
}
END_TEST

START_TEST(unmatched_rows)
{
    struct reader reader;
    open_table(&reader, CELLS("原文件导入名称", "系统匹配企业名称", "成立日期"));
    check_row(&reader, "unmatched", "甲公司", "未匹配到相关企业", "-");
    check_row(&reader, "unmatched", "甲公司", "未匹配到相关企业", "2021-03-04");
    check_row(&reader, "unmatched", "甲公司", " =\"未匹配到相关企业\"", "x");
    check_row(&reader, "record", "甲", "甲公司", "2021-03-04");
    check_field(&reader, FIELD_NAME, "甲公司");
    close_table(&reader);
}
END_TEST

/* It is the matching that failed, whatever other column there is with a name. */
START_TEST(unmatched_beside_another_name)
{
    struct reader reader;
    open_table(&reader, CELLS("企业名称", "系统匹配企业名称", "成立日期"));
    check_row(&reader, "unmatched", "甲公司", "未匹配到相关企业", "2021-03-04");
    close_table(&reader);
}
END_TEST

START_TEST(names_and_dates_that_are_missing)
{
    struct reader reader;
    open_table(&reader, PLAIN_HEADER);
    check_row(&reader, "no_name", "", "1", "2021-03-04", "杭州");
    check_row(&reader, "no_name", "-", "1", "2021-03-04", "杭州");
    check_row(&reader, "no_name", "=\"无\"", "1", "2021-03-04", "");
    check_row(&reader, "no_founding_date", "甲公司", "1", "", "杭州");
    check_row(&reader, "no_founding_date", "甲公司", "1", "--", "杭州");
    check_row(&reader, "no_founding_date", "甲公司", "1", "=\"-\"", "");
    check_row(&reader, "bad_founding_date", "甲公司", "1", "2023-02-30", "");
    check_row(&reader, "bad_founding_date", "甲公司", "1", "杭州", "");
    check_row(&reader, "bad_founding_date", "甲公司", "1", "1599-12-31", "");
    check_row(&reader, "record", "甲公司", "1", "1600-01-01", "");
    close_table(&reader);
}
END_TEST

START_TEST(dates_in_the_future)
{
    struct reader reader;
    open_table(&reader, PLAIN_HEADER); /* of 2024-06-30 */
    check_row(&reader, "record", "甲公司", "", "2024-06-30", "");
    check_row(&reader, "future_founding_date", "甲公司", "", "2024-07-01", "");
    check_row(&reader, "record", "甲公司", "", "2024-06", "");
    check_row(&reader, "future_founding_date", "甲公司", "", "2024-07", "");
    check_row(&reader, "record", "甲公司", "", "2024", "");
    check_field(&reader, FIELD_FOUNDED_ON, "2024");
    check_row(&reader, "future_founding_date", "甲公司", "", "2025", "");
    /* Before the data date is known nothing lies in the future. */
    reader.builder.data_date = (struct date){0};
    check_row(&reader, "record", "甲公司", "", "2099-01-01", "");
    close_table(&reader);
}
END_TEST

/* Each row could be refused for its reason and for all that are tried after it. */
START_TEST(the_first_reason_decides)
{
    struct reader reader;
    open_table(&reader, CELLS("公司名称", "成立日期", "电话"));
    check_row(&reader, "wrong_width", "未匹配到相关企业", "x", "1", "y");
    check_row(&reader, "wrong_width", "-", "-", "1", "y");
    check_row(&reader, "wrong_width", "甲", "2099-01-01", "1", "y");
    check_row(&reader, "unmatched", "未匹配到相关企业", "-", "1");
    check_row(&reader, "unmatched", "未匹配到相关企业", "2099-01-01", "1");
    check_row(&reader, "no_name", "-", "2023-02-30", "1");
    check_row(&reader, "no_name", "", "2099-01-01", "1");
    check_row(&reader, "no_founding_date", "甲", "", "1");
    set_cells(&reader, CELLS("甲", "1", "1", "y"));
    reader.row.damage = CBEC_REFUSED_NUL_BYTE;
    build(&reader);
    ck_assert_str_eq(outcome(&reader), "nul_byte");
    close_table(&reader);
}
END_TEST

static bool build_second_row(void *context, const struct row *row)
{
    struct reader *reader = context;
    if (row->ordinal != 2)
        return true;
    record_build(&reader->builder, row, &reader->record, &reader->reading);
    return true;
}

/* However far right it stands: a filled cell without a header is seen. */
START_TEST(a_filled_cell_far_to_the_right)
{
    for (size_t empty = 16000; empty <= 17000; empty += 200) {
        struct reader reader;
        struct buffer content = {0};
        open_table(&reader, CELLS("公司名称", "成立日期", "电话"));
        buffer_append(&content, SLICE("公司名称,成立日期,电话\n甲公司,2021-03-04,1"));
        for (size_t i = 0; i < empty; i++)
            buffer_append_byte(&content, ',');
        buffer_append(&content, SLICE("x\n"));
        struct export export = text_export(buffer_slice(&content), "UTF-8");
        ck_assert_int_eq(csv_read(&export, ',', 65536, build_second_row, &reader, NULL), CBEC_OK);
        ck_assert_msg(reader.reading.kind == ROW_REFUSED,
                      "a filled cell behind %zu empty ones is not seen", empty);
        ck_assert_str_eq(outcome(&reader), "wrong_width");
        close(export.file);
        buffer_free(&content);
        close_table(&reader);
    }
}
END_TEST

/* ---- Notes and empty rows ----------------------------------------------------------------------
 */

START_TEST(notes)
{
    struct reader reader;
    open_table(&reader, PLAIN_HEADER);
    check_row(&reader, "note", "数据来源：某网站");
    check_row(&reader, "note", "数据来源：某网站", "", "", "");
    check_row(&reader, "note", "", "", "", "共 12 条");
    check_row(&reader, "note", "", "", "", "", "", "", "共 12 条"); /* before wrong_width */
    check_row(&reader, "note", "甲公司", "-", "--", "无");          /* markers fill no cell */
    check_row(&reader, "note", "", "", "2021-03-04", "");
    check_row(&reader, "note", "未匹配到相关企业", "", "", "");
    check_row(&reader, "no_founding_date", "甲公司", "1", "", "");
    close_table(&reader);
}
END_TEST

START_TEST(empty_rows)
{
    struct reader reader;
    open_table(&reader, PLAIN_HEADER);
    check_row(&reader, "empty", "");
    check_row(&reader, "empty", "", "", "", "", "", "");
    check_row(&reader, "empty", "-", "　", "=\"\"", "未公开");
    reader.row.count = 0;
    build(&reader);
    ck_assert_str_eq(outcome(&reader), "empty");
    close_table(&reader);
}
END_TEST

/* In a table of two columns a row with one filled cell may be half a record, until no dated row
 * follows. */
START_TEST(notes_in_tables_of_two_columns)
{
    struct reader reader;
    open_table(&reader, CELLS("公司名称", "成立日期"));
    reader.builder.last_dated_line = 5;
    for (uint64_t line = 2; line <= 7; line++) {
        set_cells(&reader, CELLS("甲公司", ""));
        reader.row.line = line;
        build(&reader);
        ck_assert_str_eq(outcome(&reader), line > 5 ? "note" : "no_founding_date");
    }
    set_cells(&reader, CELLS("", "2021-03-04"));
    reader.row.line = 4;
    build(&reader);
    ck_assert_str_eq(outcome(&reader), "no_name");
    ck_assert(reader.reading.dated);
    set_cells(&reader, CELLS("数据来源"));
    reader.row.line = 3;
    build(&reader);
    ck_assert_str_eq(outcome(&reader), "wrong_width");
    reader.row.line = 6;
    build(&reader);
    ck_assert_str_eq(outcome(&reader), "note");
    close_table(&reader);
}
END_TEST

START_TEST(a_table_of_three_columns_is_none_of_two)
{
    struct reader reader;
    open_table(&reader, CELLS("公司名称", "成立日期", "电话"));
    reader.builder.last_dated_line = 5;
    check_row(&reader, "note", "甲公司", "", "");
    close_table(&reader);
}
END_TEST

/* ---- Cell by cell ------------------------------------------------------------------------------
 */

START_TEST(earlier_names_win_where_they_are_filled)
{
    struct reader reader;
    open_table(&reader, CELLS("注册日期", "企业名称", "成立日期", "公司名称", "住所", "注册地址"));
    check_row(&reader, "record", "2020-01-01", "乙公司", "2021-03-04", "甲公司", "b", "a");
    check_field(&reader, FIELD_NAME, "甲公司");
    check_field(&reader, FIELD_FOUNDED_ON, "2021-03-04");
    check_field(&reader, FIELD_ADDRESS, "a");
    check_row(&reader, "record", "2020-01-01", "乙公司", "-", "", "b", "暂无");
    check_field(&reader, FIELD_NAME, "乙公司");
    check_field(&reader, FIELD_FOUNDED_ON, "2020-01-01");
    check_field(&reader, FIELD_ADDRESS, "b");
    /* Filled is filled, even with what is no date. */
    check_row(&reader, "bad_founding_date", "2020-01-01", "乙公司", "2023-02-30", "", "b", "");
    close_table(&reader);
}
END_TEST

START_TEST(finest_industry_that_is_filled)
{
    struct reader reader;
    open_table(&reader, CELLS("公司名称", "成立日期", "国标行业门类", "国标行业大类",
                              "国标行业中类", "国标行业小类"));
    check_row(&reader, "record", "甲公司", "2021", "F", "F51", "F517", "F5179");
    check_field(&reader, FIELD_INDUSTRY, "F5179");
    check_row(&reader, "record", "甲公司", "2021", "F", "F51", "F517", "-");
    check_field(&reader, FIELD_INDUSTRY, "F517");
    check_row(&reader, "record", "甲公司", "2021", "F", "F51", "", "");
    check_field(&reader, FIELD_INDUSTRY, "F51");
    check_row(&reader, "record", "甲公司", "2021", "F", "", "", "--");
    check_field(&reader, FIELD_INDUSTRY, "F");
    close_table(&reader);
}
END_TEST

START_TEST(all_fields)
{
    struct reader reader;
    open_table(&reader,
               CELLS("公司名称", "统一社会信用代码", "注册号", "组织机构代码", "成立日期",
                     "经营状态", "注销日期", "注册资本", "公司类型", "所属行业", "所属省份",
                     "所属城市", "所属区县", "注册地址", "经营范围", "曾用名", "核准日期"));
    check_row(&reader, "record", "甲公司", VALID_CODE, VALID_NUMBER, ORGANISATION, "2021/3/4",
              "注销", "2022.5.6", "100万人民币", "有限责任公司", "零售业", "浙江", "杭州市",
              "西湖区", "某路1号", "跨境电商", "旧名一,\n旧名二", "2021-04-05");
    static const char *const expected[FIELD_COUNT] = {
        "甲公司",     VALID_CODE,    VALID_NUMBER,   ORGANISATION,     "2021-03-04", "注销",
        "2022-05-06", "100万人民币", "有限责任公司", "零售业",         "浙江省",     "杭州市",
        "西湖区",     "某路1号",     "跨境电商",     "旧名一,\n旧名二"};
    for (int field = 0; field < FIELD_COUNT; field++)
        check_field(&reader, (enum field)field, expected[field]);
    ck_assert_ptr_eq(reader.record.status, &STATUS_DEREGISTERED);
    ck_assert_int_eq(reader.record.code_class, CODE_VALID);
    ck_assert_int_eq(reader.reading.approved.day, 5);
    ck_assert_int_eq(reader.record.founded.month, 3);
    ck_assert_uint_eq(warnings(&reader), 0);
    /* And a row that says nothing of all this forgets it. */
    check_row(&reader, "record", "乙公司", "", "", "", "2020", "", "", "", "", "", "", "", "", "",
              "", "", "");
    for (int field = 0; field < FIELD_COUNT; field++)
        if (field != FIELD_NAME && field != FIELD_FOUNDED_ON)
            check_field(&reader, (enum field)field, NULL);
    ck_assert_int_eq(reader.record.code_class, CODE_MISSING);
    ck_assert_ptr_null(reader.record.status);
    ck_assert_int_eq(reader.reading.approved.year, 0);
    close_table(&reader);
}
END_TEST

/* ---- Codes -------------------------------------------------------------------------------------
 */

/* Reads a row of these three numbers; `combined` says whether the first column may hold either. */
static void read_codes(struct reader *reader, bool combined, const char *code, const char *number,
                       const char *organisation)
{
    close_table(reader);
    open_table(reader, CELLS("公司名称", "成立日期",
                             combined ? "统一社会信用代码/注册号" : "统一社会信用代码", "注册号",
                             "组织机构代码"));
    check_row(reader, "record", "甲公司", "2021-03-04", code, number, organisation);
}

static void check_codes(const struct reader *reader, enum code_class class, const char *code,
                        const char *number, const char *organisation)
{
    ck_assert_int_eq(reader->record.code_class, class);
    check_field(reader, FIELD_CREDIT_CODE, code);
    check_field(reader, FIELD_REGISTRATION_NO, number);
    check_field(reader, FIELD_ORGANISATION_CODE, organisation);
    ck_assert_int_eq(reader->reading.warned[CBEC_WARNING_DAMAGED_CODE], class == CODE_DAMAGED);
    ck_assert_int_eq(reader->reading.warned[CBEC_WARNING_INVALID_CODE], class == CODE_INVALID);
    ck_assert_int_eq(reader->reading.warned[CBEC_WARNING_PILOT_CODE], class == CODE_PILOT);
    ck_assert_int_eq(record_has_code(&reader->record), class == CODE_VALID || class == CODE_PILOT);
}

START_TEST(classes_of_codes)
{
    struct reader reader = {.row = {0}};
    read_codes(&reader, false, VALID_CODE, "", "");
    check_codes(&reader, CODE_VALID, VALID_CODE, NULL, NULL);
    read_codes(&reader, false, PILOT_CODE, "", "");
    check_codes(&reader, CODE_PILOT, PILOT_CODE, NULL, NULL);
    read_codes(&reader, false, "9.1442E+17", "", "");
    check_codes(&reader, CODE_DAMAGED, "9.1442E+17", NULL, NULL);
    read_codes(&reader, false, "913301060123450000", "", "");
    check_codes(&reader, CODE_DAMAGED, "913301060123450000", NULL, NULL);
    read_codes(&reader, false, WRONG_CODE, "", "");
    check_codes(&reader, CODE_INVALID, WRONG_CODE, NULL, NULL);
    read_codes(&reader, false, "123456789012345678", "", "");
    check_codes(&reader, CODE_INVALID, "123456789012345678", NULL, NULL);
    read_codes(&reader, false, "-", "", "");
    check_codes(&reader, CODE_MISSING, NULL, NULL, NULL);
    close_table(&reader);
}
END_TEST

/* Codes that identify are kept in one form, the others as they were written. */
START_TEST(forms_of_codes)
{
    struct reader reader = {.row = {0}};
    read_codes(&reader, false, " 91330106-ma2x7q3t6c ", "", "");
    check_codes(&reader, CODE_VALID, VALID_CODE, NULL, NULL);
    read_codes(&reader, false, "=\"９１３３０１０６ＭＡ２Ｘ７Ｑ３Ｔ６Ｃ\"", "", "");
    check_codes(&reader, CODE_VALID, VALID_CODE, NULL, NULL);
    read_codes(&reader, false, "91330106 ma2x7q3t6d", "", "");
    check_codes(&reader, CODE_INVALID, "91330106 ma2x7q3t6d", NULL, NULL);
    read_codes(&reader, false, "", "３３０１ 00000-123452", "");
    check_codes(&reader, CODE_MISSING, NULL, VALID_NUMBER, NULL);
    close_table(&reader);
}
END_TEST

START_TEST(a_number_of_15_digits_in_any_column)
{
    struct reader reader = {.row = {0}};
    read_codes(&reader, false, VALID_NUMBER, "", "");
    check_codes(&reader, CODE_MISSING, NULL, VALID_NUMBER, NULL);
    read_codes(&reader, false, "", "", VALID_NUMBER);
    check_codes(&reader, CODE_MISSING, NULL, VALID_NUMBER, NULL);
    read_codes(&reader, false, VALID_CODE, VALID_NUMBER, ORGANISATION);
    check_codes(&reader, CODE_VALID, VALID_CODE, VALID_NUMBER, ORGANISATION);
    read_codes(&reader, false, VALID_CODE, "", VALID_NUMBER);
    check_codes(&reader, CODE_VALID, VALID_CODE, VALID_NUMBER, NULL);
    read_codes(&reader, false, VALID_NUMBER, "工商-7", ORGANISATION);
    check_codes(&reader, CODE_MISSING, NULL, VALID_NUMBER, ORGANISATION);
    read_codes(&reader, false, VALID_NUMBER, "-", "-");
    check_codes(&reader, CODE_MISSING, NULL, VALID_NUMBER, NULL);
    /* 15 digits that fail their check are no registration number that tells itself. */
    read_codes(&reader, false, "330100000123453", "", "");
    check_codes(&reader, CODE_INVALID, "330100000123453", NULL, NULL);
    close_table(&reader);
}
END_TEST

/* A valid number of 15 digits is a registration number wherever it stands, and never a doubtful
 * code. */
START_TEST(a_number_of_15_digits_in_several_columns)
{
    struct reader reader = {.row = {0}};
    read_codes(&reader, false, VALID_NUMBER, VALID_NUMBER, "");
    check_codes(&reader, CODE_MISSING, NULL, VALID_NUMBER, NULL);
    read_codes(&reader, true, VALID_NUMBER, VALID_NUMBER, "");
    check_codes(&reader, CODE_MISSING, NULL, VALID_NUMBER, NULL);
    close_table(&reader);
}
END_TEST

/* Of two columns of one field only one speaks, but the number is found in the other all the same.
 */
START_TEST(a_number_of_15_digits_behind_a_code)
{
    struct reader reader;
    open_table(&reader,
               CELLS("公司名称", "成立日期", "统一社会信用代码", "统一社会信用代码/注册号"));
    check_row(&reader, "record", "甲公司", "2021-03-04", VALID_CODE, VALID_NUMBER);
    check_codes(&reader, CODE_VALID, VALID_CODE, VALID_NUMBER, NULL);
    close_table(&reader);
}
END_TEST

START_TEST(other_numbers)
{
    struct reader reader = {.row = {0}};
    read_codes(&reader, false, "", "SC 123456", "");
    check_codes(&reader, CODE_MISSING, NULL, "SC123456", NULL);
    read_codes(&reader, false, VALID_CODE, "330100000123453", ORGANISATION);
    check_codes(&reader, CODE_VALID, VALID_CODE, "330100000123453", ORGANISATION);
    read_codes(&reader, false, "", "", "79123456-6");
    ck_assert(reader.record.text[FIELD_ORGANISATION_CODE].at != NULL);
    ck_assert_int_eq(reader.record.code_class, CODE_MISSING);
    close_table(&reader);
}
END_TEST

/* What has not 18 characters is a number there, however odd; 18 characters are a code. */
START_TEST(the_column_of_either_number)
{
    struct reader reader = {.row = {0}};
    read_codes(&reader, true, VALID_CODE, "", "");
    check_codes(&reader, CODE_VALID, VALID_CODE, NULL, NULL);
    read_codes(&reader, true, VALID_NUMBER, "", "");
    check_codes(&reader, CODE_MISSING, NULL, VALID_NUMBER, NULL);
    read_codes(&reader, true, "330100000123453", "", "");
    check_codes(&reader, CODE_MISSING, NULL, "330100000123453", NULL);
    read_codes(&reader, true, "3301002012345", "", "");
    check_codes(&reader, CODE_MISSING, NULL, "3301002012345", NULL);
    read_codes(&reader, true, "企独浙总字第1号", "", "");
    ck_assert_int_eq(reader.record.code_class, CODE_MISSING);
    ck_assert_ptr_nonnull(reader.record.text[FIELD_REGISTRATION_NO].at);
    read_codes(&reader, true, WRONG_CODE, "", "");
    check_codes(&reader, CODE_INVALID, WRONG_CODE, NULL, NULL);
    read_codes(&reader, true, PILOT_CODE, "", "");
    check_codes(&reader, CODE_PILOT, PILOT_CODE, NULL, NULL);
    close_table(&reader);
}
END_TEST

/* In a column of credit codes alone what has not 18 characters is a wrong code. */
START_TEST(the_column_of_codes)
{
    struct reader reader = {.row = {0}};
    read_codes(&reader, false, "3301002012345", "", "");
    check_codes(&reader, CODE_INVALID, "3301002012345", NULL, NULL);
    close_table(&reader);
}
END_TEST

/* ---- Warnings ----------------------------------------------------------------------------------
 */

START_TEST(statuses_and_provinces)
{
    struct reader reader;
    open_table(&reader, CELLS("公司名称", "成立日期", "经营状态", "省份"));
    check_row(&reader, "record", "甲公司", "2021", "存续（在营、开业、在册）", "广东");
    ck_assert_ptr_eq(reader.record.status, &STATUS_ACTIVE);
    check_field(&reader, FIELD_PROVINCE, "广东省");
    ck_assert_uint_eq(warnings(&reader), 0);
    check_row(&reader, "record", "甲公司", "2021", "吊销，未注销", "内蒙");
    ck_assert_ptr_eq(reader.record.status, &STATUS_REVOKED);
    check_row(&reader, "record", "甲公司", "2021", "冬眠", "亚特兰蒂斯");
    ck_assert_ptr_eq(reader.record.status, &STATUS_OTHER);
    assert_slice(reader.reading.status, "冬眠");
    ck_assert(reader.reading.warned[CBEC_WARNING_UNKNOWN_STATUS]);
    ck_assert(reader.reading.warned[CBEC_WARNING_UNKNOWN_PROVINCE]);
    ck_assert_uint_eq(warnings(&reader), 2);
    check_field(&reader, FIELD_PROVINCE, NULL); /* what is no province is no word */
    check_row(&reader, "record", "甲公司", "2021", "-", "");
    ck_assert_ptr_null(reader.record.status);
    ck_assert_ptr_null(reader.reading.status.at);
    ck_assert_uint_eq(warnings(&reader), 0);
    close_table(&reader);
}
END_TEST

START_TEST(lost_characters)
{
    struct reader reader;
    open_table(&reader, CELLS("公司名称", "成立日期", "注册地址", "电话"));
    check_row(&reader, "record", "甲公司", "2021", "某" REPLACED "路1号", "");
    ck_assert(reader.reading.warned[CBEC_WARNING_REPLACEMENT_CHARACTER]);
    ck_assert_uint_eq(warnings(&reader), 1);
    check_field(&reader, FIELD_ADDRESS, "某" REPLACED "路1号");
    check_row(&reader, "record", "甲" REPLACED "公司", "2021", "", "");
    ck_assert(reader.reading.warned[CBEC_WARNING_REPLACEMENT_CHARACTER]);
    check_row(&reader, "record", "甲公司", "2021", "某路1号", "");
    ck_assert(!reader.reading.warned[CBEC_WARNING_REPLACEMENT_CHARACTER]);
    close_table(&reader);
}
END_TEST

/* ---- Dates -------------------------------------------------------------------------------------
 */

static void check_serial(struct reader *reader, const char *founded, bool number,
                         enum date_system dates, const char *expected)
{
    set_cells(reader, CELLS("甲公司", founded, "1"));
    reader->cells[1].number = number;
    reader->row.dates = dates;
    build(reader);
    ck_assert_str_eq(outcome(reader), "record");
    check_field(reader, FIELD_FOUNDED_ON, expected);
}

/* 44259 is 4 March 2021 in the one system and 5 March 2025 in the other. */
START_TEST(date_systems)
{
    struct reader reader;
    open_table(&reader, CELLS("公司名称", "成立日期", "电话"));
    reader.builder.data_date = (struct date){2026, 1, 1};
    check_serial(&reader, "44259", true, DATE_SYSTEM_1900, "2021-03-04");
    check_serial(&reader, "44259", true, DATE_SYSTEM_1904, "2025-03-05");
    check_serial(&reader, "44259", false, DATE_SYSTEM_1900, "2021-03-04");
    check_serial(&reader, "44259", false, DATE_SYSTEM_1904, "2021-03-04"); /* a text cell */
    check_serial(&reader, "2021", true, DATE_SYSTEM_1904, "2021");
    check_serial(&reader, "20210304", true, DATE_SYSTEM_1904, "2021-03-04");
    check_serial(&reader, "2021-03-04", false, DATE_SYSTEM_1904, "2021-03-04");
    close_table(&reader);
}
END_TEST

START_TEST(other_dates)
{
    struct reader reader;
    open_table(&reader, CELLS("公司名称", "成立日期", "注销日期", "核准日期"));
    check_row(&reader, "record", "甲公司", "2021-10", "2022", "2023年5月");
    check_field(&reader, FIELD_FOUNDED_ON, "2021-10");
    check_field(&reader, FIELD_CEASED_ON, "2022");
    ck_assert_int_eq(reader.reading.approved.month, 5);
    ck_assert_int_eq(reader.reading.approved.day, 0);
    /* What is no date there is no fault. */
    check_row(&reader, "record", "甲公司", "2021-10-05", "不详", "2023-02-30");
    check_field(&reader, FIELD_CEASED_ON, NULL);
    ck_assert_int_eq(reader.reading.approved.year, 0);
    ck_assert_uint_eq(warnings(&reader), 0);
    check_row(&reader, "bad_founding_date", "甲公司", "x", "2022", "");
    ck_assert(!reader.reading.dated);
    close_table(&reader);
}
END_TEST

/* ---- What is kept of a refused row -------------------------------------------------------------
 */

static void check_described(struct reader *reader, struct slice expected)
{
    struct buffer text = {0};
    record_describe_row(&reader->builder, &reader->row, &text);
    ck_assert_msg(slice_equal(buffer_slice(&text), expected),
                  "got %zu bytes, %.200s, expected %zu bytes, %.200s", text.length,
                  buffer_string(&text), expected.length, expected.at);
    buffer_free(&text);
}

START_TEST(described_rows)
{
    struct reader reader;
    open_table(&reader, CELLS("电话", "公司名称", "法定代表人", "成立日期", "经营范围"));
    set_cells(&reader, CELLS("0571-1", "甲公司", "某人", "2023-02-30", "零售"));
    check_described(&reader, SLICE("甲公司,2023-02-30,零售"));
    set_cells(&reader, CELLS("0571-1", "甲,公司", "某人", "a\"b", "零\n售"));
    check_described(&reader, SLICE("\"甲,公司\",\"a\"\"b\",\"零\n售\""));
    set_cells(&reader, CELLS("0571-1", "", "某人", "", "零售"));
    check_described(&reader, SLICE(",,零售"));
    set_cells(&reader, CELLS("0571-1", "甲公司"));
    check_described(&reader, SLICE("甲公司"));
    set_cells(&reader, CELLS("0571-1", "甲公司", "", "2020", "", "0571-2", "某人"));
    check_described(&reader, SLICE("甲公司,2020,"));
    set_cells(&reader, CELLS("", "x", "", "2020", ""));
    reader.cells[1].text = SLICE("甲\0公司");
    check_described(&reader, SLICE("甲␀公司,2020,"));
    close_table(&reader);
}
END_TEST

/* A text of `count` characters, and the mark of more behind them. */
static void append_characters(struct buffer *out, const char *character, size_t count, bool more)
{
    for (size_t i = 0; i < count; i++)
        buffer_append(out, slice_of(character));
    if (more)
        buffer_append(out, SLICE("…"));
    buffer_string(out);
}

static void check_long(const char *character, size_t scope, bool tail)
{
    struct reader reader;
    struct buffer name = {0}, expected = {0};
    open_table(&reader, CELLS("公司名称", "成立日期", "经营范围"));
    append_characters(&name, character, scope, false);
    set_cells(&reader, CELLS("", "x", "y"));
    reader.cells[0].text = buffer_slice(&name);
    reader.row.count = tail ? 3 : 1;
    bool more = scope + (tail ? 4 : 0) > 1000;
    append_characters(&expected, character, scope < 1000 ? scope : 1000, false);
    if (tail && !more)
        buffer_append(&expected, SLICE(",x,y"));
    else if (tail && scope < 1000)
        buffer_append(&expected, (struct slice){",x,y", 1000 - scope});
    if (more)
        buffer_append(&expected, SLICE("…"));
    buffer_string(&expected);
    check_described(&reader, buffer_slice(&expected));
    buffer_free(&name);
    buffer_free(&expected);
    close_table(&reader);
}

START_TEST(long_rows_are_cut)
{
    static const char *const characters[] = {"a", "é", "中", "\xf0\xa0\xae\xb7"};
    for (size_t i = 0; i < 4; i++) {
        check_long(characters[i], 999, false);
        check_long(characters[i], 1000, false);
        check_long(characters[i], 1001, false);
        check_long(characters[i], 5000, false);
        check_long(characters[i], 996, true);
        check_long(characters[i], 997, true);
        check_long(characters[i], 1000, true);
    }
}
END_TEST

/* Of a row that could not be split its first 200 characters, and never what stands behind them. */
START_TEST(raw_rows_are_cut)
{
    static const char *const characters[] = {"a", "é", "中", "\xf0\xa0\xae\xb7"};
    struct reader reader;
    open_table(&reader, PLAIN_HEADER);
    for (size_t i = 0; i < 4; i++)
        for (size_t count = 199; count <= 202; count++) {
            struct buffer raw = {0}, text = {0}, expected = {0};
            append_characters(&raw, characters[i], count, false);
            append_characters(&expected, characters[i], count < 200 ? count : 200, false);
            reader.row =
                (struct row){.damage = CBEC_REFUSED_UNCLOSED_QUOTE, .raw = buffer_slice(&raw)};
            record_describe_row(&reader.builder, &reader.row, &text);
            struct slice got = buffer_slice(&text);
            ck_assert(slice_starts_with(got, buffer_slice(&expected)));
            got = slice_from(got, expected.length);
            ck_assert(got.length == 0 || (count > 200 && slice_equal(got, SLICE("…"))));
            buffer_free(&raw);
            buffer_free(&text);
            buffer_free(&expected);
        }
    reader.row.raw = SLICE("1,\"甲\0乙");
    check_described(&reader, SLICE("1,\"甲␀乙"));
    close_table(&reader);
}
END_TEST

/* The description is appended: what is there before stays. */
START_TEST(descriptions_append)
{
    struct reader reader;
    struct buffer text = {0};
    open_table(&reader, PLAIN_HEADER);
    set_cells(&reader, CELLS("甲公司", "", "x"));
    buffer_append(&text, SLICE("3: "));
    record_describe_row(&reader.builder, &reader.row, &text);
    assert_slice(buffer_slice(&text), "3: 甲公司,x");
    buffer_free(&text);
    close_table(&reader);
}
END_TEST

SUITE_MAIN("record", accepted_rows, damaged_rows, wrong_width, wrong_width_in_workbooks,
           unmatched_rows, unmatched_beside_another_name, names_and_dates_that_are_missing,
           dates_in_the_future, the_first_reason_decides, a_filled_cell_far_to_the_right, notes,
           empty_rows, notes_in_tables_of_two_columns, a_table_of_three_columns_is_none_of_two,
           earlier_names_win_where_they_are_filled, finest_industry_that_is_filled, all_fields,
           classes_of_codes, forms_of_codes, a_number_of_15_digits_in_any_column,
           a_number_of_15_digits_in_several_columns, a_number_of_15_digits_behind_a_code,
           other_numbers, the_column_of_either_number, the_column_of_codes, statuses_and_provinces,
           lost_characters, date_systems, other_dates, described_rows, long_rows_are_cut,
           raw_rows_are_cut, descriptions_append)
