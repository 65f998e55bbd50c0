#include "input/plain_xml.h"

#include "util/utf8.h"

/* An element with more attributes is not plain. */
enum { MOST_ATTRIBUTES = 12 };

/* ---- Whether it is plain -----------------------------------------------------------------------
 */

static bool is_letter(char byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

/* Behind the name that begins here; here if there is none. */
static const char *name_end(const char *at)
{
    if (!is_letter(*at))
        return at;
    while (is_letter(*at) || (*at >= '0' && *at <= ':')) /* a colon follows the digits */
        at++;
    return at;
}

/* Behind the quote that ends a value; NULL if it holds what expat would change or refuse. */
static const char *value_end(const char *at)
{
    while (*at != '"') {
        if (*at < ' ' || *at > '~' || *at == '<' || *at == '&')
            return NULL;
        at++;
    }
    return at + 1;
}

/* Behind the attributes, which begin with a blank each; NULL if they are not plain, or one stands
 * there twice. */
static const char *attributes_end(const char *at)
{
    struct slice names[MOST_ATTRIBUTES];
    for (size_t count = 0; at && *at == ' ' && at[1] != '/'; count++) {
        const char *end = name_end(++at);
        struct slice name = {at, (size_t)(end - at)};
        if (count == MOST_ATTRIBUTES || name.length == 0 || end[0] != '=' || end[1] != '"')
            return NULL;
        for (size_t i = 0; i < count; i++) {
            if (slice_equal(names[i], name))
                return NULL;
        }
        names[count] = name;
        at = value_end(end + 2);
    }
    return at;
}

/* Where the text ends, that is at a tag; NULL if it is not plain, or no tag comes. */
static const char *text_end(const char *text)
{
    bool is_ascii = true;
    const unsigned char *at = (const unsigned char *)text;
    for (; *at != '<'; at++) {
        if (*at >= 0x80)
            is_ascii = false;
        else if (*at == '&' || *at == '>' || (*at < ' ' && *at != '\t' && *at != '\n'))
            return NULL; /* > may end ]]>, which text must not hold */
        if (*at == 0xef && at[1] == 0xbf && at[2] >= 0xbe)
            return NULL; /* U+FFFE and U+FFFF are no characters of XML */
    }
    struct slice whole = {text, (size_t)((const char *)at - text)};
    bool cut;
    return is_ascii || utf8_valid_prefix(whole, &cut) == whole.length ? (const char *)at : NULL;
}

/* Behind the end tag that begins at `at`; NULL if it is not that of `name`. */
static const char *end_tag_end(const char *at, struct slice name)
{
    at += strlen("</");
    for (size_t i = 0; i < name.length; i++) {
        if (*at++ != name.at[i])
            return NULL;
    }
    return *at == '>' ? at + 1 : NULL;
}

size_t plain_xml_length(const char *text)
{
    struct slice open[PLAIN_XML_DEPTH];
    size_t depth = 0;
    const char *at = text;
    if (*at != '<')
        return 0;
    do {
        if (depth > 0 && at[1] == '/') {
            at = end_tag_end(at, open[--depth]);
        } else {
            const char *end = name_end(at + 1);
            struct slice name = {at + 1, (size_t)(end - at - 1)};
            at = name.length > 0 && depth < PLAIN_XML_DEPTH ? attributes_end(end) : NULL;
            if (!at)
                return 0;
            if (*at == '>')
                open[depth++] = name;
            else if (*at == ' ')
                at++;
            if (*at == '/')
                at++;
            at = *at == '>' ? at + 1 : NULL;
        }
        if (at && depth > 0)
            at = text_end(at);
    } while (at && depth > 0);
    return at ? (size_t)(at - text) : 0;
}

/* ---- Reading it --------------------------------------------------------------------------------
 */

/* Where this byte stands, which it does: a few bytes away, so that calling strchr would take
 * longer.
 */
static char *find(char *at, char byte)
{
    while (*at != byte)
        at++;
    return at;
}

/* Cuts a start tag into its name and its attributes, and hands it on; returns what is behind it. */
static char *read_start(char *name, const struct xml_handler *handler, void *context)
{
    const char *attributes[2 * MOST_ATTRIBUTES + 1];
    size_t count = 0;
    char *at = name + (name_end(name) - name);
    while (at[0] == ' ' && at[1] != '/') {
        *at++ = '\0';
        attributes[count++] = at;
        at = find(at, '=');
        *at = '\0';
        attributes[count++] = at += 2;
        at = find(at, '"');
        *at++ = '\0';
    }
    attributes[count] = NULL;
    bool is_empty = *at != '>';
    char *end = find(at, '>');
    *at = '\0';
    handler->start(context, name, attributes);
    if (is_empty)
        handler->end(context, name);
    return end + 1;
}

static char *read_end(char *name, const struct xml_handler *handler, void *context)
{
    char *end = find(name, '>');
    *end = '\0';
    handler->end(context, name);
    return end + 1;
}

void plain_xml_read(char *text, size_t length, const struct xml_handler *handler, void *context)
{
    const char *end = text + length;
    char *at = text;
    while (at < end) {
        char *tag = memchr(at, '<', (size_t)(end - at));
        if (tag > at)
            handler->text(context, at, (int)(tag - at));
        at = tag[1] == '/' ? read_end(tag + 2, handler, context)
                           : read_start(tag + 1, handler, context);
    }
}
