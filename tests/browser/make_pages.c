/*
 * make_pages DIR: writes pages for run.sh: a report as it should be, one full of dirt, and one of
 * nothing, each in English and Chinese.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output/page.h"
#include "pages.h"

struct cbec_cell percent_of(int64_t part, int64_t whole)
{
    return whole ? REAL(round(1000.0 * (double)part / (double)whole) / 10) : NOTHING;
}

/* ---- A report as it should be ------------------------------------------------------------------
 */

static const char *in(const struct document *document, const char *english, const char *chinese)
{
    return document->language == LANGUAGE_CHINESE ? chinese : english;
}

static void add_years(struct document *document)
{
    static const int totals[] = {12,   31,   58,   97,   164,  402,  655,  983, 1210,
                                 1544, 1871, 2968, 4220, 5107, 6001, 5821, 4715};
    enum { YEARS = sizeof totals / sizeof *totals, FIRST = 2008 };
    struct section *section = document_add_section(
        document, "new_by_year", in(document, "New registrations by year", "历年新增注册"),
        in(document,
           "2024 runs to 20 August: do not read it as a fall. Its change is that on the same days "
           "of 2023. Past years grow between exports; compare them within one export only.",
           "2024年截至8月20日，不宜视为下降；其同比为与2023年同期相比。以往年份的数字会随导出批次增"
           "加"
           "，只宜在同一批次内比较。"));
    section_set_columns(document, section,
                        COLUMNS("year", "new_registrations", "prior_year_total",
                                "percent_of_prior_year", "change_percent", "complete"),
                        6);
    for (int i = 0; i < YEARS; i++) {
        int prior = i ? totals[i - 1] : 0;
        bool complete = i < YEARS - 1;
        section_add_row(document, section,
                        CELLS(INTEGER(FIRST + i), INTEGER(totals[i]), INTEGER(prior),
                              percent_of(totals[i], prior),
                              complete ? percent_of(totals[i] - prior, prior) : REAL(27.4),
                              INTEGER(complete)));
    }
    section->chart = (struct chart){CHART_COLUMNS, 0, 1, 2, 5};
}

static void add_months(struct document *document)
{
    static const int these[] = {498, 377, 702, 655, 641, 688, 713, 441};
    static const int those[] = {301, 402, 566, 512, 508, 497, 489, 533, 541, 438, 515, 519};
    struct section *section = document_add_section(
        document, "new_by_month",
        in(document, "Month by month, 2024 against 2023", "逐月比较：2024年与2023年"),
        in(document, "August 2024 runs to the 20th; its change is that on the same days.",
           "2024年8月截至20日，其同比为与上年同期相比。"));
    section_set_columns(document, section,
                        COLUMNS("month", "new_registrations", "same_month_prior_year",
                                "change_percent", "complete"),
                        5);
    for (int i = 0; i < 8; i++) {
        char month[16];
        snprintf(month, sizeof month, "2024-%02d", i + 1);
        section_add_row(document, section,
                        CELLS(TEXT(month), INTEGER(these[i]), INTEGER(those[i]),
                              i < 7 ? percent_of(these[i] - those[i], those[i]) : REAL(24.2),
                              INTEGER(i < 7)));
    }
    section->chart = (struct chart){CHART_PAIRS, 0, 1, 2, 4};
}

static void add_provinces(struct document *document)
{
    static const struct {
        const char *name;
        int total, prior;
    } provinces[] = {
        {"广东省", 1284, 1702},   {"浙江省", 801, 910},       {"福建省", 466, 480},
        {"山东省", 407, 512},     {"江苏省", 361, 399},       {"海南省", 230, 201},
        {"河南省", 174, 266},     {"四川省", 141, 160},       {"北京市", 122, 138},
        {"上海市", 118, 153},     {"湖北省", 96, 122},        {"新疆维吾尔自治区", 77, 41},
        {"湖南省", 70, 104},      {"安徽省", 66, 92},         {"江西省", 54, 90},
        {"重庆市", 44, 57},       {"广西壮族自治区", 40, 66}, {"河北省", 38, 71},
        {"天津市", 31, 50},       {"辽宁省", 28, 44},         {"陕西省", 20, 47},
        {"云南省", 14, 33},       {"黑龙江省", 9, 18},        {"unknown", 8, 5},
        {"内蒙古自治区", 6, 14},  {"山西省", 4, 17},          {"吉林省", 3, 11},
        {"贵州省", 2, 15},        {"甘肃省", 1, 6},           {"西藏自治区", 0, 4},
        {"宁夏回族自治区", 0, 2}, {"青海省", 0, 1},
    };
    struct section *section = document_add_section(
        document, "new_by_province",
        in(document, "Provinces, 2024 to 20 August", "各省份新增注册，2024年截至8月20日"),
        in(document, "The prior year is the whole of 2023.", "上年为2023年全年。"));
    section_set_columns(document, section,
                        COLUMNS("province", "new_registrations", "prior_year_total",
                                "percent_of_prior_year", "share_percent"),
                        5);
    for (size_t i = 0; i < sizeof provinces / sizeof *provinces; i++)
        section_add_row(document, section,
                        CELLS(TEXT(provinces[i].name), INTEGER(provinces[i].total),
                              INTEGER(provinces[i].prior),
                              percent_of(provinces[i].total, provinces[i].prior),
                              percent_of(provinces[i].total, 4715)));
    section->chart = (struct chart){CHART_BARS, 0, 1, 2, NO_COLUMN};
}

static void add_sources(struct document *document)
{
    struct section *section = document_add_section(
        document, "by_source", in(document, "Sources and overlap", "来源与重合"),
        in(document, "Each enterprise is in one row: that of exactly the sources that name it.",
           "每家企业只计入一行，即恰好记载它的各来源的组合。"));
    section_set_columns(document, section, COLUMNS("sources", "enterprises", "share_percent"), 3);
    section_add_row(document, section, CELLS(TEXT("tianyancha"), INTEGER(8240), REAL(32.0)));
    section_add_row(document, section,
                    CELLS(TEXT("qichacha+tianyancha"), INTEGER(10301), REAL(40.0)));
    section_add_row(document, section, CELLS(TEXT("qichacha"), INTEGER(7212), REAL(28.0)));
    section->chart = (struct chart){CHART_BARS, 0, 1, NO_COLUMN, NO_COLUMN};
}

static void fill_report(struct document *document)
{
    document_set(document, &document->title, word_phrase(document->language, "title"));
    document_set(document, &document->sentence,
                 in(document,
                    "4,715 new registrations in 2024 (to 20 August), 81 percent of last year's "
                    "total of 5,821; 21,000 enterprises in existence.",
                    "2024年（截至8月20日）新增注册4,715家，达到去年全年5,821家的81%；现存企业21,000"
                    "家。"));
    document_set(document, &document->as_of, "2024-08-20");
    add_years(document);
    add_months(document);
    add_provinces(document);
    add_sources(document);
    struct section *section = document_add_section(
        document, "refused_rows", in(document, "Refused rows", "拒收的行"),
        in(document, "Rows that could not be counted; cbec refused lists them.",
           "无法计入的行；cbec refused 逐行列出。"));
    section_set_columns(document, section, COLUMNS("reason", "rows"), 2);
    section_add_row(document, section, CELLS(TEXT("no_founding_date"), INTEGER(1204)));
    section_add_row(document, section, CELLS(TEXT("bad_founding_date"), INTEGER(31)));
    document_add_fact(document, in(document, "As-of date", "数据截至"), "2024-08-20");
    document_add_fact(document, in(document, "Definition", "统计口径"),
                      "narrow: 跨境电商 跨境电子商务 跨境贸易电子商务");
    document_add_fact(
        document, in(document, "Enterprises counted", "计入企业"),
        in(document, "25,753, of which 312 of unknown status", "25,753家，其中状态不明312家"));
    document_add_fact(document, in(document, "Sources", "来源"),
                      in(document, "tianyancha (2024-08-20), qichacha (2024-08-20)",
                         "天眼查（2024-08-20）、企查查（2024-08-20）"));
    document_add_fact(document, in(document, "Made with", "制作"), "cbec 0.1.0");
}

/* ------------------------------------------------------------------------------------------------
 */

static void fill_nothing(struct document *document)
{
    document_set(document, &document->sentence, "The registry is empty.");
}

static bool make_page(const char *folder, const char *name, enum language language,
                      void (*fill)(struct document *))
{
    char path[4096];
    struct document document;
    snprintf(path, sizeof path, "%s/%s-%.2s.html", folder, name, language_tag(language));
    FILE *file = fopen(path, "w");
    document_begin(&document, language);
    fill(&document);
    bool made = file && page_print(file, &document);
    if (!made)
        fprintf(stderr, "make_pages: %s: %s\n", path, strerror(errno));
    if (file)
        fclose(file);
    document_free(&document);
    return made;
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: make_pages DIR\n");
        return 2;
    }
    bool made = true;
    for (int i = 0; i < 2; i++) {
        enum language language = i ? LANGUAGE_CHINESE : LANGUAGE_ENGLISH;
        made &= make_page(arguments[1], "report", language, fill_report);
        made &= make_page(arguments[1], "nasty", language, fill_nasty);
        made &= make_page(arguments[1], "empty", language, fill_nothing);
    }
    return made ? EXIT_SUCCESS : EXIT_FAILURE;
}
