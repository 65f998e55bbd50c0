#include <utf8proc.h>

#include "output/spreadsheet_writing.h"
#include "output/width.h"

/* ---- Length ------------------------------------------------------------------------------------
 */

/* The character at the beginning of `text`, which is visible and so valid and not empty. */
static size_t read_character(struct slice text, utf8proc_int32_t *character)
{
    utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)text.at,
                                               (utf8proc_ssize_t)text.length, character);
    return length > 0 ? (size_t)length : 1;
}

/* Appends the text, or as much of it as leaves room for a … in so many UTF-16 units. */
static void append_cut(struct slice text, size_t units, struct buffer *out)
{
    size_t begin = out->length;
    size_t room = 0; /* how much of the text leaves room for a … */
    size_t used = 0;
    for (size_t at = 0; at < text.length;) {
        utf8proc_int32_t character;
        size_t length = read_character(slice_from(text, at), &character);
        used += character > 0xffff ? 2 : 1;
        at += length;
        if (used > units) {
            out->length = begin;
            buffer_append(out, (struct slice){text.at, room});
            buffer_append(out, SLICE("…"));
            return;
        }
        room = used < units ? at : room;
    }
    buffer_append(out, text);
}

/* ---- Cells -------------------------------------------------------------------------------------
 */

/* Programs take _xHHHH_ in a cell for a character, and some of them less than that; so every _x is
 * written as the character _ in this form, and an x. */
static void append_escaped(struct slice text, struct buffer *out)
{
    for (size_t i = 0; i < text.length; i++) {
        bool escape = text.at[i] == '_' && i + 1 < text.length && text.at[i + 1] == 'x';
        buffer_append(out, escape ? SLICE("_x005F_") : (struct slice){&text.at[i], 1});
    }
}

void cell_content(struct slice text, struct buffer *out)
{
    struct buffer visible = {0};
    struct buffer escaped = {0};
    text_visible(text, &visible);
    append_escaped(buffer_slice(&visible), &escaped);
    append_cut(buffer_slice(&escaped), CELL_UNITS, out);
    out->failed |= visible.failed || escaped.failed;
    buffer_free(&visible);
    buffer_free(&escaped);
}

/* ---- Names of sheets ---------------------------------------------------------------------------
 */

/* As spreadsheets compare names: without case. */
static bool same_name(struct slice a, struct slice b)
{
    while (a.length && b.length) {
        utf8proc_int32_t of_a, of_b;
        a = slice_from(a, read_character(a, &of_a));
        b = slice_from(b, read_character(b, &of_b));
        if (utf8proc_tolower(of_a) != utf8proc_tolower(of_b))
            return false;
    }
    return a.length == b.length;
}

static bool is_taken(struct slice name, char *const *taken, size_t count)
{
    if (same_name(name, SLICE("History"))) /* the program's own */
        return true;
    for (size_t i = 0; i < count; i++)
        if (same_name(name, slice_of(taken[i])))
            return true;
    return false;
}

/* True if the name has no character for which libxlsxwriter sets it in quotes in a formula, but
 * would need them, since it begins with a digit or reads like the name of a cell. */
static bool is_like_reference(const char *name)
{
    size_t letters =
        strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.");
    return name[letters] == '\0' &&
           (strpbrk(name, "0123456789") || same_name(slice_of(name), SLICE("R")) ||
            same_name(slice_of(name), SLICE("C")) || same_name(slice_of(name), SLICE("RC")));
}

/* Replaces what must not stand in a name, or ends it in a link (#), or begins a character in
 * hexadecimal (_x). */
static void tidy_name(struct buffer *name)
{
    size_t from = 0;
    for (size_t i = 0; i < name->length; i++)
        if (memchr("[]:*?/\\#", name->data[i], 8) ||
            (name->data[i] == '_' && i + 1 < name->length && name->data[i + 1] == 'x'))
            name->data[i] = '-';
    while (name->length && memchr("' ", name->data[name->length - 1], 2))
        name->length--;
    while (from < name->length && memchr("' ", name->data[from], 2))
        from++;
    name->length -= from;
    if (from && name->length)
        memmove(name->data, name->data + from, name->length);
}

/* The UTF-16 units of a text that is valid. */
static size_t units_of(struct slice text)
{
    size_t units = 0;
    while (text.length) {
        utf8proc_int32_t character;
        text = slice_from(text, read_character(text, &character));
        units += character > 0xffff ? 2 : 1;
    }
    return units;
}

/* Of a title that is too long, "by year, against the year before", the part before the comma says
 * enough. */
static void shorten_name(struct buffer *name)
{
    static const char *const commas[] = {",", "，", "、"};
    for (size_t i = 0; i < sizeof commas / sizeof *commas; i++) {
        const char *comma = units_of(buffer_slice(name)) > SHEET_NAME_UNITS
                                ? slice_find(buffer_slice(name), slice_of(commas[i]))
                                : NULL;
        if (comma > name->data)
            name->length = (size_t)(comma - name->data);
    }
}

void sheet_name(struct slice title, char *const *taken, size_t count, struct buffer *out)
{
    struct buffer name = {0};
    struct buffer plain = {0};
    size_t begin = out->length;
    text_visible(title, &plain);
    shorten_name(&plain);
    tidy_name(&plain);
    bool bracket = is_like_reference(buffer_string(&plain)) && plain.length;
    buffer_append_format(&name, bracket ? "(%s)" : "%s",
                         plain.length ? buffer_string(&plain) : "-");
    append_cut(buffer_slice(&name), SHEET_NAME_UNITS, out);
    for (unsigned number = 2; is_taken(slice_from(buffer_slice(out), begin), taken, count);
         number++) {
        char suffix[16];
        size_t length = (size_t)snprintf(suffix, sizeof suffix, " (%u)", number);
        out->length = begin;
        append_cut(buffer_slice(&name), SHEET_NAME_UNITS - length, out);
        buffer_append(out, slice_of(suffix));
        if (out->failed)
            break;
    }
    out->failed |= name.failed || plain.failed;
    buffer_free(&name);
    buffer_free(&plain);
}
