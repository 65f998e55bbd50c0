#include "record/code.h"

#include "record/text.h"

/* GB 32100-2015: digits and capitals without I, O, S, V and Z; a character's value is its place. */
#define CREDIT_ALPHABET "0123456789ABCDEFGHJKLMNPQRTUWXY"

/* Numbers that pass the check and that people type where they have none. */
static const char *const placeholders[] = {"123456789012345678", "000000000000000000"};

/* One more than the value of each character of the alphabet; 0 for all others. */
static const unsigned char credit_places[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
    ['G'] = 17, ['H'] = 18, ['J'] = 19, ['K'] = 20, ['L'] = 21, ['M'] = 22, ['N'] = 23, ['P'] = 24,
    ['Q'] = 25, ['R'] = 26, ['T'] = 27, ['U'] = 28, ['W'] = 29, ['X'] = 30, ['Y'] = 31,
};

static int credit_place(char character)
{
    return credit_places[(unsigned char)character];
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static bool all_digits(struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!is_digit(text.at[i]))
            return false;
    return true;
}

/* How many bytes of hyphen the text begins with: the hyphen of ASCII, U+2010 to U+2015, U+2212. */
static size_t hyphen_at_start(struct slice text)
{
    if (text.at[0] == '-')
        return 1;
    if (slice_starts_with(text, SLICE("\xe2\x88\x92")))
        return 3;
    if (text.length >= 3 && slice_starts_with(text, SLICE("\xe2\x80")) &&
        (unsigned char)text.at[2] >= 0x90 && (unsigned char)text.at[2] <= 0x95)
        return 3;
    return 0;
}

/* Appends a code of letters and digits alone, as nearly all are; false if it holds anything else.
 * Which of them comes next nobody can tell: so nothing depends on it until the end. */
static bool append_plain(struct slice text, struct buffer *out)
{
    if (!buffer_reserve(out, text.length))
        return false;
    char *data = out->data;
    size_t length = out->length;
    bool plain = true;
    for (size_t i = 0; i < text.length; i++) {
        unsigned character = (unsigned char)text.at[i];
        if (character - 'a' < 26)
            character -= 'a' - 'A';
        plain &= (character - '0' < 10) | (character - 'A' < 26);
        data[length + i] = (char)character;
    }
    out->length += plain ? text.length : 0;
    return plain;
}

void code_fold(struct slice text, struct buffer *out)
{
    size_t kept = out->length, at = kept;
    if (append_plain(text, out))
        return;
    text_fold(text, TEXT_DROP_SPACE, out);
    while (at < out->length) {
        size_t hyphen = hyphen_at_start((struct slice){out->data + at, out->length - at});
        at += hyphen;
        if (hyphen)
            continue;
        char character = out->data[at++];
        if (character >= 'a' && character <= 'z')
            character = (char)(character - 'a' + 'A');
        out->data[kept++] = character;
    }
    out->length = kept;
}

char credit_code_check(struct slice first_17)
{
    static const int weights[] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    int sum = 0;
    if (first_17.length < CODE_LENGTH - 1)
        return '\0';
    for (size_t i = 0; i < CODE_LENGTH - 1; i++) {
        int place = credit_place(first_17.at[i]);
        if (place == 0)
            return '\0';
        sum += (place - 1) * weights[i];
    }
    return CREDIT_ALPHABET[(31 - sum % 31) % 31];
}

/* What a spreadsheet shows of a long number: 9.1442E+17, 9E+17, 9.1442E17. */
static bool is_scientific(struct slice text)
{
    size_t at = 1;
    if (text.length < 4 || !is_digit(text.at[0]))
        return false;
    if (text.at[at] == '.')
        for (at++; at < text.length && is_digit(text.at[at]);)
            at++;
    struct slice exponent = slice_from(text, at);
    if (exponent.length < 3 || exponent.at[0] != 'E')
        return false;
    exponent = slice_from(exponent, exponent.at[1] == '+' ? 2 : 1);
    return exponent.length == 2 && all_digits(exponent);
}

/* A spreadsheet keeps 15 digits of a number and puts zeros for the rest. */
static bool lost_its_end(struct slice folded)
{
    return folded.length == CODE_LENGTH && all_digits(folded) &&
           slice_ends_with(folded, SLICE("000"));
}

static bool is_of_pilot(struct slice folded)
{
    return slice_starts_with(folded, SLICE("9135")) &&
           slice_starts_with(slice_from(folded, 8), SLICE("M000"));
}

static bool is_placeholder(struct slice folded)
{
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
        if (slice_equal(folded, slice_of(placeholders[i])))
            return true;
    return false;
}

enum code_class credit_code_class(struct slice folded)
{
    if (folded.length == 0)
        return CODE_MISSING;
    if (folded.length != CODE_LENGTH)
        return is_scientific(folded) ? CODE_DAMAGED : CODE_INVALID;
    if (is_placeholder(folded))
        return CODE_INVALID;
    char check = credit_code_check(folded), last = folded.at[CODE_LENGTH - 1];
    if (check && check == last)
        return all_digits((struct slice){folded.at + 2, 6}) ? CODE_VALID : CODE_INVALID;
    if (lost_its_end(folded) || is_scientific(folded))
        return CODE_DAMAGED;
    return check && credit_place(last) && is_of_pilot(folded) ? CODE_PILOT : CODE_INVALID;
}

bool registration_no_is_valid(struct slice folded)
{
    if (folded.length != REGISTRATION_NO_LENGTH || !all_digits(folded))
        return false;
    int product = 10; /* ISO 7064, hybrid system MOD 11,10 */
    for (size_t i = 0; i < REGISTRATION_NO_LENGTH - 1; i++) {
        /* Both remainders are of numbers less than twice the divisor. */
        int sum = product + folded.at[i] - '0';
        sum = sum > 10 ? sum - 10 : sum ? sum : 10;
        product = sum > 5 ? sum * 2 - 11 : sum * 2;
    }
    return (11 - product) % 10 == folded.at[REGISTRATION_NO_LENGTH - 1] - '0';
}
