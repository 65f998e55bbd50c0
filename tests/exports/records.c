/*
 * The rows of one export. Its plan has one character for each row below the header:
 *
 *     .  the next enterprise, as it is          =  the row before once more
 *     +  the enterprise of the row before, as it is
 *     o  without its code                       r  the same, with its registration number alone
 *     g  without its code, with an old number that is no valid one
 *     D  a code that a spreadsheet damaged      I  a code that fails its check
 *     L  the code in full width, lower case, with blanks
 *     M  founded in a month, Y in a year        A  founding date in the second column for it
 *     U  a status nobody knows                  -  no status
 *     K  meanwhile deregistered                 F  another founding date
 *     S  (已注销) behind the name               H  (曾用名: …) behind the name
 *     W  a province that is none                Q  U+FFFD in the address
 *     J  former names over several lines        X  meanwhile another business scope
 *
 *     n  no name      d  no founding date       b  an impossible day     f  a day in the future
 *     u  unmatched    w  too wide               s  too short             0  a NUL byte
 *     q  an unclosed quote                      e  empty                 m  nothing but markers
 *     x  a note
 */
#include "fixtures.h"

static bool means_a_record(char mark)
{
    return strchr(".=+orgDILMYAU-KFSHWQJX", mark) != NULL;
}

static const char *refusal_of(char mark)
{
    static const struct {
        char mark;
        const char *reason;
    } reasons[] = {{'n', "no_name"},           {'d', "no_founding_date"},
                   {'b', "bad_founding_date"}, {'f', "future_founding_date"},
                   {'u', "unmatched"},         {'w', "wrong_width"},
                   {'s', "wrong_width"},       {'0', "nul_byte"},
                   {'q', "unclosed_quote"}};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].mark == mark)
            return reasons[i].reason;
    give_up(text_of("a plan has an unknown '%c'", mark));
}

/* ---- Dates in cells ---- */

static const char *vague_text(struct day day, unsigned variant)
{
    if (!day.month)
        return text_of("%04d", day.year);
    switch (variant % 4) {
    case 0:
        return text_of("%04d-%02d", day.year, day.month);
    case 1:
        return text_of("%04d年%d月", day.year, day.month);
    case 2:
        return text_of("%04d/%02d", day.year, day.month);
    default:
        return text_of("%04d.%02d", day.year, day.month);
    }
}

static const char *mixed_text(struct day day, unsigned variant)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    switch (variant % 10) {
    case 0:
        return text_of("%d/%d/%d", day.year, day.month, day.day);
    case 1:
        return text_of("%d.%d.%d", day.year, day.month, day.day);
    case 2:
        return text_of("%04d%02d%02d", day.year, day.month, day.day);
    case 3:
        return text_of("%d年%d月%d日", day.year, day.month, day.day);
    case 4:
        return text_of("%s 00:00:00", day_text(day));
    case 5:
        return text_of("%sT00:00:00Z", day_text(day));
    case 6:
        return text_of("%02d/%02d/%04d", day.day, day.month, day.year);
    case 7:
        return text_of("%d %s %d", day.day, months[day.month - 1], day.year);
    case 8:
        return text_of("%d", day_serial(day, false));
    default:
        return day_text(day);
    }
}

static struct cell date_cell(const struct fixture *fixture, struct day day, unsigned variant)
{
    if (!day.day)
        return (struct cell){.text = vague_text(day, variant)};
    switch (fixture->dates) {
    case DATES_MIXED:
        return (struct cell){.text = mixed_text(day, variant)};
    case DATES_BRITISH:
        return (struct cell){.text = mixed_text(day, variant % 4 == 3 ? 7 : 6)};
    case DATES_CELLS:
        if (variant % 7 == 6) /* text, so in the 1900 system, whatever the workbook's is */
            return (struct cell){.text = text_of("%d", day_serial(day, false))};
        if (variant % 7 == 4)
            return (struct cell){CELL_NUMBER, NULL, day.year * 10000 + day.month * 100 + day.day};
        return (struct cell){variant % 7 == 2 ? CELL_NUMBER : CELL_DATE, NULL,
                             day_serial(day, fixture->y1904)};
    default:
        return (struct cell){.text = day_text(day)};
    }
}

/* ---- Variations ---- */

/* A code as people type it. */
static const char *untidy_code(const char *code)
{
    struct buffer text = {0};
    for (size_t i = 0; code[i]; i++) {
        unsigned wide = 0xff00 + (unsigned)code[i] - 0x20 + (code[i] >= 'A' ? 32 : 0);
        buffer_append_format(&text, "%c%c%c", 0xe0 | wide >> 12, 0x80 | (wide >> 6 & 0x3f),
                             0x80 | (wide & 0x3f));
        if (i == 7)
            buffer_append(&text, SLICE(" "));
    }
    char *untidy = text_of("　%s ", buffer_string(&text));
    buffer_free(&text);
    return untidy;
}

static void vary_code(struct facts *facts, char mark)
{
    if (mark == 'L') {
        facts->meaning[CODE] = facts->text[CODE];
        facts->text[CODE] = untidy_code(facts->text[CODE]);
        return;
    }
    if (mark != 'r') {
        facts->text[NUMBER] = NULL;
        facts->number_is_valid = false;
    }
    if (mark == 'g')
        facts->text[NUMBER] = text_of("HZ%05u", 4120 + facts->enterprise);
    facts->code_is_valid = false;
    facts->code_warning = mark == 'D' ? "damaged_code" : mark == 'I' ? "invalid_code" : NULL;
    facts->text[CODE] = mark == 'D' ? "9.1330100E+17" : mark == 'I' ? "91330100MA00000A10" : NULL;
}

static void vary_status(struct facts *facts, char mark)
{
    facts->text[STATUS] = mark == 'U' ? "待定" : mark == 'K' ? "注销" : NULL;
    facts->group = mark == 'U' ? "other" : mark == 'K' ? "deregistered" : NULL;
    if (mark == 'U')
        facts->warning = "unknown_status";
}

static void vary_founding(struct facts *facts, char mark)
{
    if (mark == 'F') {
        facts->founded.year--;
        facts->founded.day = facts->founded.day > 28 ? 28 : facts->founded.day;
    } else {
        facts->founded.day = 0;
        if (mark == 'Y')
            facts->founded.month = 0;
    }
}

static void vary(struct facts *facts, char mark)
{
    switch (mark) {
    case 'o':
    case 'r':
    case 'g':
    case 'D':
    case 'I':
    case 'L':
        vary_code(facts, mark);
        break;
    case 'U':
    case '-':
    case 'K':
        vary_status(facts, mark);
        break;
    case 'M':
    case 'Y':
    case 'F':
        vary_founding(facts, mark);
        break;
    case 'S':
        facts->text[NAME] = text_of("%s（已注销）", facts->text[NAME]);
        break;
    case 'H':
        facts->text[NAME] = text_of("%s(曾用名: 旧某行)", facts->text[NAME]);
        break;
    case 'W':
        facts->text[PROVINCE] = "某某地";
        facts->province = NULL;
        facts->meaning[PROVINCE] = "";
        facts->warning = "unknown_province";
        break;
    case 'Q':
        facts->text[ADDRESS] = "某市\xef\xbf\xbd路1号";
        facts->warning = "replacement_character";
        break;
    case 'J':
        facts->text[FORMER] = "旧丙行,旧丁行\n旧“戊”\"己\"行";
        break;
    case 'X':
        facts->text[SCOPE] = negated_scope;
        facts->definitions = 0;
        break;
    default:
        break;
    }
}

/* ---- Rows ---- */

/* What a file without the column does not say. */
static void limit_to_columns(const struct fixture *fixture, struct facts *facts)
{
    bool has[CONTENTS] = {0};
    for (const struct column *column = fixture->columns; column->header; column++)
        has[column->content] = true;
    if (strchr(fixture->plan, 'A') && !has[FOUNDED_ALSO])
        give_up("a plan with an A and no second column for the founding date");
    if (has[CODE_OR_NUMBER]) {
        facts->text[CODE_OR_NUMBER] = facts->text[CODE] ? facts->text[CODE] : facts->text[NUMBER];
        if (facts->text[CODE])
            facts->number_is_valid = false;
        has[facts->text[CODE] ? CODE : NUMBER] = true;
    }
    for (int content = 0; content < CONTENTS; content++)
        if (!has[content])
            facts->text[content] = facts->meaning[content] = NULL;
    if (!has[APPROVED])
        facts->approved = (struct day){0};
    facts->code_is_valid = facts->code_is_valid && facts->text[CODE];
    facts->number_is_valid = facts->number_is_valid && facts->text[NUMBER];
    facts->code_warning = facts->text[CODE] ? facts->code_warning : NULL;
    facts->province = facts->text[PROVINCE] ? facts->province : NULL;
    facts->group = facts->text[STATUS] ? facts->group : NULL;
}

static struct line facts_line(const struct fixture *fixture, const struct facts *facts, char mark,
                              unsigned variant)
{
    struct line line = {.cells = keep(32 * sizeof *line.cells), .mark = mark};
    for (const struct column *column = fixture->columns; column->header; column++) {
        struct cell *cell = &line.cells[line.count++];
        bool second = column->content == FOUNDED_ALSO;
        if (column->content == FOUNDED && mark != 'A')
            *cell = date_cell(fixture, facts->founded, variant);
        else if (second) /* beside a first one it is wrong, and must not be looked at */
            *cell = date_cell(fixture, mark == 'A' ? facts->founded : (struct day){2001, 1, 1}, 9);
        else if (column->content == APPROVED && facts->approved.year)
            *cell = date_cell(fixture, facts->approved, variant + 1);
        else
            cell->text = facts->text[column->content];
        if (cell->kind == CELL_TEXT && !cell->text)
            cell->text = fixture->missing;
    }
    return line;
}

/* The cells of the columns with this content say something else. */
static void replace(const struct fixture *fixture, struct line *line, enum content content,
                    const char *text)
{
    for (size_t i = 0; fixture->columns[i].header; i++)
        if (fixture->columns[i].content == content)
            line->cells[i] = (struct cell){.text = text};
}

static bool is_blank(char mark)
{
    return strchr("emx", mark) != NULL;
}

static struct line dirty_line(const struct fixture *fixture, char mark, unsigned variant)
{
    struct facts facts = enterprise_facts(variant % CHINESE_ENTERPRISES);
    facts.text[NAME] = "某某有限公司";
    facts.text[CODE] = facts.text[NUMBER] = NULL;
    facts.founded = (struct day){2022, 2, 2};
    limit_to_columns(fixture, &facts);
    struct line line = facts_line(fixture, &facts, mark, variant);
    line.refused = refusal_of(mark);
    if (mark == 'n')
        replace(fixture, &line, NAME, "——");
    if (mark == 'd' || mark == 'b' || mark == 'f') {
        const char *day = mark == 'd' ? "-" : mark == 'b' ? "2023-02-30" : "2024-01-01";
        replace(fixture, &line, FOUNDED, day);
        replace(fixture, &line, FOUNDED_ALSO, day);
    }
    if (mark == 'u') {
        for (int content = 0; content < TYPED; content++)
            replace(fixture, &line, (enum content)content, "-");
        replace(fixture, &line, NAME, "未匹配到相关企业");
    }
    if (mark == 'w')
        line.cells[line.count++].text = "多";
    if (mark == 's')
        line.count = 2;
    return line;
}

/* Rows that are no rows. */
static struct line blank_line(const struct fixture *fixture, char mark, size_t width)
{
    struct line line = {.cells = keep(32 * sizeof *line.cells), .mark = mark};
    if (mark == 'x')
        line.cells[line.count++].text = "数据来源：国家企业信用信息公示系统";
    for (; mark == 'm' && line.count < width; line.count++)
        line.cells[line.count].text = line.count % 2 ? "-" : fixture->missing;
    return line;
}

static struct line above_line(const char *text)
{
    struct line line = {.cells = keep(32 * sizeof *line.cells)};
    for (; *text; text += *text == '|') {
        size_t length = strcspn(text, "|");
        line.cells[line.count++].text = text_of("%.*s", (int)length, text);
        text += length;
    }
    return line;
}

static void begin_table(const struct fixture *fixture, struct table *table)
{
    size_t above = 0;
    while (fixture->above && fixture->above[above])
        above++;
    *table = (struct table){keep((above + 1 + strlen(fixture->plan)) * sizeof *table->lines), 0};
    for (size_t i = 0; i < above; i++)
        table->lines[table->count++] = above_line(fixture->above[i]);
    struct line *header = &table->lines[table->count++];
    *header = (struct line){.cells = keep(32 * sizeof *header->cells), .mark = '#'};
    for (const struct column *column = fixture->columns; column->header; column++)
        header->cells[header->count++].text = column->header;
}

void make_table(const struct fixture *fixture, unsigned import, struct table *table)
{
    begin_table(fixture, table);
    size_t width = table->lines[table->count - 1].count;
    unsigned next = fixture->first;
    struct facts last = {0};
    for (const char *mark = fixture->plan; *mark; mark++) {
        unsigned variant = (unsigned)(mark - fixture->plan);
        struct line *line = &table->lines[table->count++];
        if (*mark == '=') {
            *line = line[-1];
            line->mark = '=';
        } else if (means_a_record(*mark)) {
            last = enterprise_facts(*mark == '+' ? last.enterprise : next++);
            vary(&last, *mark);
            limit_to_columns(fixture, &last);
            *line = facts_line(fixture, &last, *mark, variant);
        } else if (is_blank(*mark)) {
            *line = blank_line(fixture, *mark, width);
        } else {
            *line = dirty_line(fixture, *mark, variant);
        }
        if (means_a_record(*mark) && import != NO_IMPORT)
            book_record(import, &last);
    }
}
