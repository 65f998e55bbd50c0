/* One list that is written in every container there is. */
#include "fixtures.h"

static const struct fixture list = {
    .path = "20230808",
    .columns = (const struct column[]){{NAME, "企业名称"},
                                       {CODE, "统一社会信用代码"},
                                       {NUMBER, "注册号"},
                                       {FOUNDED, "成立日期"},
                                       {STATUS, "登记状态"},
                                       {CAPITAL, "注册资本"},
                                       {PROVINCE, "所属省份"},
                                       {ADDRESS, "注册地址"},
                                       {SCOPE, "经营范围"},
                                       {FORMER, "曾用名"},
                                       {NAME, NULL}},
    .first = 0,
    .plan = "..n.L.M..Ye.D.=I.d.o.r.U.-.b.S.H..f.W.J.Qm..-.F.x....K.X...................x",
    .missing = "-",
};

/* Line breaks within cells would put the rows of text files on other lines than those of workbooks.
 */
static void make_one_line(struct table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        for (size_t j = 0; j < table->lines[i].count; j++) {
            struct cell *cell = &table->lines[i].cells[j];
            if (!cell->text)
                continue;
            char *text = text_of("%s", cell->text);
            for (char *at = text; (at = strchr(at, '\n'));)
                *at = ' ';
            cell->text = text;
        }
    }
}

struct table list_table(enum dates dates, bool y1904)
{
    struct fixture fixture = list;
    struct table table;
    fixture.dates = dates;
    fixture.y1904 = y1904;
    make_table(&fixture, NO_IMPORT, &table);
    make_one_line(&table);
    return table;
}
