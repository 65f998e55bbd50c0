#include "input/plain_xml.h"

#include <stdlib.h>

#include "util/utf8.h"

/* A tag with more attributes is not plain. */
enum { MOST_ATTRIBUTES = 12 };

/* The rest of the text. A NUL stands at its end, which no loop passes. */
struct xml {
    const char *at;
    const char *end;
};

struct attributes {
    struct slice names[MOST_ATTRIBUTES];
    struct slice values[MOST_ATTRIBUTES];
    size_t count;
    bool is_empty; /* the tag is all of the element */
};

/* What ASCII may stand in: names, values in quotes, text. */
enum { IN_NAME = 1, IN_VALUE = 2, IN_TEXT = 4 };

/* For names, letters after the first one; for text, only what stands for itself: not > either,
 * which may end ]]>, which text must not hold, nor _, which may begin an escape. */
enum { T = IN_TEXT, V = IN_VALUE, B = IN_VALUE | IN_TEXT, A = IN_NAME | IN_VALUE | IN_TEXT };
/* clang-format off */
static const unsigned char places[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, T, T, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    B, B, T, B, B, B, 0, B, B, B, B, B, B, B, B, B, /* " & */
    A, A, A, A, A, A, A, A, A, A, A, B, 0, B, V, B, /* 0 to 9 : < > */
    B, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A,
    A, A, A, A, A, A, A, A, A, A, A, B, B, B, B, V, /* _ */
    B, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A,
    A, A, A, A, A, A, A, A, A, A, A, B, B, B, B, T,
};
/* clang-format on */

static inline bool may_stand_in(char byte, int place)
{
    return places[(unsigned char)byte] & place;
}

/* Each of these steps over what it reads; false if something else stands there. */

static inline bool skip(struct xml *xml, struct slice wanted)
{
    if ((size_t)(xml->end - xml->at) < wanted.length ||
        memcmp(xml->at, wanted.at, wanted.length) != 0)
        return false;
    xml->at += wanted.length;
    return true;
}

/* ---- Tags --------------------------------------------------------------------------------------
 */

static bool is_letter(char byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

/* The name that begins here; empty if there is none. */
static struct slice name_at(const char *text)
{
    const char *at = text;
    if (is_letter(*at)) {
        do {
            at++;
        } while (may_stand_in(*at, IN_NAME));
    }
    return (struct slice){text, (size_t)(at - text)};
}

/* A value, up to its quote or what expat would change or refuse. */
static struct slice value_at(const char *text)
{
    const char *at = text;
    while (may_stand_in(*at, IN_VALUE))
        at++;
    return (struct slice){text, (size_t)(at - text)};
}

static bool has_attribute(const struct attributes *attributes, size_t count, struct slice name)
{
    for (size_t i = 0; i < count; i++) {
        if (*attributes->names[i].at == *name.at && slice_equal(attributes->names[i], name))
            return true;
    }
    return false;
}

/* The rest of a start tag, behind its name. */
static bool read_attributes(struct xml *xml, struct attributes *attributes)
{
    const char *at = xml->at;
    size_t count = 0;
    for (; at[0] == ' ' && at[1] != '/'; count++) {
        struct slice name = name_at(at + 1);
        at = name.at + name.length;
        if (count == MOST_ATTRIBUTES || name.length == 0 || at[0] != '=' || at[1] != '"' ||
            has_attribute(attributes, count, name))
            return false;
        struct slice value = value_at(at + 2);
        at = value.at + value.length;
        if (*at++ != '"')
            return false;
        attributes->names[count] = name;
        attributes->values[count] = value;
    }
    attributes->count = count;
    at += *at == ' ';
    attributes->is_empty = *at == '/';
    at += attributes->is_empty;
    xml->at = at + 1;
    return *at == '>';
}

/* The first attribute whose name is this letter, whatever its prefix. */
static struct slice attribute(const struct attributes *attributes, char letter)
{
    for (size_t i = 0; i < attributes->count; i++) {
        struct slice name = attributes->names[i];
        const char *last = name.at + name.length - 1;
        if (*last == letter && (name.length == 1 || memchr(name.at, ':', name.length) == last - 1))
            return attributes->values[i];
    }
    return SLICE("");
}

/* ---- Text --------------------------------------------------------------------------------------
 */

/* Whether a character of three bytes that begins so has no limits for its second byte, and is none
 * of U+FFC0 to U+FFFF, of which XML does not have all. */
static bool is_common(const unsigned char *at)
{
    return (at[0] != 0xe0) & (at[0] != 0xed) & ((at[0] != 0xef) | (at[1] != 0xbf));
}

/* The length of what stands here in the form of nearly all of Chinese; 0: something else. */
static size_t common_length(const unsigned char *at, size_t left)
{
    if (left >= 8 && utf8_two_of_three(at) && is_common(at) && is_common(at + 3))
        return 6;
    bool is_one = (at[0] & 0xf0) == 0xe0 && (at[1] & 0xc0) == 0x80 && (at[2] & 0xc0) == 0x80;
    return is_one && is_common(at) ? 3 : 0;
}

static bool is_sound(struct slice text)
{
    bool cut;
    return utf8_valid_prefix(text, &cut) == text.length &&
           !slice_find(text, SLICE("\xef\xbf\xbe")) && !slice_find(text, SLICE("\xef\xbf\xbf"));
}

/* Text up to the next tag. An escape of workbooks (_x000D_) is none that is plain. */
static bool read_text(struct xml *xml, struct slice *text)
{
    const unsigned char *at = (const unsigned char *)xml->at;
    bool is_usual = true;
    size_t length;
    for (;;) {
        if (places[*at] & IN_TEXT) {
            at++;
        } else if (*at >= 0x80) {
            length = common_length(at, (size_t)(xml->end - (const char *)at));
            is_usual = is_usual && length > 0;
            at += length > 0 ? length : 1;
        } else if (*at == '_' && at[1] != 'x') {
            at++;
        } else {
            break;
        }
    }
    *text = (struct slice){xml->at, (size_t)((const char *)at - xml->at)};
    xml->at = (const char *)at;
    return *at == '<' && (is_usual || is_sound(*text));
}

/* ---- Elements ----------------------------------------------------------------------------------
 */

/* t, behind its name. */
static bool read_t(struct xml *xml, struct slice *text)
{
    struct attributes attributes;
    return read_attributes(xml, &attributes) && !attributes.is_empty && read_text(xml, text) &&
           skip(xml, SLICE("</t>"));
}

/* What has a value comes without one too. A formula is none. */
static bool read_content(struct xml *xml, struct slice *value)
{
    struct attributes attributes;
    struct slice formula;
    if (skip(xml, SLICE("<f")) &&
        !(read_attributes(xml, &attributes) &&
          (attributes.is_empty || (read_text(xml, &formula) && skip(xml, SLICE("</f>"))))))
        return false;
    if (skip(xml, SLICE("<v>")))
        return read_text(xml, value) && skip(xml, SLICE("</v>"));
    if (skip(xml, SLICE("<is><t")))
        return read_t(xml, value) && skip(xml, SLICE("</is>"));
    return true;
}

/* c, behind its name. */
static bool read_cell(struct xml *xml, struct plain_cell *cell)
{
    struct attributes attributes;
    if (!read_attributes(xml, &attributes))
        return false;
    *cell = (struct plain_cell){.reference = attribute(&attributes, 'r'),
                                .style = attribute(&attributes, 's'),
                                .type = attribute(&attributes, 't')};
    return attributes.is_empty || (read_content(xml, &cell->value) && skip(xml, SLICE("</c>")));
}

static bool make_room(struct plain_row *row)
{
    if (row->count < row->capacity)
        return true;
    size_t capacity = row->capacity ? row->capacity * 2 : 64;
    struct plain_cell *cells = realloc(row->cells, capacity * sizeof *cells);
    if (!cells)
        return false;
    row->cells = cells;
    row->capacity = capacity;
    return true;
}

size_t plain_row_read(struct slice text, struct plain_row *row)
{
    struct xml xml = {text.at, text.at + text.length};
    struct attributes attributes;
    row->count = 0;
    if (!skip(&xml, SLICE("<row")) || !read_attributes(&xml, &attributes))
        return 0;
    row->number = attribute(&attributes, 'r');
    while (!attributes.is_empty && skip(&xml, SLICE("<c"))) {
        if (!make_room(row) || !read_cell(&xml, &row->cells[row->count]))
            return 0;
        row->count++;
    }
    bool ended = attributes.is_empty || skip(&xml, SLICE("</row>"));
    return ended ? (size_t)(xml.at - text.at) : 0;
}

void plain_row_free(struct plain_row *row)
{
    free(row->cells);
    *row = (struct plain_row){0};
}

/* How a string would be pronounced follows in many that were written in Chinese or Japanese. */
size_t plain_string_read(struct slice text, struct slice *string)
{
    struct xml xml = {text.at, text.at + text.length};
    struct attributes attributes;
    if (!skip(&xml, SLICE("<si><t")) || !read_t(&xml, string))
        return 0;
    if (skip(&xml, SLICE("<phoneticPr")) &&
        !(read_attributes(&xml, &attributes) && attributes.is_empty))
        return 0;
    return skip(&xml, SLICE("</si>")) ? (size_t)(xml.at - text.at) : 0;
}
