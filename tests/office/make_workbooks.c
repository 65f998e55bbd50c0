/*
 * make_workbooks FOLDER: workbooks of documents in both languages, FOLDER/<name>.xlsx, and for each
 * of their tables what a spreadsheet program must find in them, with a tab between cells:
 * FOLDER/values/<name>-<sheet>.csv, where texts are in quotes and numbers in full, and
 * FOLDER/shown/<name>-<sheet>.csv, where all cells are as they are shown.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "output/spreadsheet.h"

/* A cell, and how it must be shown where that is not plain from it. */
struct value {
    struct cbec_cell cell;
    const char *shown;
    enum { PLAIN, DAY, FLAG } kind;
};

/* clang-format off */
#define NONE {{CBEC_CELL_NULL, 0, 0, NULL, 0}, "", PLAIN}
#define WHOLE(number) {{CBEC_CELL_INTEGER, (number), 0, NULL, 0}, NULL, PLAIN}
#define LABEL(number) {{CBEC_CELL_INTEGER, (number), 0, NULL, 0}, #number, PLAIN}
#define YES {{CBEC_CELL_INTEGER, 1, 0, NULL, 0}, "yes", FLAG}
#define NO {{CBEC_CELL_INTEGER, 0, 0, NULL, 0}, "no", FLAG}
#define PERCENT(number) {{CBEC_CELL_REAL, 0, (number), NULL, 0}, #number, PLAIN}
#define TEXT(text) {{CBEC_CELL_TEXT, 0, 0, (text), sizeof(text) - 1}, (text), PLAIN}
#define SHOWN(text, as) {{CBEC_CELL_TEXT, 0, 0, (text), sizeof(text) - 1}, (as), PLAIN}
#define DATE(text) {{CBEC_CELL_TEXT, 0, 0, (text), sizeof(text) - 1}, (text), DAY}
/* clang-format on */

enum { MOST_COLUMNS = 6 };

struct sheet {
    const char *id;
    const char *title[2]; /* English, Chinese */
    const char *note;
    struct chart chart;
    const char *names[MOST_COLUMNS];
    const char *headings[2][MOST_COLUMNS]; /* as they must be shown */
    struct value (*rows)[MOST_COLUMNS];
    size_t row_count;
    size_t columns;
};

static void check(bool well, const char *what)
{
    if (well)
        return;
    fprintf(stderr, "make_workbooks: %s: %s\n", what, strerror(errno));
    exit(EXIT_FAILURE);
}

/* ---- What is expected --------------------------------------------------------------------------
 */

static void expect_whole(FILE *file, int64_t number)
{
    if (number < 0)
        putc('-', file);
    uint64_t size = number < 0 ? -(uint64_t)number : (uint64_t)number;
    if (size >= 1000) {
        expect_whole(file, (int64_t)(size / 1000));
        fprintf(file, ",%03" PRIu64, size % 1000);
    } else {
        fprintf(file, "%" PRIu64, size);
    }
}

static void expect_text(FILE *file, const char *text, bool quoted)
{
    if (quoted || strchr(text, '"')) {
        putc('"', file);
        for (; *text; text++) {
            if (*text == '"')
                putc('"', file);
            putc(*text, file);
        }
        putc('"', file);
    } else {
        fputs(text, file);
    }
}

static void expect_cell(FILE *file, const struct value *value, enum language language, bool shown)
{
    enum cbec_cell_type type = value->cell.type;
    if (type == CBEC_CELL_TEXT && value->kind != DAY && *value->shown)
        expect_text(file, value->shown, !shown);
    else if (type == CBEC_CELL_INTEGER && !shown)
        fprintf(file, "%" PRId64, value->cell.integer);
    else if (type == CBEC_CELL_REAL && !shown)
        fprintf(file, "%.15g", value->cell.real); /* the digits that spreadsheets keep */
    else if (value->kind == FLAG && language == LANGUAGE_CHINESE)
        fputs(value->cell.integer ? "是" : "否", file);
    else if (value->shown)
        fputs(value->shown, file);
    else
        expect_whole(file, value->cell.integer);
}

static void expect_sheet(const char *folder, const char *name, const struct sheet *sheet,
                         enum language language, bool shown)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s/%s-%s.csv", folder, shown ? "shown" : "values", name,
             sheet->title[language]);
    FILE *file = fopen(path, "w");
    check(file, path);
    for (size_t column = 0; column < sheet->columns; column++) {
        expect_text(file, sheet->headings[language][column], !shown);
        putc(column + 1 < sheet->columns ? '\t' : '\n', file);
    }
    for (size_t row = 0; row < sheet->row_count; row++)
        for (size_t column = 0; column < sheet->columns; column++) {
            expect_cell(file, &sheet->rows[row][column], language, shown);
            putc(column + 1 < sheet->columns ? '\t' : '\n', file);
        }
    check(fclose(file) == 0, path);
}

/* ---- Workbooks ---------------------------------------------------------------------------------
 */

static void add_sheet(struct document *document, const struct sheet *sheet)
{
    struct section *section =
        document_add_section(document, sheet->id, sheet->title[document->language], sheet->note);
    check(section, sheet->id);
    section->chart = sheet->chart;
    section_set_columns(document, section, sheet->names, sheet->columns);
    for (size_t row = 0; row < sheet->row_count; row++) {
        struct cbec_cell cells[MOST_COLUMNS];
        for (size_t column = 0; column < sheet->columns; column++)
            cells[column] = sheet->rows[row][column].cell;
        section_add_row(document, section, cells);
    }
}

static void write_workbook(const char *folder, const char *name, const struct document *document)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.xlsx", folder, name);
    FILE *file = fopen(path, "w");
    check(file, path);
    check(spreadsheet_print(file, document), path);
    check(fclose(file) == 0, path);
}

static void add_facts(struct document *document)
{
    bool chinese = document->language == LANGUAGE_CHINESE;
    document_add_fact(document, chinese ? "数据截至" : "as-of date", "2024-08-20");
    document_add_fact(document, chinese ? "统计口径" : "definition", "all");
    document_add_fact(document, chinese ? "来源" : "sources",
                      chinese ? "天眼查（2024-08-20）、企查查（2024-06-30）"
                              : "tianyancha (2024-08-20), qichacha (2024-06-30)");
    document_add_fact(document, chinese ? "计入企业" : "enterprises counted", "25,308");
    document_add_fact(
        document, chinese ? "新增注册" : "new registrations",
        chinese ? "成立日期在该期间内的企业，不论其现在的经营状态。"
                : "Enterprises whose founding date lies in the period, whatever their status "
                  "today. This is a long line, which has to wrap within its cell and not run "
                  "out of the page when somebody prints it.");
}

/* ---- Figures -----------------------------------------------------------------------------------
 */

static struct value years[][MOST_COLUMNS] = {
    {LABEL(2013), WHOLE(312), NONE, NONE, NONE, YES},
    {LABEL(2014), WHOLE(498), WHOLE(312), PERCENT(159.6), PERCENT(59.6), YES},
    {LABEL(2015), WHOLE(901), WHOLE(498), PERCENT(180.9), PERCENT(80.9), YES},
    {LABEL(2016), WHOLE(1204), WHOLE(901), PERCENT(133.6), PERCENT(33.6), YES},
    {LABEL(2017), WHOLE(1377), WHOLE(1204), PERCENT(114.4), PERCENT(14.4), YES},
    {LABEL(2018), WHOLE(1655), WHOLE(1377), PERCENT(120.2), PERCENT(20.2), YES},
    {LABEL(2019), WHOLE(0), WHOLE(1655), PERCENT(0.0), PERCENT(-100.0), YES},
    {LABEL(2020), WHOLE(2570), WHOLE(0), NONE, NONE, YES},
    {LABEL(2021), WHOLE(4421), WHOLE(2570), PERCENT(172.0), PERCENT(72.0), YES},
    {LABEL(2022), WHOLE(6001), WHOLE(4421), PERCENT(135.7), PERCENT(35.7), YES},
    {LABEL(2023), WHOLE(5821), WHOLE(6001), PERCENT(97.0), PERCENT(-3.0), YES},
    {LABEL(2024), WHOLE(4715), WHOLE(5821), PERCENT(81.0), PERCENT(25.3), NO},
};

static struct value provinces[][MOST_COLUMNS] = {
    {TEXT("广东省"), WHOLE(1311), WHOLE(1702), PERCENT(77.0), PERCENT(27.8)},
    {TEXT("浙江省"), WHOLE(803), WHOLE(911), PERCENT(88.1), PERCENT(17.0)},
    {TEXT("福建省"), WHOLE(521), WHOLE(600), PERCENT(86.8), PERCENT(11.0)},
    {TEXT("山东省"), WHOLE(390), WHOLE(402), PERCENT(97.0), PERCENT(8.3)},
    {TEXT("海南省"), WHOLE(377), WHOLE(288), PERCENT(130.9), PERCENT(8.0)},
    {TEXT("江苏省"), WHOLE(340), WHOLE(391), PERCENT(87.0), PERCENT(7.2)},
    {TEXT("河南省"), WHOLE(201), WHOLE(333), PERCENT(60.4), PERCENT(4.3)},
    {TEXT("四川省"), WHOLE(160), WHOLE(203), PERCENT(78.8), PERCENT(3.4)},
    {TEXT("新疆维吾尔自治区"), WHOLE(122), WHOLE(80), PERCENT(152.5), PERCENT(2.6)},
    {TEXT("内蒙古自治区"), WHOLE(40), WHOLE(0), NONE, PERCENT(0.8)},
    {TEXT("西藏自治区"), WHOLE(0), WHOLE(2), PERCENT(0.0), PERCENT(0.0)},
};

static struct value months[][MOST_COLUMNS] = {
    {TEXT("2023-12"), WHOLE(480), WHOLE(501), PERCENT(-4.2)},
    {TEXT("2024-01"), WHOLE(601), WHOLE(0), NONE},
    {TEXT("2024-02"), WHOLE(1277000), WHOLE(322), PERCENT(396483.9)},
};

static struct value imports[][MOST_COLUMNS] = {
    {DATE("2024-08-20"), LABEL(1234), DATE("1900-03-01")},
    {DATE("9999-12-31"), LABEL(7), TEXT("1899-12-31")},
    {TEXT("2024-08"), LABEL(8), TEXT("2023-02-29")},
    {NONE, LABEL(9), TEXT("")},
};

static struct value nasty[][MOST_COLUMNS] = {
    {TEXT("=1+1"), TEXT("2024-08-20"), WHOLE(-1234567)},
    {TEXT("=HYPERLINK(\"http://example.com\")"), TEXT("@SUM(A1)"), WHOLE(1)},
    {TEXT("+86 571"), TEXT("-5"), WHOLE(2)},
    {TEXT("https://example.com/a b"), TEXT("mailto:a@example.com"), NONE},
    {TEXT("00123"), TEXT("1E5"), WHOLE(0)},
    {TEXT("TRUE"), TEXT("#N/A"), WHOLE(999)},
    {TEXT(" 前后有空格 "), TEXT("<b>&amp;</b>"), WHOLE(1000)},
    {SHOWN("a\tb\nc\rd", "a\\tb\\nc\\rd"), SHOWN("\x01\x1b[31m", "\\x01\\x1b[31m"), WHOLE(3)},
    {SHOWN("\xff\xc3(", "\\xff\\xc3("), SHOWN("\xef\xbf\xbf\xef\xbf\xbe", "\\uffff\\ufffe"),
     WHOLE(4)},
    {TEXT("_x000D_"), TEXT("𠮷野家😀"), WHOLE(5)},
    {TEXT("_x005F_x0041_ _x1_"), TEXT("'apostrophe"), WHOLE(6)},
    {SHOWN("\xe2\x80\xae"
           "gnp",
           "\\u202egnp"),
     TEXT("a,b;c"), WHOLE(7)},
    {TEXT("say \"yes\""), TEXT("1,234"), WHOLE(8)},
};

#define NO_CHART                                                                                   \
    {                                                                                              \
        CHART_NONE, NO_COLUMN, NO_COLUMN, NO_COLUMN, NO_COLUMN                                     \
    }
#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static const struct sheet sheets[] = {
    {"new_by_year",
     {"New registrations by year", "按年新增注册"},
     "The last year is not complete: do not read it as a fall.",
     {CHART_COLUMNS, 0, 1, 2, 5},
     {"year", "new_registrations", "prior_year_total", "percent_of_prior_year", "change_percent",
      "complete"},
     {{"year", "new registrations", "prior year total", "percent of prior year", "change percent",
       "complete"},
      {"年份", "新增注册", "上年全年", "占上年全年%", "同比%", "是否满期"}},
     years,
     COUNT(years),
     6},
    {"new_by_province",
     {"New registrations by province", "分省新增注册"},
     NULL,
     {CHART_BARS, 0, 1, 2, NO_COLUMN},
     {"province", "new_registrations", "prior_year_total", "percent_of_prior_year",
      "share_percent"},
     {{"province", "new registrations", "prior year total", "percent of prior year",
       "share percent"},
      {"省份", "新增注册", "上年全年", "占上年全年%", "占比%"}},
     provinces,
     COUNT(provinces),
     5},
    {"new_by_month",
     {"Months & 'same' months", "按月新增注册（同月比较）"},
     "A month with no registrations is a row with 0.",
     {CHART_PAIRS, 0, 1, 2, NO_COLUMN},
     {"month", "new_registrations", "same_month_prior_year", "change_percent"},
     {{"month", "new registrations", "same month prior year", "change percent"},
      {"月份", "新增注册", "上年同月", "同比%"}},
     months,
     COUNT(months),
     4},
    {"imports",
     {"(2024)", "(2024)"},
     NULL,
     NO_CHART,
     {"data_date", "import", "founded_on"},
     {{"data date", "import", "founded on"}, {"数据日期", "import", "founded on"}},
     imports,
     COUNT(imports),
     3},
    {"nasty",
     {"Nasty", "棘手"},
     "=1+1",
     {CHART_BARS, 0, 2, NO_COLUMN, NO_COLUMN},
     {"enterprise", "value", "=amount"},
     {{"enterprise", "value", "=amount"}, {"企业", "记载", "=amount"}},
     nasty,
     COUNT(nasty),
     3},
    {"empty",
     {"Empty", "空表"},
     NULL,
     {CHART_COLUMNS, 0, 1, NO_COLUMN, NO_COLUMN},
     {"year", "exits"},
     {{"year", "exits"}, {"年份", "退出合计"}},
     NULL,
     0,
     2},
};

static void make(const char *folder, const char *name, enum language language)
{
    struct document document;
    bool chinese = language == LANGUAGE_CHINESE;
    document_begin(&document, language);
    document_set(&document, &document.title, word_phrase(language, "title"));
    document_set(&document, &document.as_of, "2024-08-20");
    document_set(&document, &document.sentence,
                 chinese
                     ? "2024年（截至8月20日）新增注册4,715家，达到去年全年5,821家的81%；现存企业"
                       "21,000家。"
                     : "4,715 new registrations in 2024 (to 20 August), 81 percent of last "
                       "year's total of 5,821; 21,000 enterprises in existence.");
    for (size_t i = 0; i < COUNT(sheets); i++) {
        add_sheet(&document, &sheets[i]);
        expect_sheet(folder, name, &sheets[i], language, false);
        expect_sheet(folder, name, &sheets[i], language, true);
    }
    add_facts(&document);
    write_workbook(folder, name, &document);
    document_free(&document);
}

/* A registry that nothing was imported into. */
static void make_bare(const char *folder)
{
    struct document document;
    document_begin(&document, LANGUAGE_ENGLISH);
    document_set(&document, &document.sentence, "Nothing was imported yet.");
    write_workbook(folder, "bare", &document);
    document_free(&document);
}

int main(int count, char **arguments)
{
    char path[4096];
    if (count != 2) {
        fputs("usage: make_workbooks FOLDER\n", stderr);
        return 2;
    }
    static const char *const folders[] = {"values", "shown"};
    for (size_t i = 0; i < COUNT(folders); i++) {
        snprintf(path, sizeof path, "%s/%s", arguments[1], folders[i]);
        check(mkdir(path, 0777) == 0 || errno == EEXIST, path);
    }
    make(arguments[1], "english", LANGUAGE_ENGLISH);
    make(arguments[1], "chinese", LANGUAGE_CHINESE);
    make_bare(arguments[1]);
    return EXIT_SUCCESS;
}
