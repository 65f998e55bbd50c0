#include "output/words.h"

static const char *const tags[] = {[LANGUAGE_ENGLISH] = "en", [LANGUAGE_CHINESE] = "zh-Hans"};

bool language_find(const char *name, enum language *language)
{
    static const char *const names[] = {[LANGUAGE_ENGLISH] = "en", [LANGUAGE_CHINESE] = "zh"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0) {
            *language = (enum language)i;
            return true;
        }
    return false;
}

const char *language_tag(enum language language)
{
    return tags[language];
}

struct word {
    const char *key;
    const char *chinese;
    const char *english; /* NULL: the key, with blanks for _ */
};

/* ---- Headings: the terms of the field, one for each column -------------------------------------
 */

static const struct word headings[] = {
    {"as_of", "数据截至", NULL},
    {"year", "年份", NULL},
    {"month", "月份", NULL},
    {"new_registrations", "新增注册", NULL},
    {"prior_year_total", "上年全年", NULL},
    {"percent_of_prior_year", "占上年全年%", NULL},
    {"prior_year_same_period", "上年同期", NULL},
    {"same_month_prior_year", "上年同月", NULL},
    {"change_percent", "同比%", NULL},
    {"projected_year_total", "全年推算", NULL},
    {"complete", "是否满期", NULL},
    {"share_percent", "占比%", NULL},
    {"province", "省份", NULL},
    {"city", "城市", NULL},
    {"industry", "行业", NULL},
    {"type", "企业类型", NULL},
    {"capital", "注册资本", NULL},
    {"age", "存续年限", NULL},
    {"status", "经营状态", NULL},
    {"enterprises", "企业数", NULL},
    {"extant", "现存", NULL},
    {"extant_percent", "现存率%", NULL},
    {"deregistrations", "注销", NULL},
    {"revocations", "吊销", NULL},
    {"exits", "退出合计", NULL},
    {"net_change", "净增", NULL},
    {"source", "来源", NULL},
    {"sources", "来源组合", NULL},
    {"imports", "导入次数", NULL},
    {"data_date", "数据日期", NULL},
    {"first_data_date", "最早数据日期", NULL},
    {"last_data_date", "最近数据日期", NULL},
    {"enterprise", "企业", NULL},
    {"field", "字段", NULL},
    {"value", "记载", NULL},
    {"counts", "是否采信", NULL},
    {"reason", "拒收原因", NULL},
    {"rows", "行数", NULL},
    {"known_then", "当时所知", NULL},
    {"known_now", "现在所知", NULL},
    {"revision", "修订", NULL},
    {"revision_percent", "修订%", NULL},
};

/* ---- Values ------------------------------------------------------------------------------------
 */

struct value_word {
    const char *column; /* NULL: any */
    const char *value;
    const char *chinese;
};

static const struct value_word values[] = {
    {"status", "active", "在业（存续）"},
    {"status", "moved_in", "迁入"},
    {"status", "moved_out", "迁出"},
    {"status", "unknown", "状态不明"},
    {"status", "dormant", "停业（歇业）"},
    {"status", "winding_up", "清算"},
    {"status", "revoked", "吊销"},
    {"status", "deregistered", "注销"},
    {"status", "rescinded", "撤销"},
    {"status", "converted", "转制"},
    {"status", "pending", "筹建"},
    {"status", "other", "其他"},
    {"age", "under 1", "不足1年"},
    {"age", "1-3", "1—3年"},
    {"age", "3-5", "3—5年"},
    {"age", "5-10", "5—10年"},
    {"age", "over 10", "10年及以上"},
    {"capital", "under 1 million", "不足100万元"},
    {"capital", "1-5 million", "100万—500万元"},
    {"capital", "5-10 million", "500万—1000万元"},
    {"capital", "10-50 million", "1000万—5000万元"},
    {"capital", "over 50 million", "5000万元及以上"},
    {"capital", "other currency", "其他币种"},
    {"field", "founded_on", "成立日期"},
    {"field", "status", "经营状态"},
    {"reason", "unclosed_quote", "引号未闭合"},
    {"reason", "nul_byte", "含空字节"},
    {"reason", "cell_too_long", "单元格过长"},
    {"reason", "wrong_width", "列数不符"},
    {"reason", "unmatched", "未匹配到企业"},
    {"reason", "no_name", "缺企业名称"},
    {"reason", "no_founding_date", "缺成立日期"},
    {"reason", "bad_founding_date", "成立日期无效"},
    {"reason", "future_founding_date", "成立日期晚于数据日期"},
    {"source", "tianyancha", "天眼查"},
    {"source", "qichacha", "企查查"},
    {"source", "aiqicha", "爱企查"},
    {"source", "qixinbao", "启信宝"},
    {"source", "other", "其他"},
    {NULL, "unknown", "不详"},
};

/* ---- Phrases -----------------------------------------------------------------------------------
 */

static const struct word phrases[] = {
    {"title", "跨境电商企业新增注册统计",
     "New registrations of cross-border e-commerce enterprises"},
    {"incomplete", "未满期", "incomplete"},

    {"sources_title", "各来源的数据", "Exports by source"},
    {"revisions_title", "历年数字的修订", "How the years have been revised"},
    {"years_note",
     "未满一年的年份不宜与往年全年相比，同比按相同天数计算。往年数字会随导出更新而变化："
     "早年成立、后来才经营跨境电商的企业计入其成立之年。各年比较应在同一批数据之内进行。",
     "A year that is not complete is not to be read as a fall; its change compares the same days "
     "of "
     "both years. Past years change between exports: an enterprise founded long ago that takes up "
     "the business joins the count of its founding year. Compare years within one vintage."},
    {"months_note", "数据截至日所在月份的同比按相同天数计算。只知成立年份的企业不计入任何月份。",
     "The change of the last month compares the same days. Enterprises of which only the year of "
     "founding is known are in no month."},
    {"provinces_note",
     "省份以来源所载为准；来源未载的，依统一社会信用代码或注册号判定；均无则为不详。",
     "The province is a source's word, else read from the credit code or the registration number, "
     "else unknown."},
    {"sources_note", "各来源的记载逐条保留，每家企业只计一次。",
     "Every source's word is kept; every enterprise is counted once."},
    {"overlap_note", "每家企业只在一行：恰由这些来源载明的企业。",
     "Each enterprise is in one row: that of exactly the sources that name it."},
    {"status_note", "状态以最近一次导出为准；现存包括在业（存续）、迁入、迁出及状态不明。",
     "A status is that of the last export. In existence are active, moved in, moved out and "
     "unknown."},
    {"refused_note", "被拒收的行全部保留，可用 cbec refused 列出。",
     "Every refused row is kept with its text; `cbec refused` lists them."},
    {"revisions_note", "当时尚未满期的年份，其差额既含修订，也含此后的新增注册。",
     "Of a year that was not complete then, the difference is new registrations as well as "
     "revisions."},
    {"incomplete_year", "░ %s年未满，不宜与往年全年相比。",
     "░ %s is not complete: do not read it as a fall."},

    {"method", "方法与出处", "Method and provenance"},
    {"as_of", "数据截至", "as of"},
    {"known_at", "所知截至", "known at"},
    {"compared_with", "比较对象", "compared with"},
    {"after_import", "第%s次导入之后", "after import %s"},
    {"exports_to", "数据日期不晚于%s的导出", "exports with a data date up to %s"},
    {"definition", "统计口径", "definition"},
    {"every_enterprise", "库中全部企业", "every enterprise on file"},
    {"without", "不含", "without"},
    {"province", "省份", "province"},
    {"source", "来源", "source"},
    {"parameter", "参数", "parameter"},
    {"since", "起", "from"},
    {"until", "止", "to"},
    {"enterprises", "计入企业", "enterprises counted"},
    {"unknown_statuses", "其中状态不明", "of unknown status"},
    {"refused_rows", "拒收行数", "rows refused"},
    {"sources", "来源及数据日期", "sources and data dates"},
    {"no_sources", "无", "none"},
    {"program", "程序", "program"},
    {"colon", "：", ": "},
    {"semicolon", "；", "; "},
    {"comma", "、", ", "},

    {"yes", "是", "yes"},
    {"no", "否", "no"},
    {"contents", "目录", "Contents"},
    {"no_rows", "无数据。", "No rows."},
    {"as_of_day", "数据截至{0}", "As of {0}"},
    {"named", "{0}：{1}", "{0}: {1}"},
    {"is_incomplete", "{0}（未满期）", "{0} (incomplete)"},
    /* What a chart says where it is not seen. */
    {"chart_span", "条形图，共{0}项，自{1}至{2}，指标：{3}。",
     "Bar chart of {3}: {0} bars, from {1} to {2}."},
    {"chart_span_of_pairs", "条形图，共{0}组，每组两项，自{1}至{2}，指标：{3}及与之相比的一项。",
     "Bar chart of {3}: {0} pairs of bars, from {1} to {2}, each with what it is compared with."},
    {"chart_greatest", "最高：{0}，{1}。", "The greatest is {0} with {1}."},
    {"chart_row", "{0}：{1}。", "{0}: {1}."},
    {"chart_row_prior", "{0}：{1}；{2}：{3}。", "{0}: {1}; {2}: {3}."},
    {"chart_table", "全部数字见下表。", "All figures are in the table below."},
    {"chart_latest", "图为最近{0}项，共{1}项，全部见下表。",
     "The chart shows the latest {0} of {1}; all of them are in the table below."},
    {"chart_first", "图为前{0}项，共{1}项，全部见下表。",
     "The chart shows the first {0} of {1}; all of them are in the table below."},
    {"month_01", "1月", "Jan"},
    {"month_02", "2月", "Feb"},
    {"month_03", "3月", "Mar"},
    {"month_04", "4月", "Apr"},
    {"month_05", "5月", "May"},
    {"month_06", "6月", "June"},
    {"month_07", "7月", "July"},
    {"month_08", "8月", "Aug"},
    {"month_09", "9月", "Sept"},
    {"month_10", "10月", "Oct"},
    {"month_11", "11月", "Nov"},
    {"month_12", "12月", "Dec"},

    {"overview", "概览", "Overview"},
    {"sheet", "工作表", "sheet"},
    {"sheet_contents", "内容", "contents"},
    {"notes", "说明", "Notes"},
    {"rows_cut", "… 另有{0}行超出工作表的行数上限，未列出",
     "… {0} more rows, which a sheet cannot hold"},
    {"first_of_title", "{0}（前{1}项）", "{0} (first {1})"},
    {"last_of_title", "{0}（最近{1}项）", "{0} (last {1})"},
    {"axis_incomplete", "{0}（斜线为未满期：{1}）", "{0} (hatched, not complete: {1})"},
    {"bars_described", "条形图：按{0}的{1}，共{2}项，数据见左侧表格。",
     "Bar chart: {1} by {0}, {2} in all, of the table to the left."},
    {"columns_described", "柱形图：按{0}的{1}，共{2}项，数据见左侧表格。",
     "Column chart: {1} by {0}, {2} in all, of the table to the left."},
};

/* ------------------------------------------------------------------------------------------------
 */

static const struct word *find_word(const struct word *words, size_t count, struct slice key)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equal(slice_of(words[i].key), key))
            return &words[i];
    return NULL;
}

void word_heading(enum language language, struct slice column, struct buffer *out)
{
    const struct word *word = find_word(headings, sizeof headings / sizeof *headings, column);
    const char *heading = !word                          ? NULL
                          : language == LANGUAGE_CHINESE ? word->chinese
                                                         : word->english;
    if (heading) {
        buffer_append(out, slice_of(heading));
        return;
    }
    for (size_t i = 0; i < column.length; i++)
        buffer_append_byte(out, column.at[i] == '_' ? ' ' : column.at[i]);
}

static const struct value_word *find_value(struct slice column, struct slice value)
{
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (slice_equal(slice_of(values[i].value), value) &&
            (!values[i].column || slice_equal(slice_of(values[i].column), column)))
            return &values[i];
    return NULL;
}

struct slice word_value(enum language language, struct slice column, struct slice value)
{
    if (language == LANGUAGE_ENGLISH)
        return value;
    const struct value_word *word = find_value(column, value);
    return word ? slice_of(word->chinese) : value;
}

static void append_value(enum language language, struct slice column, struct slice value,
                         struct buffer *out)
{
    bool own = language == LANGUAGE_ENGLISH && find_value(column, value);
    value = word_value(language, column, value);
    for (size_t i = 0; i < value.length; i++)
        buffer_append_byte(out, own && value.at[i] == '_' ? ' ' : value.at[i]);
}

void word_append(enum language language, struct slice column, struct slice value,
                 struct buffer *out)
{
    if (!slice_equal(column, SLICE("sources"))) {
        append_value(language, column, value, out);
        return;
    }
    const char *plus;
    while (value.length && (plus = memchr(value.at, '+', value.length))) {
        struct slice source = {value.at, (size_t)(plus - value.at)};
        append_value(language, SLICE("source"), source, out);
        buffer_append(out, SLICE(" + "));
        value = slice_from(value, source.length + 1);
    }
    append_value(language, SLICE("source"), value, out);
}

const char *word_phrase(enum language language, const char *key)
{
    const struct word *word = find_word(phrases, sizeof phrases / sizeof *phrases, slice_of(key));
    if (!word)
        return key;
    return language == LANGUAGE_CHINESE ? word->chinese : word->english;
}

void phrase_append(enum language language, const char *key, const struct slice *parts,
                   struct buffer *out)
{
    for (const char *at = word_phrase(language, key); *at; at++) {
        if (at[0] == '{' && at[1] && at[2] == '}') {
            buffer_append(out, parts[at[1] - '0']);
            at += 2;
        } else {
            buffer_append_byte(out, *at);
        }
    }
}
