/* What the page of a report promises. How it looks is for tests/browser. */
#include "output/page.h"

#include <errno.h>
#include <locale.h>

#include "../cells.h"
#include "suite.h"
#include "util/utf8.h"

static char *print(const struct document *document)
{
    char *text;
    size_t length;
    FILE *file = open_memstream(&text, &length);
    ck_assert_ptr_nonnull(file);
    ck_assert(page_print(file, document));
    fclose(file);
    ck_assert_uint_eq(strlen(text), length);
    return text;
}

/* How often `part` is in the page; the style sheet does not count. */
static size_t times(const char *page, const char *part)
{
    size_t count = 0;
    const char *at = strstr(page, "</style>");
    ck_assert_ptr_nonnull(at);
    while ((at = strstr(at, part))) {
        count++;
        at += strlen(part);
    }
    return count;
}

static void assert_times(const char *page, const char *part, size_t count)
{
    const char *body = strstr(page, "<body>");
    ck_assert_msg(times(page, part) == count, "%s: %zu times, not %zu, in %s", part,
                  times(page, part), count, body);
}

#define assert_has(page, part) assert_times((page), (part), 1)
#define assert_lacks(page, part) assert_times((page), (part), 0)

/* ---- The frame --------------------------------------------------------------------------------
 */

START_TEST(an_empty_document_is_a_page)
{
    struct document document;
    document_begin(&document, LANGUAGE_ENGLISH);
    char *page = print(&document);
    ck_assert(slice_starts_with(slice_of(page), SLICE("<!DOCTYPE html>\n<html lang=\"en\">\n")));
    ck_assert(slice_ends_with(slice_of(page), SLICE("</main>\n</body>\n</html>\n")));
    ck_assert_ptr_nonnull(
        strstr(page, "<title>New registrations of cross-border e-commerce enterprises</title>"));
    assert_has(page, "<h1>New registrations of cross-border e-commerce enterprises</h1>");
    assert_lacks(page, "<nav");
    assert_lacks(page, "<section");
    assert_lacks(page, "<dl");
    assert_lacks(page, "class=\"sentence\"");
    free(page);
    document.language = LANGUAGE_CHINESE;
    page = print(&document);
    ck_assert_ptr_nonnull(strstr(page, "<html lang=\"zh-Hans\">"));
    assert_has(page, "<h1>跨境电商企业新增注册统计</h1>");
    free(page);
    document_free(&document);
}
END_TEST

START_TEST(a_page_has_sentence_sections_and_method)
{
    struct document document;
    document_begin(&document, LANGUAGE_ENGLISH);
    document_set(&document, &document.title, "Title");
    document_set(&document, &document.sentence, "One sentence.");
    document_set(&document, &document.as_of, "2024-08-20");
    struct section *section = document_add_section(&document, "by_source", "Sources", "A note.");
    section_set_columns(&document, section, COLUMNS("sources", "enterprises"), 2);
    section_add_row(&document, section, CELLS(TEXT("qichacha+tianyancha"), INTEGER(21000)));
    section = document_add_section(&document, "none", NULL, NULL);
    section_set_columns(&document, section, COLUMNS("year", "rows"), 2);
    section->chart = (struct chart){CHART_COLUMNS, 0, 1, NO_COLUMN, NO_COLUMN};
    document_add_fact(&document, "Definition", "narrow");
    char *page = print(&document);
    assert_has(page, "<h1>Title</h1>\n<p class=\"sentence\">One sentence.</p>\n"
                     "<p class=\"as-of\">As of 2024-08-20</p>\n");
    ck_assert_ptr_nonnull(strstr(page, "<meta name=\"description\" content=\"One sentence.\">"));
    assert_has(page, "<li><a href=\"#by_source\">Sources</a></li>\n"
                     "<li><a href=\"#none\">none</a></li>\n"
                     "<li><a href=\"#method\">Method and provenance</a></li>\n");
    assert_has(page, "<section id=\"by_source\">\n<h2 id=\"by_source-title\">Sources</h2>\n");
    assert_has(page,
               "<tr><th scope=\"col\">sources</th><th scope=\"col\" class=\"figure\">enterprises"
               "</th></tr>\n");
    assert_has(page, "<tr><th scope=\"row\" class=\"short\">qichacha + tianyancha</th>"
                     "<td class=\"figure\">21,000</td></tr>\n");
    assert_has(page, "<p class=\"note\">A note.</p>\n</section>\n");
    assert_has(page, "<h2 id=\"none-title\">none</h2>\n<p class=\"note\">No rows.</p>\n");
    assert_has(page, "<dt>Definition</dt><dd>narrow</dd>\n");
    free(page);
    document_free(&document);
}
END_TEST

/* ---- Text -------------------------------------------------------------------------------------
 */

static const struct {
    const char *text;
    const char *escaped;
} dirt[] = {
    {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
    {"\" onload=\"x", "&quot; onload=&quot;x"},
    {"'><svg/onload=x>", "&#39;&gt;&lt;svg/onload=x&gt;"},
    {"a & b &amp; c", "a &amp; b &amp;amp; c"},
    {"a\nb\tc\x1b[2J\x7f", "a\\nb\\tc\\x1b[2J\\x7f"},
    {"\u202e\u200b\u2028\ufeff\xc2\x85", "\\u202e\\u200b\\u2028\\ufeff\\u0085"},
    {"\uffff\ufdd0\U0001fffe", "\\uffff\\ufdd0\\U0001fffe"},
    {"\xff\xc0\xaf\xed\xa0\x80\xe4\xb8", "\\xff\\xc0\\xaf\\xed\\xa0\\x80\\xe4\\xb8"},
    {"中文（全角）😀", "中文（全角）😀"},
};

START_TEST(text_from_files_is_escaped)
{
    for (size_t i = 0; i < sizeof dirt / sizeof *dirt; i++) {
        const char *text = dirt[i].text;
        struct document document;
        document_begin(&document, LANGUAGE_ENGLISH);
        document_set(&document, &document.title, text);
        document_set(&document, &document.sentence, text);
        document_set(&document, &document.as_of, text);
        for (int kind = CHART_NONE; kind <= CHART_PAIRS; kind++) {
            struct section *section = document_add_section(&document, text, text, text);
            section_set_columns(&document, section, COLUMNS(text, text, text), 3);
            section_add_row(&document, section, CELLS(TEXT(text), INTEGER(1), INTEGER(2)));
            section_add_row(&document, section, CELLS(TEXT(text), TEXT(text), TEXT(text)));
            section->chart = (struct chart){(enum chart_kind)kind, 0, 1, 2, NO_COLUMN};
        }
        document_add_fact(&document, text, text);
        char *page = print(&document);
        bool cut;
        ck_assert_uint_eq(utf8_valid_prefix(slice_of(page), &cut), strlen(page));
        for (const char *at = page; *at; at++)
            ck_assert((unsigned char)*at >= 0x20 || *at == '\n');
        ck_assert_uint_ge(times(page, dirt[i].escaped), 30);
        if (strcmp(text, dirt[i].escaped) != 0)
            ck_assert_ptr_null(strstr(page, text));
        ck_assert_ptr_null(strstr(page, "<script"));
        free(page);
        document_free(&document);
    }
}
END_TEST

START_TEST(figures_and_values_have_their_forms)
{
    static const struct {
        enum language language;
        const char *column;
        struct cbec_cell cell;
        const char *shown;
    } cases[] = {
        {LANGUAGE_ENGLISH, "enterprises", {CBEC_CELL_INTEGER, 1234567, 0, NULL, 0}, "1,234,567"},
        {LANGUAGE_ENGLISH, "enterprises", {CBEC_CELL_INTEGER, -4715, 0, NULL, 0}, "-4,715"},
        {LANGUAGE_ENGLISH, "year", {CBEC_CELL_INTEGER, 2024, 0, NULL, 0}, "2024"},
        {LANGUAGE_ENGLISH, "line", {CBEC_CELL_INTEGER, 21000, 0, NULL, 0}, "21000"},
        {LANGUAGE_ENGLISH, "share_percent", {CBEC_CELL_REAL, 0, 81.0, NULL, 0}, "81.0"},
        {LANGUAGE_ENGLISH, "share_percent", {CBEC_CELL_REAL, 0, -0.0, NULL, 0}, "0.0"},
        {LANGUAGE_ENGLISH, "share_percent", {CBEC_CELL_NULL, 0, 0, NULL, 0}, "–"},
        {LANGUAGE_ENGLISH, "complete", {CBEC_CELL_INTEGER, 1, 0, NULL, 0}, "yes"},
        {LANGUAGE_CHINESE, "complete", {CBEC_CELL_INTEGER, 0, 0, NULL, 0}, "否"},
        {LANGUAGE_ENGLISH, "status", {CBEC_CELL_TEXT, 0, 0, "moved_in", 8}, "moved in"},
        {LANGUAGE_CHINESE, "status", {CBEC_CELL_TEXT, 0, 0, "moved_in", 8}, "迁入"},
        {LANGUAGE_ENGLISH, "city", {CBEC_CELL_TEXT, 0, 0, "moved_in", 8}, "moved_in"},
        {LANGUAGE_CHINESE, "province", {CBEC_CELL_TEXT, 0, 0, "unknown", 7}, "不详"},
        {LANGUAGE_CHINESE,
         "sources",
         {CBEC_CELL_TEXT, 0, 0, "qichacha+x_y+tianyancha", 23},
         "企查查 + x_y + 天眼查"},
        {LANGUAGE_CHINESE, "sources", {CBEC_CELL_TEXT, 0, 0, "tianyancha", 10}, "天眼查"},
        {LANGUAGE_ENGLISH, "sources", {CBEC_CELL_TEXT, 0, 0, "+", 1}, " + "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char expected[128];
        struct document document;
        document_begin(&document, cases[i].language);
        struct section *section = document_add_section(&document, "x", "x", NULL);
        section_set_columns(&document, section, COLUMNS("import", cases[i].column), 2);
        section_add_row(&document, section, CELLS(INTEGER(1), cases[i].cell));
        char *page = print(&document);
        snprintf(expected, sizeof expected, ">%s</td></tr>", cases[i].shown);
        assert_has(page, expected);
        free(page);
        document_free(&document);
    }
}
END_TEST

/* ---- Charts -----------------------------------------------------------------------------------
 */

static void fill_years(struct document *document, enum language language, int64_t last,
                       bool complete)
{
    document_begin(document, language);
    struct section *section = document_add_section(document, "years", "Years", NULL);
    section_set_columns(document, section,
                        COLUMNS("year", "new_registrations", "prior_year_total",
                                "percent_of_prior_year", "complete"),
                        5);
    section_add_row(document, section,
                    CELLS(INTEGER(2022), INTEGER(1000), INTEGER(0), NOTHING, INTEGER(1)));
    section_add_row(document, section,
                    CELLS(INTEGER(2023), INTEGER(2000), INTEGER(1000), REAL(200), INTEGER(1)));
    section_add_row(
        document, section,
        CELLS(INTEGER(2024), INTEGER(last), INTEGER(2000), REAL(25), INTEGER(complete)));
    section->chart = (struct chart){CHART_COLUMNS, 0, 1, 2, 4};
}

START_TEST(an_incomplete_year_is_marked)
{
    struct document document;
    fill_years(&document, LANGUAGE_ENGLISH, 500, false);
    char *page = print(&document);
    /* The tallest bar is 210 px and stands on 238. */
    assert_has(page, "<rect class=\"bar\" x=\"38%\" width=\"24%\" y=\"28\" height=\"210\"/>");
    assert_has(page, "<rect class=\"bar\" x=\"4.667%\" width=\"24%\" y=\"133\" height=\"105\"/>");
    assert_has(page, "<rect class=\"bar part\" fill=\"url(#years-hatch)\" x=\"71.333%\" "
                     "width=\"24%\" y=\"185\" height=\"53\"/>");
    /* Its mark is at the height of the prior year's bar, and only it has one. */
    assert_has(page, "<line class=\"mark\" x1=\"68%\" x2=\"98.667%\" y1=\"28\" y2=\"28\"/>");
    assert_times(page, "<line class=\"mark\"", 1);
    assert_has(page, "</svg>2024 (incomplete): 500</li>");
    assert_has(page, "</svg>prior year total: 2,000</li>");
    assert_has(page, "y=\"272\">incomplete</text>");
    assert_has(page, "<title>2024 (incomplete): 500; prior year total: 2,000.</title>");
    assert_has(page, "<title>Years</title>\n<desc id=\"years-words\">Bar chart of new "
                     "registrations: 3 bars, from 2022 to 2024. The greatest is 2023 with 2,000. "
                     "2024 (incomplete): 500; prior year total: 2,000. All figures are in the "
                     "table below.</desc>");
    /* The table says so at the row's name, and has no column for it. */
    assert_has(page, "<th scope=\"row\" class=\"short\">2024 <small>incomplete</small></th>");
    assert_times(page, "<th scope=\"col\"", 4);
    free(page);
    document_free(&document);

    fill_years(&document, LANGUAGE_CHINESE, 500, false);
    page = print(&document);
    assert_has(page, "</svg>2024（未满期）：500</li>");
    assert_has(page, "<desc id=\"years-words\">条形图，共3项，自2022至2024，指标：新增注册。最高："
                     "2023，2,000。2024（未满期）：500；上年全年：2,000。全部数字见下表。</desc>");
    free(page);
    document_free(&document);
}
END_TEST

START_TEST(a_complete_year_is_not_marked)
{
    struct document document;
    fill_years(&document, LANGUAGE_ENGLISH, 500, true);
    char *page = print(&document);
    assert_times(page, "<rect class=\"bar\" x=\"1\"", 1); /* in the legend */
    assert_times(page, "<rect class=\"bar\"", 4);
    assert_lacks(page, "mark");
    assert_lacks(page, "incomplete");
    free(page);
    document_free(&document);
}
END_TEST

START_TEST(the_figure_of_a_year_stands_clear_of_its_mark)
{
    static const struct {
        int64_t last;
        const char *figure;
    } cases[] = {
        {500, "y=\"178\" paint-order=\"stroke\">500</text>"},   /* far below the mark */
        {1900, "y=\"21\" paint-order=\"stroke\">1,900</text>"}, /* just below: above both */
        {2000, "y=\"21\" paint-order=\"stroke\">2,000</text>"}, /* at it */
        {4000, "y=\"21\" paint-order=\"stroke\">4,000</text>"}, /* the mark is inside the bar */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct document document;
        fill_years(&document, LANGUAGE_ENGLISH, cases[i].last, false);
        char *page = print(&document);
        ck_assert_msg(times(page, cases[i].figure) >= 1, "%s in %s", cases[i].figure,
                      strstr(page, "<body>"));
        free(page);
        document_free(&document);
    }
}
END_TEST

START_TEST(months_stand_in_pairs)
{
    struct document document;
    document_begin(&document, LANGUAGE_CHINESE);
    struct section *section = document_add_section(&document, "months", "Months", NULL);
    section_set_columns(&document, section,
                        COLUMNS("month", "new_registrations", "same_month_prior_year", "complete"),
                        4);
    section_add_row(&document, section,
                    CELLS(TEXT("2024-01"), INTEGER(30), INTEGER(60), INTEGER(1)));
    section_add_row(&document, section,
                    CELLS(TEXT("2024-02"), INTEGER(15), INTEGER(20), INTEGER(0)));
    section->chart = (struct chart){CHART_PAIRS, 0, 1, 2, 3};
    char *page = print(&document);
    assert_has(page, "<rect class=\"prior\" x=\"5%\" width=\"18%\" y=\"28\" height=\"210\"/>"
                     "<rect class=\"bar\" x=\"25%\" width=\"20%\" y=\"133\" height=\"105\"/>");
    assert_has(page, "<rect class=\"prior\" x=\"55%\" width=\"18%\" y=\"168\" height=\"70\"/>"
                     "<rect class=\"bar part\" fill=\"url(#months-hatch)\" x=\"75%\"");
    assert_lacks(page, "class=\"mark\"");
    assert_has(page, "y=\"256\">1月</text>");
    assert_has(page, "</svg>上年同月</li>");
    assert_has(page, "</svg>2月（未满期）：15</li>");
    free(page);
    document_free(&document);
}
END_TEST

static void fill_many(struct document *document, enum chart_kind kind, int rows)
{
    document_begin(document, LANGUAGE_ENGLISH);
    struct section *section = document_add_section(document, "many", "Many", NULL);
    section_set_columns(document, section, COLUMNS("year", "new_registrations", "prior"), 3);
    for (int i = 0; i < rows; i++)
        section_add_row(document, section,
                        CELLS(INTEGER(2024 - rows + 1 + i), INTEGER(100 + i), INTEGER(99 + i)));
    section->chart = (struct chart){kind, 0, 1, 2, NO_COLUMN};
}

START_TEST(of_many_rows_some_are_drawn_and_the_chart_says_so)
{
    static const struct {
        enum chart_kind kind;
        int rows;
        size_t bars;
        const char *words; /* NULL: nothing to say */
        const char *first; /* row that is drawn */
    } cases[] = {
        {CHART_COLUMNS, 40, 40, NULL, "<title>1985: 100.</title>"},
        {CHART_COLUMNS, 330, 40, "<p>The chart shows the latest 40 of 330;",
         "<g><title>1985: 390.</title>"},
        {CHART_PAIRS, 41, 40, "<p>The chart shows the latest 40 of 41;",
         "<g><title>1985: 101; prior: 100.</title>"},
        {CHART_BARS, 1300, 40, "<p>The chart shows the first 40 of 1,300;",
         "<g><title>725: 100; prior: 99.</title>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct document document;
        fill_many(&document, cases[i].kind, cases[i].rows);
        char *page = print(&document);
        assert_times(page, "<g><title>", cases[i].bars);
        assert_has(page, cases[i].first);
        assert_times(page, "<tr><th scope=\"row\"", (size_t)cases[i].rows);
        if (cases[i].words)
            assert_has(page, cases[i].words);
        else
            assert_lacks(page, "The chart shows");
        free(page);
        document_free(&document);
    }
}
END_TEST

START_TEST(labels_of_many_years_are_thinned)
{
    struct document document;
    fill_many(&document, CHART_COLUMNS, 40);
    char *page = print(&document);
    assert_has(page, ">1990</text>"); /* on every page */
    assert_has(page, ">2000</text>");
    assert_has(page, ">2024</text>");
    assert_lacks(page, ">2023</text>"); /* too near to it */
    assert_lacks(page, ">1991</text>");
    free(page);
    document_free(&document);
}
END_TEST

START_TEST(bars_have_marks_of_what_they_are_compared_with)
{
    struct document document;
    document_begin(&document, LANGUAGE_ENGLISH);
    struct section *section = document_add_section(&document, "provinces", "Provinces", NULL);
    section_set_columns(&document, section,
                        COLUMNS("province", "new_registrations", "prior_year_total"), 3);
    section_add_row(&document, section, CELLS(TEXT("广东省"), INTEGER(100), INTEGER(400)));
    section_add_row(&document, section, CELLS(TEXT("浙江省"), INTEGER(50), NOTHING));
    section->chart = (struct chart){CHART_BARS, 0, 1, 2, NO_COLUMN};
    char *page = print(&document);
    assert_has(page, "<rect class=\"bar\" x=\"0\" width=\"25%\" y=\"5\" height=\"14\"/>"
                     "<line class=\"mark\" x1=\"100%\" x2=\"100%\" y1=\"2\" y2=\"22\"/>");
    assert_has(page, "<rect class=\"bar\" x=\"0\" width=\"12.500%\"");
    assert_times(page, "<line class=\"mark\"", 1);
    assert_has(page, "</svg>prior year total</li>");
    free(page);
    document_free(&document);
}
END_TEST

START_TEST(charts_bear_any_figures)
{
    static const int64_t figures[] = {INT64_MIN, -1, 0, 1, INT64_MAX};
    enum { FIGURES = sizeof figures / sizeof *figures };
    for (int trial = 0; trial < FIGURES * FIGURES * CHART_PAIRS; trial++) {
        struct document document;
        document_begin(&document, LANGUAGE_ENGLISH);
        struct section *section = document_add_section(&document, "x", "x", NULL);
        section_set_columns(&document, section, COLUMNS("year", "rows", "prior", "complete"), 4);
        int64_t first = figures[trial % FIGURES], second = figures[trial / FIGURES % FIGURES];
        section_add_row(&document, section,
                        CELLS(INTEGER(INT64_MIN), INTEGER(first), NOTHING, NOTHING));
        section_add_row(&document, section, CELLS(NOTHING, NOTHING, INTEGER(second), TEXT("0")));
        section_add_row(&document, section,
                        CELLS(TEXT("2024-13"), REAL(1e300 * 1e300), REAL(0.5), INTEGER(0)));
        section->chart = (struct chart){
            (enum chart_kind)(CHART_COLUMNS + trial / FIGURES / FIGURES), 0, 1, 2, 3};
        char *page = print(&document);
        assert_times(page, "<tr>", 4);
        assert_lacks(page, "nan");
        assert_lacks(page, "inf");
        free(page);
        document_free(&document);
    }
}
END_TEST

START_TEST(nothing_but_zeros_makes_no_chart)
{
    for (int kind = CHART_COLUMNS; kind <= CHART_PAIRS; kind++) {
        struct document document;
        document_begin(&document, LANGUAGE_ENGLISH);
        struct section *section = document_add_section(&document, "x", "x", NULL);
        section_set_columns(&document, section, COLUMNS("year", "rows"), 2);
        section_add_row(&document, section, CELLS(INTEGER(2024), INTEGER(0)));
        section->chart = (struct chart){(enum chart_kind)kind, 0, 1, NO_COLUMN, NO_COLUMN};
        char *page = print(&document);
        assert_lacks(page, "<figure>");
        assert_has(page, "<td class=\"figure\">0</td>");
        free(page);
        document_free(&document);
    }
}
END_TEST

/* ---- Always the same, or a failure ------------------------------------------------------------
 */

START_TEST(the_same_document_gives_the_same_bytes_in_every_locale)
{
    static const char *const locales[] = {"C", "C", "C.UTF-8", "de_DE.UTF-8", "zh_CN.UTF-8"};
    char *first = NULL;
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        struct document document;
        setlocale(LC_ALL, locales[i]); /* one that is not installed changes nothing */
        fill_years(&document, LANGUAGE_ENGLISH, 1234, false);
        char *page = print(&document);
        if (first)
            ck_assert_str_eq(page, first);
        else
            first = strdup(page);
        free(page);
        document_free(&document);
    }
    setlocale(LC_ALL, "C");
    free(first);
}
END_TEST

START_TEST(a_failure_is_told_with_its_reason)
{
    struct document document;
    fill_years(&document, LANGUAGE_ENGLISH, 500, false);
    FILE *full = fopen("/dev/full", "w");
    ck_assert_ptr_nonnull(full);
    errno = 0;
    ck_assert(!page_print(full, &document));
    ck_assert_int_eq(errno, ENOSPC);
    fclose(full);

    char *text;
    size_t length;
    FILE *file = open_memstream(&text, &length);
    document.failed = true; /* while it was put together */
    errno = 0;
    ck_assert(!page_print(file, &document));
    ck_assert_int_eq(errno, ENOMEM);
    fclose(file);
    ck_assert_uint_eq(length, 0);
    free(text);
    document_free(&document);
}
END_TEST

SUITE_MAIN("page", an_empty_document_is_a_page, a_page_has_sentence_sections_and_method,
           text_from_files_is_escaped, figures_and_values_have_their_forms,
           an_incomplete_year_is_marked, a_complete_year_is_not_marked,
           the_figure_of_a_year_stands_clear_of_its_mark, months_stand_in_pairs,
           of_many_rows_some_are_drawn_and_the_chart_says_so, labels_of_many_years_are_thinned,
           bars_have_marks_of_what_they_are_compared_with, charts_bear_any_figures,
           nothing_but_zeros_makes_no_chart, the_same_document_gives_the_same_bytes_in_every_locale,
           a_failure_is_told_with_its_reason)
