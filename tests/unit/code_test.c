#include "record/code.h"

#include "suite.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define ALPHABET "0123456789ABCDEFGHJKLMNPQRTUWXY"

static const char *const CLASS_NAMES[] = {
    [CODE_MISSING] = "missing", [CODE_VALID] = "valid",     [CODE_PILOT] = "pilot",
    [CODE_DAMAGED] = "damaged", [CODE_INVALID] = "invalid",
};

/* Codes of enterprises, of organisations of other kinds, and examples of the standard. */
static const char *const VALID[] = {
    "91310000775785552L", "91330100799655058B", "91440300708461136T", "9144030071526726XG",
    "914403001922038216", "91410105MA9G98K57A", "91310115591693856A", "91110000600037341L",
    "92360727L641612442", "91440300X18859593N", "91350100M000100Y43", "12440600MB2C07549J",
    "51610700305332460K", "52610500MJU60350X1", "11991000010647510A", "121200004013590816",
    "911522010783762860", "9135010557098120XJ",
};

static void check_fold(const char *text, const char *expected)
{
    struct buffer out = {0};
    code_fold(slice_of(text), &out);
    assert_slice(buffer_slice(&out), expected);
    buffer_free(&out);
}

static void check_class(const char *text, enum code_class expected)
{
    struct buffer out = {0};
    code_fold(slice_of(text), &out);
    enum code_class class = credit_code_class(buffer_slice(&out));
    ck_assert_msg(class == expected, "\"%s\" is %s, expected %s", text, CLASS_NAMES[class],
                  CLASS_NAMES[expected]);
    buffer_free(&out);
}

START_TEST(codes_are_folded)
{
    check_fold("91310000775785552l", "91310000775785552L");
    check_fold("９１３１００００７７５７８５５５２Ｌ", "91310000775785552L");
    check_fold(" 9131 0000-7757 8555\u3000-2L\t", "91310000775785552L");
    check_fold("D2143569-X", "D2143569X");
    check_fold("D2143569－x", "D2143569X");
    check_fold("D2143569‐X—–−", "D2143569X");
    check_fold("企合苏锡总字第0001", "企合苏锡总字第0001");
    check_fold("“9”", "“9”");
    check_fold("", "");
    struct buffer out = {0};
    buffer_append(&out, SLICE("a-"));
    code_fold(SLICE("b-c"), &out);
    assert_slice(buffer_slice(&out), "a-BC");
    buffer_free(&out);
}
END_TEST

START_TEST(every_ascii_character_is_folded)
{
    struct buffer out = {0};
    for (int character = 0; character < 0x80; character++) {
        char text[] = {'1', (char)character, 'b'};
        bool drops =
            character == ' ' || character == '-' || (character >= '\t' && character <= '\r');
        bool lower = character >= 'a' && character <= 'z';
        char folded[] = {'1', (char)(lower ? character - 'a' + 'A' : character), 'B'};
        buffer_clear(&out);
        buffer_append(&out, SLICE("a"));
        code_fold((struct slice){text, sizeof text}, &out);
        struct slice expected = drops ? SLICE("1B") : (struct slice){folded, sizeof folded};
        ck_assert_msg(slice_equal(slice_from(buffer_slice(&out), 1), expected) &&
                          out.data[0] == 'a',
                      "character %d", character);
    }
    buffer_free(&out);
}
END_TEST

START_TEST(valid_codes)
{
    for (size_t i = 0; i < COUNT(VALID); i++) {
        check_class(VALID[i], CODE_VALID);
        ck_assert_int_eq(credit_code_check((struct slice){VALID[i], 17}), VALID[i][17]);
    }
    check_class("91 110000 600037341L", CODE_VALID);
    check_class("91510823MA6CJ9UAxx", CODE_VALID);
    check_class("91310000x072143273", CODE_VALID);
    /* With an E among digits, as a number in scientific notation has. */
    check_class("91310000123456E89X", CODE_VALID);
    check_class("91310000E123456786", CODE_VALID);
}
END_TEST

START_TEST(one_wrong_character_is_always_found)
{
    for (size_t i = 0; i < COUNT(VALID); i++)
        for (size_t at = 0; at < CODE_LENGTH; at++)
            for (const char *other = ALPHABET "IOSVZ!"; *other; other++) {
                char code[CODE_LENGTH + 1];
                memcpy(code, VALID[i], sizeof code);
                code[at] = *other;
                enum code_class class = credit_code_class(slice_of(code));
                if (*other == VALID[i][at])
                    ck_assert_int_eq(class, CODE_VALID);
                else
                    ck_assert_msg(class != CODE_VALID, "%s", code);
            }
}
END_TEST

START_TEST(pilot_codes)
{
    static const char *const PILOT[] = {
        "91350100M0001TGQXM", "91350211M0000XUF46", "91350203M0001FUE2P", "91350203M0001QKT19",
        "91350211M00013FA1N", "91350100M000100Y4A", "91350200M000000510", "91350128M00000019A",
    };
    for (size_t i = 0; i < COUNT(PILOT); i++)
        check_class(PILOT[i], CODE_PILOT);
    check_class("91350100m0001tgqxm", CODE_PILOT);
    check_class("91360100M0001TGQXM", CODE_INVALID); /* another province */
    check_class("91350100M0011TGQXM", CODE_INVALID); /* another organisation code */
    check_class("91350100M0001TGQXO", CODE_INVALID); /* no character of the alphabet */
    check_class("91350100M0001TGIXM", CODE_INVALID);
    check_class("91350100M000100Y4Z", CODE_INVALID);
    check_class("91350100M0001TGQX", CODE_INVALID);
    check_class("91350100M0001TGQXMM", CODE_INVALID);
}
END_TEST

START_TEST(damaged_codes)
{
    static const char *const DAMAGED[] = {
        "9.1442E+17",
        "9.1442e+17",
        "9.1442E17",
        "9E+17",
        "9.14420078389070E+17",
        "4.40301E+14",
        "９．１４４２Ｅ＋１７",
        "914419007838907000",
        "91441900783890700 0",
        "9.14419007838E+17",
        "9.1441900783890E+17",
        "9.144190078389E+17",
        "9.1441900783891E17",
    };
    for (size_t i = 0; i < COUNT(DAMAGED); i++)
        check_class(DAMAGED[i], CODE_DAMAGED);
    check_class("914419007838907001", CODE_INVALID);
    check_class("914419007838907100", CODE_INVALID);
    check_class("91441900783890700", CODE_INVALID);
    check_class("91441900783890X000", CODE_INVALID);
    check_class("91.442E+17", CODE_INVALID);
    check_class("9.1442E+1", CODE_INVALID);
    check_class("9.1442E+", CODE_INVALID);
    check_class("9.1442E+177", CODE_INVALID);
    check_class("9.1442", CODE_INVALID);
    check_class("E+17", CODE_INVALID);
    check_class(".1442E+17", CODE_INVALID);
    check_class("9.14.42E+17", CODE_INVALID);
    /* Its zeros are its own: it passes. */
    check_class("914419000000120000", CODE_VALID);
}
END_TEST

START_TEST(invalid_codes)
{
    static const char *const INVALID[] = {
        "123456789012345678",
        "000000000000000000",
        "1234 5678 9012 345678",
        "12345",
        "91110000600037341N",
        "91110000600037342L",
        "9111000060003IOZSV",
        "9131OOOO775785552L",
        "91310115591693856",
        "i1310115591693856A",
        "91A10115591693856A",
        "429006NA000000022X",
        "not-a-credit-code",
        "320404000009558",
        "13830295-X",
        "企合苏锡总字第0001",
        "92141100XYWDG8M3BB",
        "91510100201920161Y",
        "91522625QWER12345E",
    };
    for (size_t i = 0; i < COUNT(INVALID); i++)
        check_class(INVALID[i], CODE_INVALID);
    /* These have the right check character: a letter in the region, and the placeholder. */
    static const char *const PASSING[] = {
        "91A10000775785552K", "913A0000775785552R", "9131A000775785552G", "91310A007757855528",
        "913100A0775785552F", "9131000A7757855525", "123456789012345678"};
    for (size_t i = 0; i < COUNT(PASSING); i++) {
        ck_assert_int_eq(credit_code_check(slice_of(PASSING[i])), PASSING[i][17]);
        check_class(PASSING[i], CODE_INVALID);
    }
}
END_TEST

START_TEST(missing_codes)
{
    check_class("", CODE_MISSING);
    check_class("   \u3000", CODE_MISSING);
    ck_assert_int_eq(credit_code_class((struct slice){0}), CODE_MISSING);
}
END_TEST

START_TEST(check_needs_seventeen_of_the_alphabet)
{
    ck_assert_int_eq(credit_code_check(SLICE("91310000775785552")), 'L');
    ck_assert_int_eq(credit_code_check(SLICE("9131000077578555")), '\0');
    ck_assert_int_eq(credit_code_check((struct slice){0}), '\0');
    ck_assert_int_eq(credit_code_check(SLICE("9131000077578555O")), '\0');
    ck_assert_int_eq(credit_code_check(SLICE("9131000077578555l")), '\0');
    ck_assert_int_eq(credit_code_check(SLICE("9131000077578555\0")), '\0');
    ck_assert_int_eq(credit_code_check(SLICE("9131000077578555\xff")), '\0');
}
END_TEST

START_TEST(registration_numbers)
{
    static const char *const NUMBERS[] = {"110108000000016", "440301103448669", "440301103097413",
                                          "330100400013364", "310141000157096", "310000400311804",
                                          "320404000009558", "320404000005886", "320404000073274"};
    for (size_t i = 0; i < COUNT(NUMBERS); i++)
        for (size_t at = 0; at < REGISTRATION_NO_LENGTH; at++)
            for (char digit = '0'; digit <= '9'; digit++) {
                char number[REGISTRATION_NO_LENGTH + 1];
                memcpy(number, NUMBERS[i], sizeof number);
                number[at] = digit;
                ck_assert_msg(registration_no_is_valid(slice_of(number)) ==
                                  (digit == NUMBERS[i][at]),
                              "%s", number);
            }
    ck_assert(!registration_no_is_valid(SLICE("11010800000001")));
    ck_assert(!registration_no_is_valid(SLICE("1101080000000160")));
    ck_assert(!registration_no_is_valid(SLICE("11010800000001A")));
    ck_assert(!registration_no_is_valid(SLICE("1101080000000X6")));
    ck_assert(!registration_no_is_valid(SLICE("3209231100626")));
    ck_assert(!registration_no_is_valid((struct slice){0}));
}
END_TEST

SUITE_MAIN("code", codes_are_folded, every_ascii_character_is_folded, valid_codes,
           one_wrong_character_is_always_found, pilot_codes, damaged_codes, invalid_codes,
           missing_codes, check_needs_seventeen_of_the_alphabet, registration_numbers)
