#include "registry/source.h"

#include "suite.h"

static void check_in(const char *text, const char *expected)
{
    const char *source = source_in(slice_of(text));
    ck_assert_msg(expected ? source && strcmp(source, expected) == 0 : !source,
                  "%s names %s, expected %s", text, source ? source : "none",
                  expected ? expected : "none");
}

START_TEST(vendors_in_texts)
{
    check_in("【天眼查】企业搜索“外贸”20240101.csv", "tianyancha");
    check_in("【企查查】查企业-高级搜索.xls", "qichacha");
    check_in("批量导出-【爱企查】-1.xls", "aiqicha");
    check_in("启信宝", "qixinbao");
    check_in("声明：以下信息由企查查提供", "qichacha");
    check_in("", NULL);
    check_in("list.csv", NULL);
    check_in("企业查询.csv", NULL);
    check_in("tianyancha.csv", NULL);
}
END_TEST

START_TEST(of_several_the_first)
{
    check_in("企查查与天眼查", "qichacha");
    check_in("天眼查与企查查", "tianyancha");
    check_in("启信宝、爱企查", "qixinbao");
}
END_TEST

START_TEST(options)
{
    ck_assert_str_eq(source_of_option("天眼查"), "tianyancha");
    ck_assert_str_eq(source_of_option("企查查"), "qichacha");
    ck_assert_str_eq(source_of_option("爱企查"), "aiqicha");
    ck_assert_str_eq(source_of_option("启信宝"), "qixinbao");
    ck_assert_str_eq(source_of_option("tianyancha"), "tianyancha");
    ck_assert_str_eq(source_of_option("our own list"), "our own list");
    ck_assert_str_eq(source_of_option("我的企查查"), "我的企查查");
}
END_TEST

START_TEST(names_that_can_be_printed)
{
    ck_assert(source_name_is_valid("other"));
    ck_assert(source_name_is_valid("市商务局 2024"));
    ck_assert(!source_name_is_valid(""));
    ck_assert(!source_name_is_valid("a+b"));
    ck_assert(!source_name_is_valid("a\nb"));
    ck_assert(!source_name_is_valid("\x1b[31m"));
    ck_assert(!source_name_is_valid("a\x7f"));
}
END_TEST

START_TEST(numbers)
{
    struct cbec_registry registry = {0};
    struct cbec_error error;
    int64_t a = 0, b = 0, again = 0;
    ck_assert_int_eq(sqlite3_open(":memory:", &registry.db), SQLITE_OK);
    ck_assert_int_eq(registry_execute(&registry,
                                      "CREATE TABLE source (id INTEGER PRIMARY KEY,"
                                      " name TEXT NOT NULL UNIQUE)",
                                      &error),
                     CBEC_OK);
    ck_assert_int_eq(source_number(&registry, "qichacha", &a, &error), CBEC_OK);
    ck_assert_int_eq(source_number(&registry, "名录'; --", &b, &error), CBEC_OK);
    ck_assert_int_ne(a, b);
    ck_assert_int_eq(source_number(&registry, "qichacha", &again, &error), CBEC_OK);
    ck_assert_int_eq(again, a);
    ck_assert_int_eq(source_number(&registry, "名录'; --", &again, &error), CBEC_OK);
    ck_assert_int_eq(again, b);
    int64_t count = 0;
    ck_assert_int_eq(registry_integer(&registry, "SELECT count(*) FROM source", &count, &error),
                     CBEC_OK);
    ck_assert_int_eq(count, 2);
    sqlite3_close(registry.db);
}
END_TEST

SUITE_MAIN("source", vendors_in_texts, of_several_the_first, options, names_that_can_be_printed,
           numbers)
