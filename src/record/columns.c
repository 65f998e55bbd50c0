#include "record/columns.h"

#include <stdint.h>
#include <stdlib.h>

#include "record/text.h"

static const char *const field_names[FIELD_READ_COUNT] = {
    [FIELD_NAME] = "name",
    [FIELD_CREDIT_CODE] = "credit_code",
    [FIELD_REGISTRATION_NO] = "registration_no",
    [FIELD_ORGANISATION_CODE] = "organisation_code",
    [FIELD_FOUNDED_ON] = "founded_on",
    [FIELD_STATUS] = "status",
    [FIELD_CEASED_ON] = "ceased_on",
    [FIELD_CAPITAL] = "capital",
    [FIELD_TYPE] = "type",
    [FIELD_INDUSTRY] = "industry",
    [FIELD_PROVINCE] = "province",
    [FIELD_CITY] = "city",
    [FIELD_DISTRICT] = "district",
    [FIELD_ADDRESS] = "address",
    [FIELD_SCOPE] = "scope",
    [FIELD_FORMER_NAMES] = "former_names",
    [FIELD_APPROVED_ON] = "approved_on",
};

const char *field_name(enum field field)
{
    return field_names[field];
}

void field_names_list(struct buffer *out)
{
    for (int field = 0; field < FIELD_READ_COUNT; field++)
        buffer_append_format(out, "%s%s", field ? ", " : "", field_names[field]);
}

/*
 * The names of columns, as column_fold leaves them. Where a table has several names of one field,
 * the one that stands first here wins, cell by cell, if it is filled. Of the four levels of the
 * national industry classification the finest comes first.
 */
static const struct column_name {
    enum field field;
    const char *name;
} column_names[] = {
    {FIELD_NAME, "公司名称"},
    {FIELD_NAME, "企业名称"},
    {FIELD_NAME, "系统匹配企业名称"},
    {FIELD_NAME, "名称"},
    {FIELD_NAME, "企业全称"},
    {FIELD_NAME, "单位名称"},
    {FIELD_NAME, "机构名称"},
    {FIELD_NAME, "主体名称"},
    {FIELD_NAME, "公司"},
    {FIELD_NAME, "企业"},
    {FIELD_NAME, "companyname"},
    {FIELD_NAME, "company_name"},
    {FIELD_CREDIT_CODE, "统一社会信用代码"},
    {FIELD_CREDIT_CODE, "统一信用代码"},
    {FIELD_CREDIT_CODE, "社会信用代码"},
    {FIELD_CREDIT_CODE, "信用代码"},
    {FIELD_CREDIT_CODE, "统一社会信用代码/注册号"},
    {FIELD_REGISTRATION_NO, "注册号"},
    {FIELD_REGISTRATION_NO, "工商注册号"},
    {FIELD_REGISTRATION_NO, "营业执照号"},
    {FIELD_REGISTRATION_NO, "companynumber"},
    {FIELD_REGISTRATION_NO, "company_number"},
    {FIELD_ORGANISATION_CODE, "组织机构代码"},
    {FIELD_ORGANISATION_CODE, "组织机构码"},
    {FIELD_FOUNDED_ON, "成立日期"},
    {FIELD_FOUNDED_ON, "成立时间"},
    {FIELD_FOUNDED_ON, "注册日期"},
    {FIELD_FOUNDED_ON, "注册时间"},
    {FIELD_FOUNDED_ON, "登记日期"},
    {FIELD_FOUNDED_ON, "开业日期"},
    {FIELD_FOUNDED_ON, "成立年份"},
    {FIELD_FOUNDED_ON, "incorporationdate"},
    {FIELD_FOUNDED_ON, "date_of_creation"},
    {FIELD_STATUS, "经营状态"},
    {FIELD_STATUS, "登记状态"},
    {FIELD_STATUS, "企业状态"},
    {FIELD_STATUS, "存续状态"},
    {FIELD_STATUS, "状态"},
    {FIELD_STATUS, "经营状况"},
    {FIELD_STATUS, "companystatus"},
    {FIELD_STATUS, "company_status"},
    {FIELD_CEASED_ON, "注销日期"},
    {FIELD_CEASED_ON, "吊销日期"},
    {FIELD_CEASED_ON, "注吊销日期"},
    {FIELD_CEASED_ON, "dissolutiondate"},
    {FIELD_CEASED_ON, "date_of_cessation"},
    {FIELD_CAPITAL, "注册资本"},
    {FIELD_CAPITAL, "注册资金"},
    {FIELD_CAPITAL, "注册金额"},
    {FIELD_TYPE, "公司类型"},
    {FIELD_TYPE, "企业类型"},
    {FIELD_TYPE, "企业(机构)类型"},
    {FIELD_TYPE, "机构类型"},
    {FIELD_TYPE, "类型"},
    {FIELD_TYPE, "companycategory"},
    {FIELD_INDUSTRY, "所属行业"},
    {FIELD_INDUSTRY, "行业"},
    {FIELD_INDUSTRY, "国标行业小类"},
    {FIELD_INDUSTRY, "国标行业中类"},
    {FIELD_INDUSTRY, "国标行业大类"},
    {FIELD_INDUSTRY, "国标行业门类"},
    {FIELD_INDUSTRY, "siccode.sictext_1"},
    {FIELD_PROVINCE, "所属省份"},
    {FIELD_PROVINCE, "所在省份"},
    {FIELD_PROVINCE, "省份"},
    {FIELD_PROVINCE, "省"},
    {FIELD_CITY, "所属城市"},
    {FIELD_CITY, "所在城市"},
    {FIELD_CITY, "城市"},
    {FIELD_CITY, "地区"},
    {FIELD_CITY, "市"},
    {FIELD_DISTRICT, "所属区县"},
    {FIELD_DISTRICT, "所在区县"},
    {FIELD_DISTRICT, "区县"},
    {FIELD_DISTRICT, "区"},
    {FIELD_ADDRESS, "注册地址"},
    {FIELD_ADDRESS, "企业地址"},
    {FIELD_ADDRESS, "公司地址"},
    {FIELD_ADDRESS, "单位地址"},
    {FIELD_ADDRESS, "地址"},
    {FIELD_ADDRESS, "住所"},
    {FIELD_SCOPE, "经营范围"},
    {FIELD_SCOPE, "业务范围"},
    {FIELD_FORMER_NAMES, "曾用名"},
    {FIELD_APPROVED_ON, "核准日期"},
    {FIELD_APPROVED_ON, "核准时间"},
};

#define COLUMN_NAMES (sizeof column_names / sizeof *column_names)
#define CODE_OR_NUMBER "统一社会信用代码/注册号"

void column_fold(struct slice cell, struct buffer *out)
{
    size_t begin = out->length;
    text_fold(text_clean(cell), TEXT_FOLD_CASE | TEXT_DROP_SPACE, out);
    size_t kept = begin;
    for (size_t i = begin; i < out->length; i++)
        if (out->data[i] != ':')
            out->data[kept++] = out->data[i];
    out->length = kept;
}

bool column_alias_parse(const char *text, struct buffer *folded, struct column_alias *alias)
{
    const char *equals = strchr(text, '=');
    if (!equals || !equals[1])
        return false;
    struct slice name = {text, (size_t)(equals - text)};
    for (int field = 0; field < FIELD_READ_COUNT; field++)
        if (slice_equal(name, slice_of(field_names[field]))) {
            buffer_clear(folded);
            column_fold(slice_of(equals + 1), folded);
            *alias = (struct column_alias){(enum field)field, buffer_slice(folded), text};
            return true;
        }
    return false;
}

/* What a header cell names, and how much it is to be preferred among others of its field (0 most).
 */
struct meaning {
    enum field field;
    size_t rank;
};

static struct meaning meaning_of(const struct columns *columns, struct slice folded)
{
    for (size_t i = 0; i < columns->alias_count; i++)
        if (slice_equal(columns->aliases[i].folded, folded))
            return (struct meaning){columns->aliases[i].field, i};
    for (size_t i = 0; i < COLUMN_NAMES; i++)
        if (slice_equal(slice_of(column_names[i].name), folded))
            return (struct meaning){column_names[i].field, columns->alias_count + i};
    return (struct meaning){FIELD_NONE, 0};
}

/* Puts a column among those of its field, by rank; of equal rank the left one stays first. */
static void add_column(struct columns *columns, struct meaning meaning, size_t column,
                       size_t ranks[FIELD_READ_COUNT][COLUMNS_PER_FIELD])
{
    enum field field = meaning.field;
    size_t place = columns->count[field];
    if (place == COLUMNS_PER_FIELD) { /* the one least to be preferred goes */
        if (ranks[field][place - 1] <= meaning.rank)
            return;
        columns->count[field]--;
        place--;
    }
    for (; place > 0 && ranks[field][place - 1] > meaning.rank; place--) {
        columns->at[field][place] = columns->at[field][place - 1];
        ranks[field][place] = ranks[field][place - 1];
    }
    columns->at[field][place] = column;
    ranks[field][place] = meaning.rank;
    columns->count[field]++;
}

static void describe(struct buffer *list, struct slice cell, const char *field)
{
    if (list->length)
        buffer_append(list, SLICE(", "));
    buffer_append(list, text_clean(cell));
    if (field) {
        buffer_append(list, SLICE(" → "));
        buffer_append(list, slice_of(field));
    }
}

/* Whether a cell of the header has the name of the alias. */
static bool is_there(const struct column_alias *alias, const struct row *row)
{
    struct buffer folded = {0};
    bool there = false;
    for (size_t i = 0; i < row->count && !there; i++) {
        buffer_clear(&folded);
        column_fold(row->cells[i].text, &folded);
        there = slice_equal(buffer_slice(&folded), alias->folded);
    }
    buffer_free(&folded);
    return there;
}

static void describe_missing(struct columns *columns, const struct row *row)
{
    for (size_t i = 0; i < columns->alias_count; i++)
        if (!is_there(&columns->aliases[i], row))
            describe(&columns->missing, slice_of(columns->aliases[i].text), NULL);
}

static void forget(struct columns *columns)
{
    const struct column_alias *aliases = columns->aliases;
    size_t alias_count = columns->alias_count;
    columns_free(columns);
    *columns = (struct columns){
        .aliases = aliases, .alias_count = alias_count, .code_or_number = SIZE_MAX};
}

static size_t leftmost(const struct columns *columns, enum field field)
{
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < columns->count[field]; i++)
        if (columns->at[field][i] < least)
            least = columns->at[field][i];
    return least;
}

bool columns_read_header(struct columns *columns, const struct row *row, struct header_score *score)
{
    size_t ranks[FIELD_READ_COUNT][COLUMNS_PER_FIELD];
    struct buffer folded = {0};
    forget(columns);
    *score = (struct header_score){0};
    for (size_t i = 0; i < row->count && row->damage == CBEC_ACCEPTED; i++) {
        buffer_clear(&folded);
        column_fold(row->cells[i].text, &folded);
        if (folded.length == 0)
            continue;
        columns->width = i + 1;
        columns->named++;
        struct meaning meaning = meaning_of(columns, buffer_slice(&folded));
        if (meaning.field == FIELD_NONE) {
            columns->unknown_count++;
            describe(&columns->unknown, row->cells[i].text, NULL);
            continue;
        }
        score->known++;
        add_column(columns, meaning, i, ranks);
        describe(&columns->understood, row->cells[i].text, field_names[meaning.field]);
        if (slice_equal(buffer_slice(&folded), SLICE(CODE_OR_NUMBER)))
            columns->code_or_number = i;
    }
    buffer_free(&folded);
    score->name = columns->count[FIELD_NAME] > 0;
    score->founded_on = columns->count[FIELD_FOUNDED_ON] > 0;
    if (score->known < 2 || !score->name || !score->founded_on)
        return false;
    size_t name = leftmost(columns, FIELD_NAME);
    size_t founded_on = leftmost(columns, FIELD_FOUNDED_ON);
    columns->least_width = (name > founded_on ? name : founded_on) + 1;
    describe_missing(columns, row);
    return true;
}

void columns_free(struct columns *columns)
{
    buffer_free(&columns->understood);
    buffer_free(&columns->unknown);
    buffer_free(&columns->missing);
}
