#include "output/width.h"

#include <stdint.h>
#include <stdio.h>
#include <utf8proc.h>

/* One character of a text, as it is shown. */
struct glyph {
    size_t taken; /* bytes of the text */
    size_t width;
    struct slice shown; /* in the text itself, or in `escape` */
    char escape[16];
};

bool character_is_hidden(int codepoint)
{
    /* Noncharacters, which stand for nothing and which HTML and XML rule out. */
    if ((codepoint & 0xfffe) == 0xfffe || (codepoint >= 0xfdd0 && codepoint <= 0xfdef))
        return true;
    switch (utf8proc_category(codepoint)) {
    case UTF8PROC_CATEGORY_CC: /* controls, C0 and C1 */
    case UTF8PROC_CATEGORY_CF: /* zero width, direction marks and overrides */
    case UTF8PROC_CATEGORY_ZL: /* U+2028 */
    case UTF8PROC_CATEGORY_ZP: /* U+2029 */
        return true;
    default:
        return false;
    }
}

static void escape_character(int codepoint, char escape[16])
{
    static const char *const named[0x20] = {['\t'] = "\\t", ['\n'] = "\\n", ['\r'] = "\\r"};
    unsigned code = (unsigned)codepoint;
    if (code < 0x20 && named[code])
        snprintf(escape, 16, "%s", named[code]);
    else if (code < 0x80)
        snprintf(escape, 16, "\\x%02x", code);
    else if (code < 0x10000) /* \x stands for one byte, so that U+0085 is not taken for a lone 85 */
        snprintf(escape, 16, "\\u%04x", code);
    else
        snprintf(escape, 16, "\\U%08x", code);
}

/* The first character of `text`, which is not empty. `glyph` must not move while `shown` is in use.
 */
static void glyph_read(struct slice text, struct glyph *glyph)
{
    utf8proc_int32_t codepoint;
    size_t most = text.length < 4 ? text.length : 4;
    utf8proc_ssize_t length =
        utf8proc_iterate((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)most, &codepoint);
    glyph->taken = length > 0 ? (size_t)length : 1;
    if (length > 0 && !character_is_hidden(codepoint)) {
        glyph->shown = (struct slice){text.at, glyph->taken};
        int width = utf8proc_charwidth(codepoint);
        glyph->width = width > 0 ? (size_t)width : 0;
        return;
    }
    if (length > 0)
        escape_character(codepoint, glyph->escape);
    else
        snprintf(glyph->escape, sizeof glyph->escape, "\\x%02x", (unsigned char)*text.at);
    glyph->shown = slice_of(glyph->escape);
    glyph->width = glyph->shown.length;
}

void text_visible(struct slice text, struct buffer *out)
{
    text_cut(text, SIZE_MAX, out);
}

size_t text_width(struct slice text)
{
    size_t width = 0;
    struct glyph glyph;
    for (; text.length; text = slice_from(text, glyph.taken)) {
        glyph_read(text, &glyph);
        width += glyph.width;
    }
    return width;
}

size_t text_cut(struct slice text, size_t width, struct buffer *out)
{
    size_t used = 0;
    size_t room = out->length; /* how long the output is where a … still fits behind it */
    size_t room_used = 0;
    struct glyph glyph;
    for (; text.length; text = slice_from(text, glyph.taken)) {
        glyph_read(text, &glyph);
        if (glyph.width > width - used) {
            if (width == 0) /* not even the … fits */
                return 0;
            out->length = room;
            buffer_append(out, SLICE("…"));
            return room_used + 1;
        }
        buffer_append(out, glyph.shown);
        used += glyph.width;
        if (used < width) {
            room = out->length;
            room_used = used;
        }
    }
    return used;
}
