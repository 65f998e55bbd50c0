/*
 * work_list.h: lists of any length with the same spread of values. Registries made of them differ
 * in how many enterprises there are of each kind, and in nothing else.
 */
#ifndef CBEC_TESTS_WORK_LIST_H
#define CBEC_TESTS_WORK_LIST_H

#include <stdio.h>
#include <unistd.h>

#include "opened.h"
#include "record/code.h"
#include "suite.h"
#include "work.h"

/* Enterprises so far apart are alike but for name, code and address. */
enum { LIST_KINDS = 1000 };

/* `rows` enterprises, from the first one on. */
struct list {
    const char *source;
    const char *day;
    int rows;
    int step;          /* from one enterprise to the next */
    int changed_every; /* row that often, another address than in lists without it; 0: never */
    int refused_every; /* row that often, one that is refused comes behind it; 0: never */
    int doubted; /* of the enterprises below this one it says another status than other lists */
};

static inline unsigned list_draw(unsigned *state, unsigned below)
{
    *state = *state * 1103515245u + 12345u;
    return (*state >> 16) % below;
}

/* A code of no province. */
static inline void list_code(int nth, char code[CODE_LENGTH + 1])
{
    snprintf(code, CODE_LENGTH + 1, "91100000%09d", nth);
    code[CODE_LENGTH - 1] = credit_code_check((struct slice){code, CODE_LENGTH - 1});
    code[CODE_LENGTH] = '\0';
}

static inline void list_write_row(FILE *file, int nth, bool doubted, bool changed)
{
    static const char *const statuses[] = {"存续", "注销", "吊销", "在业", "迁出"};
    static const char *const provinces[] = {"浙江", "广东", "", "北京"};
    static const char *const cities[] = {"杭州市", "深圳市", "", "宁波市"};
    static const char *const capitals[] = {"10万", "300万人民币", "9000万", "50万美元", ""};
    static const char *const types[] = {"有限责任公司", "个人独资企业", ""};
    static const char *const scopes[] = {"跨境电商", "海外仓服务", "零售"};
    unsigned state = (unsigned)(nth % LIST_KINDS);
    char code[CODE_LENGTH + 1];
    list_code(nth, code);
    unsigned status = list_draw(&state, 5), year = 2015 + list_draw(&state, 10);
    unsigned month = 1 + list_draw(&state, 6), day = 1 + list_draw(&state, 28);
    fprintf(file, "第%d号公司,%s,%s,%u-%02u-%02u,", nth, code, statuses[(status + doubted) % 5],
            year, month, day);
    fprintf(file, "%s,", status == 1 || status == 2 ? "2024-06-30" : "");
    fprintf(file, "%s,%s,", provinces[list_draw(&state, 4)], cities[list_draw(&state, 4)]);
    fprintf(file, "%s,%s,", capitals[list_draw(&state, 5)], types[list_draw(&state, 3)]);
    fprintf(file, "行业%u,%s,", list_draw(&state, 6), scopes[list_draw(&state, 3)]);
    fprintf(file, "中山路%d号%s\n", nth, changed ? "二楼" : "");
}

static inline void list_write(const struct list *list, const char *path)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "企业名称,统一社会信用代码,经营状态,成立日期,注销日期,所属省份,所属城市,"
                  "注册资本,公司类型,所属行业,经营范围,注册地址\n");
    for (int row = 1; row <= list->rows; row++) {
        int nth = (row - 1) * list->step;
        list_write_row(file, nth, nth < list->doubted,
                       list->changed_every && row % list->changed_every == 0);
        if (list->refused_every && row % list->refused_every == 0)
            fprintf(file,
                    row % 2 ? ",,存续,2020-01-01,,,,,,,,\n" : "没有日期公司,,存续,,,,,,,,,\n");
    }
    ck_assert_int_eq(fclose(file), 0);
}

/* The list stands beside the registry, since other tests may run in the same folder. */
static inline void list_import(struct cbec_registry *registry, const struct list *list)
{
    char path[100];
    const struct cbec_import_options options = {.source = list->source, .data_date = list->day};
    struct cbec_error error;
    snprintf(path, sizeof path, "%s.csv", registry->path);
    list_write(list, path);
    enum cbec_status status = cbec_import(registry, path, &options, &error);
    unlink(path);
    ck_assert_msg(status == CBEC_OK, "%s", error.message);
}

#endif
