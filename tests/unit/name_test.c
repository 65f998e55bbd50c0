#include "record/name.h"

#include "suite.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void check_slice(struct slice got, const char *expected)
{
    ck_assert_msg(slice_equal(got, slice_of(expected)), "got \"%.*s\", expected \"%s\"",
                  (int)got.length, got.at ? got.at : "", expected);
}

static void check(const char *name, const char *without)
{
    check_slice(name_without_suffixes(slice_of(name)), without);
}

static void check_key(const char *name, const char *key)
{
    struct buffer out = {0};
    name_key(slice_of(name), &out);
    check_slice(buffer_slice(&out), key);
    buffer_free(&out);
}

START_TEST(words_of_an_ending)
{
    static const char *const WORDS[] = {"迁出",        "已迁出",       "吊销",       "已吊销",
                                        "吊销未注销",  "吊销，未注销", "注销",       "已注销",
                                        "吊销,已注销", "吊销、未注销", "吊销后注销", " 已 注销 "};
    static const char *const BRACKETS[][2] = {{"（", "）"}, {"(", ")"},   {"（", ")"},
                                              {"(", "）"},  {"【", "】"}, {" (", ") "}};
    for (size_t i = 0; i < COUNT(WORDS); i++) {
        for (size_t j = 0; j < COUNT(BRACKETS); j++) {
            struct buffer name = {0};
            buffer_append_format(&name, "义乌甲贸易有限公司%s%s%s", BRACKETS[j][0], WORDS[i],
                                 BRACKETS[j][1]);
            check_slice(name_without_suffixes(buffer_slice(&name)), "义乌甲贸易有限公司");
            buffer_free(&name);
        }
    }
}
END_TEST

START_TEST(former_names)
{
    check("甲公司(曾用名: 乙公司)", "甲公司");
    check("甲公司（曾用名：乙公司、丙公司）", "甲公司");
    check("甲公司(曾用名: 乙（中国）有限公司)", "甲公司");
    check("甲公司（曾用名：乙(集团)有限公司（上海））", "甲公司");
    check("甲公司（原名：乙公司）", "甲公司");
    check("甲公司（原名称 乙公司）", "甲公司");
    check("甲公司（曾用名）", "甲公司");
    check("甲公司( 曾用名:乙)", "甲公司");
}
END_TEST

START_TEST(several_suffixes)
{
    check("甲公司（已注销）(曾用名: 乙公司)", "甲公司");
    check("甲公司(曾用名: 乙公司) （吊销，未注销） ", "甲公司");
    check("甲（中国）有限公司（已迁出）（已注销）", "甲（中国）有限公司");
    check("甲（有限合伙）（注销）", "甲（有限合伙）");
}
END_TEST

START_TEST(brackets_that_belong_to_the_name_stay)
{
    static const char *const NAMES[] = {"甲（集团）",
                                        "甲企业（有限合伙）",
                                        "甲（普通合伙）",
                                        "甲（中国）有限公司",
                                        "注销公司",
                                        "（已注销）甲公司",
                                        "甲（已注销）公司",
                                        "甲公司（注销代理）",
                                        "甲公司（非注销）",
                                        "甲公司已注销）",
                                        "甲公司（已注销",
                                        "甲公司（",
                                        "甲公司）",
                                        "甲公司（）",
                                        "甲公司（（已注销）北京）",
                                        "甲公司（现用名乙）",
                                        "甲公司（乙，曾用名：丙）",
                                        "甲公司（已注销）（中国）"};
    for (size_t i = 0; i < COUNT(NAMES); i++)
        check(NAMES[i], NAMES[i]);
}
END_TEST

START_TEST(a_name_never_becomes_empty)
{
    check("（已注销）", "（已注销）");
    check(" （已注销）（曾用名：甲）", " （已注销）（曾用名：甲）");
    check("", "");
    struct slice none = name_without_suffixes((struct slice){NULL, 0});
    ck_assert_uint_eq(none.length, 0);
    check_key("（已注销）", "(已注销)");
}
END_TEST

START_TEST(result_points_into_the_name)
{
    struct slice name = SLICE("甲公司（已注销）");
    ck_assert_ptr_eq(name_without_suffixes(name).at, name.at);
}
END_TEST

START_TEST(keys_of_names)
{
    check_key("义乌 甲（中国）有限公司", "义乌甲(中国)有限公司");
    check_key("义乌甲(中国)有限公司（已注销）", "义乌甲(中国)有限公司");
    check_key("甲【中国】公司 ( 曾用名： 乙【丙】公司 )", "甲(中国)公司");
    check_key("ＡＢＣ　Trading", "ABCTrading");
    check_key("abc", "abc");
    check_key("甲\u00A0公\n司", "甲公司");
    check_key("甲公司（已\u2003注销）", "甲公司");
    check_key("", "");
}
END_TEST

START_TEST(key_is_appended)
{
    struct buffer out = {0};
    buffer_append(&out, SLICE("x|"));
    name_key(SLICE("（注销）"), &out);
    buffer_append(&out, SLICE("|"));
    name_key(SLICE(""), &out);
    name_key(SLICE("甲（注销）"), &out);
    check_slice(buffer_slice(&out), "x|(注销)|甲");
    buffer_free(&out);
}
END_TEST

static unsigned draw(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % below;
}

/* What is dropped is dropped at once; suffixes and spelling do not change the key. */
START_TEST(random_names)
{
    static const char *const PIECES[] = {"甲",   "（",   "）",       "(",        ")",  " ",
                                         "注销", "，",   "未注销",   "吊销",     "已", "曾用名：",
                                         "原名", "公司", "（注销）", "(已吊销)", "【", "】"};
    unsigned seed = 5821;
    for (int round = 0; round < 50000; round++) {
        struct buffer name = {0};
        buffer_append(&name, SLICE("乙"));
        for (unsigned i = draw(&seed, 12); i > 0; i--)
            buffer_append(&name, slice_of(PIECES[draw(&seed, COUNT(PIECES))]));
        struct slice once = name_without_suffixes(buffer_slice(&name));
        ck_assert(slice_starts_with(buffer_slice(&name), once));
        ck_assert_uint_gt(once.length, 0);
        ck_assert(slice_equal(name_without_suffixes(once), once));

        struct buffer keys[3] = {{0}, {0}, {0}};
        name_key(buffer_slice(&name), &keys[0]);
        name_key(buffer_slice(&keys[0]), &keys[1]);
        ck_assert(slice_equal(buffer_slice(&keys[0]), buffer_slice(&keys[1])));
        buffer_append(&name, SLICE(" （吊销,\u3000未注销)（曾用名：甲(中国)公司) "));
        name_key(buffer_slice(&name), &keys[2]);
        ck_assert_msg(slice_equal(buffer_slice(&keys[0]), buffer_slice(&keys[2])), "%s",
                      buffer_string(&name));
        for (size_t i = 0; i < COUNT(keys); i++)
            buffer_free(&keys[i]);
        buffer_free(&name);
    }
}
END_TEST

SUITE_MAIN("name", words_of_an_ending, former_names, several_suffixes,
           brackets_that_belong_to_the_name_stay, a_name_never_becomes_empty,
           result_points_into_the_name, keys_of_names, key_is_appended, random_names)
