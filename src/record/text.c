#include "record/text.h"

#include <stdint.h>
#include <utf8proc.h>

#include "util/utf8.h"

/* ---- Clean cells ----------------------------------------------------------------------------- */

static bool is_ascii_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* White space beyond ASCII's, and marks of no width that come with copied text: U+0085, U+00A0,
 * U+1680, U+2000 to U+200B, U+2028, U+2029, U+202F, U+205F, U+3000, U+FEFF. */
static size_t wide_blank_at_start(struct slice text)
{
    const unsigned char *at = (const unsigned char *)text.at;
    if (at[0] == 0xc2)
        return text.length >= 2 && (at[1] == 0xa0 || at[1] == 0x85) ? 2 : 0;
    if (text.length < 3)
        return 0;
    unsigned rest = (unsigned)at[1] << 8 | at[2];
    switch (at[0]) {
    case 0xe1:
        return rest == 0x9a80 ? 3 : 0;
    case 0xe2:
        return (rest >= 0x8080 && rest <= 0x808b) || rest == 0x80a8 || rest == 0x80a9 ||
                       rest == 0x80af || rest == 0x819f
                   ? 3
                   : 0;
    case 0xe3:
        return rest == 0x8080 ? 3 : 0;
    case 0xef:
        return rest == 0xbbbf ? 3 : 0;
    default:
        return 0;
    }
}

/* How many bytes of white space the text begins with; 0 if none. */
static size_t blank_at_start(struct slice text)
{
    return is_ascii_blank(text.at[0]) ? 1 : wide_blank_at_start(text);
}

static size_t blank_at_end(struct slice text)
{
    char last = text.at[text.length - 1];
    if (is_ascii_blank(last))
        return 1;
    if ((signed char)last >= 0)
        return 0;
    for (size_t width = 2; width <= 3 && width <= text.length; width++)
        if (wide_blank_at_start(slice_from(text, text.length - width)) == width)
            return width;
    return 0;
}

struct slice text_trim_start(struct slice text)
{
    size_t blank;
    while (text.length > 0 && (blank = blank_at_start(text)) > 0)
        text = slice_from(text, blank);
    return text;
}

struct slice text_trim_end(struct slice text)
{
    size_t blank;
    while (text.length > 0 && (blank = blank_at_end(text)) > 0)
        text.length -= blank;
    return text;
}

static struct slice trim(struct slice text)
{
    return text_trim_end(text_trim_start(text));
}

/* What a cell may be that begins with a byte; nearly all begin with another one. */
enum { WRAPPED = 1, MISSING = 2 };

static const unsigned char beginnings[256] = {
    [' '] = WRAPPED,
    ['\t'] = WRAPPED,
    ['\n'] = WRAPPED,
    ['\v'] = WRAPPED,
    ['\f'] = WRAPPED,
    ['\r'] = WRAPPED,
    ['='] = WRAPPED,
    ['\''] = WRAPPED,
    [0xc2] = WRAPPED,
    [0xe1] = WRAPPED,
    [0xe3] = WRAPPED,
    [0xe2] = WRAPPED | MISSING,
    [0xef] = WRAPPED | MISSING,
    ['-'] = MISSING,
    ['/'] = MISSING,
    ['\\'] = MISSING,
    ['*'] = MISSING,
    ['n'] = MISSING,
    ['N'] = MISSING,
    [0xe6] = MISSING, /* 无, 暂, 未 */
};

static bool may_be(struct slice text, unsigned what)
{
    return beginnings[(unsigned char)text.at[0]] & what;
}

static bool may_end_blank(struct slice text)
{
    const unsigned char *end = (const unsigned char *)text.at + text.length;
    if (end[-1] < 0x80)
        return is_ascii_blank((char)end[-1]);
    /* The first bytes of white space beyond ASCII's. */
    return end[-2] == 0xc2 || end[-3] == 0xe1 || end[-3] == 0xe2 || end[-3] == 0xe3 ||
           end[-3] == 0xef;
}

/* What neither begins nor ends as something that is taken off, as nearly all cells do. */
static bool is_clean(struct slice text)
{
    return text.length >= 3 && !may_be(text, WRAPPED) && !may_end_blank(text);
}

struct slice text_clean(struct slice cell)
{
    if (is_clean(cell))
        return cell;
    struct slice text = trim(cell);
    if (text.length >= 3 && slice_starts_with(text, SLICE("=\"")) &&
        text.at[text.length - 1] == '"')
        text = trim((struct slice){text.at + 2, text.length - 3});
    if (text.length > 0 && text.at[0] == '\'')
        text = trim(slice_from(text, 1));
    return text;
}

/* ---- Missing values -------------------------------------------------------------------------- */

/* The longest word, null in full-width letters, takes as many bytes. */
#define MARKER_BYTES 12

static bool is_run_of_signs(struct slice text)
{
    static const struct slice signs[] = {
        {"-", 1},
        {"/", 1},
        {"\\", 1},
        {"*", 1},
        {"\xe2\x80\x90", 3},
        {"\xe2\x80\x91", 3},
        {"\xe2\x80\x92", 3},
        {"\xe2\x80\x93", 3},
        {"\xe2\x80\x94", 3},
        {"\xe2\x80\x95", 3},
        {"\xe2\x88\x92", 3},
        {"\xe2\x94\x80", 3},
        {"\xef\xb9\x98", 3},
        {"\xef\xb9\xa3", 3},
        {"\xef\xbc\x8d", 3},
        {"\xef\xbc\x8f", 3},
        {"\xef\xbc\xbc", 3},
        {"\xef\xbc\x8a", 3},
    };
    while (text.length > 0) {
        size_t taken = 0;
        for (size_t i = 0; i < sizeof signs / sizeof *signs && !taken; i++)
            if (slice_starts_with(text, signs[i]))
                taken = signs[i].length;
        if (!taken)
            return false;
        text = slice_from(text, taken);
    }
    return true;
}

/* Many a place name shares the first byte of 未. */
static bool may_be_missing(struct slice text)
{
    static const struct slice firsts[] = {{"无", 3}, {"暂", 3}, {"未", 3}};
    if (text.at[0] != firsts[0].at[0])
        return may_be(text, MISSING);
    if (text.length > MARKER_BYTES)
        return false;
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++)
        if (slice_starts_with(text, firsts[i]))
            return true;
    return false;
}

bool text_is_missing(struct slice text)
{
    static const struct slice words[] = {
        {"无", 3},   {"暂无", 6}, {"未知", 6}, {"未公开", 9}, {"未披露", 9},
        {"null", 4}, {"none", 4}, {"nan", 3},  {"n/a", 3},
    };
    if (text.length == 0)
        return true;
    if (!may_be_missing(text))
        return false;
    if (is_run_of_signs(text))
        return true;
    if (text.length > MARKER_BYTES)
        return false;
    struct buffer folded = {0};
    text_fold(text, TEXT_FOLD_CASE, &folded);
    bool missing = false;
    for (size_t i = 0; i < sizeof words / sizeof *words && !missing; i++)
        missing = slice_equal(buffer_slice(&folded), words[i]);
    buffer_free(&folded);
    return missing;
}

struct slice text_value(struct slice cell)
{
    if (cell.length >= 3 && !may_be(cell, WRAPPED | MISSING) && !may_end_blank(cell))
        return cell;
    struct slice text = text_clean(cell);
    return text_is_missing(text) ? (struct slice){0} : text;
}

/* ---- Folding --------------------------------------------------------------------------------- */

/* U+FFFD, for a byte that is no UTF-8. */
#define REPLACEMENT SLICE("\xef\xbf\xbd")

/* What the library gets at once, at most: it orders marks in time that grows with the square. */
#define PIECE_BYTES 1024

/* No character comes apart into more code points per byte (U+FDFA: three bytes, 18 of them). */
#define PARTS_PER_BYTE 6

/* Brackets that NFKC leaves as they are, and the ones that stand for them all. */
static const struct {
    utf8proc_int32_t bracket;
    char plain;
} brackets[] = {
    {'[', '('},    {']', ')'},    {'{', '('},    {'}', ')'},    {0x3008, '('}, {0x3009, ')'},
    {0x300a, '('}, {0x300b, ')'}, {0x300c, '('}, {0x300d, ')'}, {0x300e, '('}, {0x300f, ')'},
    {0x3010, '('}, {0x3011, ')'}, {0x3014, '('}, {0x3015, ')'}, {0x3016, '('}, {0x3017, ')'},
    {0x3018, '('}, {0x3019, ')'}, {0x301a, '('}, {0x301b, ')'}, {0x27e6, '('}, {0x27e7, ')'},
    {0x27e8, '('}, {0x27e9, ')'}, {0x27ea, '('}, {0x27eb, ')'}, {0x2985, '('}, {0x2986, ')'},
};

static utf8proc_int32_t same_bracket(utf8proc_int32_t codepoint)
{
    for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++)
        if (brackets[i].bracket == codepoint)
            return brackets[i].plain;
    return codepoint;
}

static bool is_space(utf8proc_int32_t codepoint)
{
    if (codepoint < 0x80)
        return is_ascii_blank((char)codepoint);
    utf8proc_category_t category = utf8proc_category(codepoint);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP || codepoint == 0x85 || codepoint == 0x200b ||
           codepoint == 0xfeff;
}

/*
 * Characters that NFKC and case folding leave alone, and before which a text may be cut (none of
 * them goes together with what stands before it). With ASCII and its full-width forms they are
 * nearly all of Chinese text.
 */
static bool is_inert(utf8proc_int32_t codepoint)
{
    return (codepoint >= 0x4000 && codepoint <= 0x9fff) ||
           (codepoint >= 0x3001 && codepoint <= 0x3029) ||
           (codepoint >= 0x2018 && codepoint <= 0x201f) ||
           (codepoint >= 0x2013 && codepoint <= 0x2016) || codepoint == 0xb7;
}

int32_t text_known_form(struct slice text, size_t *length)
{
    const unsigned char *at = (const unsigned char *)text.at;
    size_t left = text.length;
    int32_t codepoint;
    *length = 1;
    if (at[0] < 0x80)
        return at[0];
    if (left >= 3 && at[0] >= 0xe2 && at[0] <= 0xef && (at[1] & 0xc0) == 0x80 &&
        (at[2] & 0xc0) == 0x80) {
        *length = 3;
        codepoint = (at[0] & 0x0f) << 12 | (at[1] & 0x3f) << 6 | (at[2] & 0x3f);
    } else if (left >= 2 && at[0] == 0xc2 && (at[1] & 0xc0) == 0x80) {
        *length = 2;
        codepoint = (at[0] & 0x1f) << 6 | (at[1] & 0x3f);
    } else {
        return -1;
    }
    if (codepoint >= 0xff01 && codepoint <= 0xff5e)
        return codepoint - 0xff01 + '!';
    if (codepoint == 0x3000)
        return ' ';
    return is_inert(codepoint) ? codepoint : -1;
}

/*
 * Writes the form of a character of three bytes, with one byte more, if it is an ideograph, a
 * full-width form of ASCII or a mark of Chinese text. Which of them comes next cannot be foreseen,
 * so that branches would take longer. Returns how many bytes the form has; 0 for other characters.
 */
static inline size_t fold_wide(const unsigned char *at, unsigned fold, char *to)
{
    unsigned codepoint = (at[0] & 0x0fu) << 12 | (at[1] & 0x3fu) << 6 | (at[2] & 0x3fu);
    unsigned ascii = codepoint - 0xff01 + '!';
    bool takes_marks = !(fold & TEXT_SAME_BRACKETS); /* some are brackets */
    bool is_whole = ((at[0] & 0xf0) == 0xe0) & ((at[1] & 0xc0) == 0x80) & ((at[2] & 0xc0) == 0x80);
    bool is_ideograph = codepoint - 0x4000 <= 0x9fff - 0x4000;
    bool is_mark = takes_marks & (codepoint - 0x3001 <= 0x3029 - 0x3001);
    bool is_ascii = takes_marks & (codepoint - 0xff01 <= 0xff5e - 0xff01);
    if (!(is_whole & (is_ideograph | is_mark | is_ascii)))
        return 0;
    if (fold & TEXT_FOLD_CASE)
        ascii += ascii - 'A' <= 'Z' - 'A' ? 'a' - 'A' : 0;
    memcpy(to, at, 4);
    to[0] = (char)(is_ascii ? ascii : at[0]);
    return 3 - 2 * (size_t)is_ascii;
}

/*
 * Folds off the front what text_known_form knows. Where it meets another character it also leaves
 * the one before it, with which that may go together. `out` has room for the whole text.
 */
static struct slice fold_known(struct slice text, unsigned fold, struct buffer *out)
{
    const unsigned char *at = (const unsigned char *)text.at, *end = at + text.length, *last = at;
    char *to = out->data + out->length, *before = to;
    while (at < end) {
        size_t length = 3, written;
        if (end - at >= 8 && text_two_ideographs((const char *)at)) {
            memcpy(to, at, 8);
            last = at + 3;
            before = to + 3;
            at += 6;
            to += 6;
            continue;
        }
        if (end - at >= 4 && (written = fold_wide(at, fold, to)) > 0) {
            last = at;
            before = to;
            at += 3;
            to += written;
            continue;
        }
        int32_t form =
            text_known_form((struct slice){(const char *)at, (size_t)(end - at)}, &length);
        if (form < 0)
            break;
        last = at;
        before = to;
        if ((fold & TEXT_SAME_BRACKETS) && (form < 0x80 || (form >> 8) == 0x30))
            form = same_bracket(form);
        if (form >= 0x80) {
            memcpy(to, at, length);
            to += length;
        } else if (!(fold & TEXT_DROP_SPACE) || !is_ascii_blank((char)form)) {
            bool lower = (fold & TEXT_FOLD_CASE) && form >= 'A' && form <= 'Z';
            *to++ = (char)(lower ? form + ('a' - 'A') : form);
        }
        at += length;
    }
    if (at < end) {
        at = last;
        to = before;
    }
    out->length = (size_t)(to - out->data);
    return slice_from(text, text.length - (size_t)(end - at));
}

static void append_folded(utf8proc_int32_t codepoint, unsigned fold, struct buffer *out)
{
    if ((fold & TEXT_DROP_SPACE) && is_space(codepoint))
        return;
    if (fold & TEXT_SAME_BRACKETS)
        codepoint = same_bracket(codepoint);
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t length = utf8proc_encode_char(codepoint, bytes);
    buffer_append(out, (struct slice){(const char *)bytes, (size_t)length});
}

/* How long the character at the start is; 0 if there is no UTF-8. */
static size_t character_length(struct slice text)
{
    utf8proc_int32_t codepoint;
    utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)text.at,
                                               (utf8proc_ssize_t)text.length, &codepoint);
    return length > 0 ? (size_t)length : 0;
}

/* The first character and what follows, up to one that is known or a byte that is no UTF-8. */
static size_t piece_length(struct slice text)
{
    size_t length = character_length(text), step = length;
    while (step > 0 && length < text.length && length < PIECE_BYTES - 4) {
        struct slice rest = slice_from(text, length);
        size_t known;
        if (text_known_form(rest, &known) >= 0)
            break;
        step = character_length(rest);
        length += step;
    }
    return length;
}

static void fold_by_library(struct slice piece, unsigned fold, struct buffer *out)
{
    utf8proc_int32_t parts[PIECE_BYTES * PARTS_PER_BYTE];
    utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT;
    if (fold & TEXT_FOLD_CASE)
        options |= UTF8PROC_CASEFOLD;
    utf8proc_ssize_t count =
        utf8proc_decompose((const utf8proc_uint8_t *)piece.at, (utf8proc_ssize_t)piece.length,
                           parts, sizeof parts / sizeof *parts, options);
    if (count >= 0 && (size_t)count <= sizeof parts / sizeof *parts)
        count = utf8proc_normalize_utf32(parts, count, options);
    else
        out->failed = true, count = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++)
        append_folded(parts[i], fold, out);
}

void text_fold(struct slice text, unsigned fold, struct buffer *out)
{
    while (text.length > 0 && buffer_reserve(out, text.length)) {
        text = fold_known(text, fold, out);
        if (text.length == 0)
            break;
        size_t piece = piece_length(text);
        if (piece > 0)
            fold_by_library((struct slice){text.at, piece}, fold, out);
        else
            buffer_append(out, REPLACEMENT);
        text = slice_from(text, piece > 0 ? piece : 1);
    }
}

bool text_has_replacement(struct slice text)
{
    /* Its last byte is rare; looking for that one is several times faster than for all three. */
    const char *end = text.at + text.length;
    for (const char *at = text.at; at < end; at++) {
        at = memchr(at, REPLACEMENT.at[2], (size_t)(end - at));
        if (!at)
            return false;
        if (at - text.at >= 2 && memcmp(at - 2, REPLACEMENT.at, 3) == 0)
            return true;
    }
    return false;
}
