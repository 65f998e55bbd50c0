/*
 * xls_builder.h: writes small .xls workbooks (BIFF8, [MS-XLS]) in a compound file ([MS-CFB]), for
 * tests.
 *
 *     struct xls_builder book;
 *     xls_begin(&book, false);
 *     xls_sheet(&book, "名单", false);
 *     xls_text(&book, 0, 0, "公司名称");
 *     xls_date(&book, 1, 2, 44561);
 *     xls_bytes(&book, &bytes);
 */
#ifndef CBEC_TESTS_XLS_BUILDER_H
#define CBEC_TESTS_XLS_BUILDER_H

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "util/buffer.h"

enum { XLS_SHEETS = 8, XLS_RECORD_BYTES = 8224, XLS_SECTOR_BYTES = 512, XLS_XF_COUNT = 17 };
enum { XLS_XF_PLAIN = 15, XLS_XF_DATE = 16 }; /* the first fifteen are styles, not cells */

struct xls_builder {
    struct buffer strings; /* of the SST: character count, flags and UTF-16LE of each */
    uint32_t string_count;
    struct {
        char name[64];
        bool hidden;
        struct buffer records;
        unsigned rows;
        unsigned columns;
    } sheets[XLS_SHEETS];
    size_t sheet_count;
    bool date1904;
    bool encrypted; /* adds a FILEPASS record; the rest is not really encrypted */
};

static inline void xls_u8(struct buffer *out, unsigned value)
{
    buffer_append_byte(out, (char)(value & 0xff));
}

static inline void xls_u16(struct buffer *out, unsigned value)
{
    xls_u8(out, value);
    xls_u8(out, value >> 8);
}

static inline void xls_u32(struct buffer *out, uint32_t value)
{
    xls_u16(out, value & 0xffff);
    xls_u16(out, value >> 16);
}

static inline void xls_double(struct buffer *out, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    xls_u32(out, (uint32_t)bits);
    xls_u32(out, (uint32_t)(bits >> 32));
}

static inline void xls_zeros(struct buffer *out, size_t count)
{
    while (count-- > 0)
        buffer_append_byte(out, 0);
}

static inline void xls_record(struct buffer *out, unsigned type, const struct buffer *body)
{
    xls_u16(out, type);
    xls_u16(out, (unsigned)body->length);
    buffer_append(out, buffer_slice(body));
}

/* Appends UTF-8 as UTF-16LE; the number of its units. */
static inline unsigned xls_utf16(struct buffer *out, const char *text)
{
    unsigned units = 0;
    const unsigned char *at = (const unsigned char *)text;
    while (*at) {
        int more = *at < 0x80 ? 0 : *at < 0xe0 ? 1 : *at < 0xf0 ? 2 : 3;
        static const unsigned char masks[] = {0x7f, 0x1f, 0x0f, 0x07};
        uint32_t character = *at++ & masks[more];
        for (; more > 0; more--)
            character = character << 6 | (*at++ & 0x3f);
        if (character >= 0x10000) {
            xls_u16(out, 0xd800 + ((character - 0x10000) >> 10));
            xls_u16(out, 0xdc00 + ((character - 0x10000) & 0x3ff));
            units += 2;
        } else {
            xls_u16(out, character);
            units++;
        }
    }
    return units;
}

static inline void xls_begin(struct xls_builder *book, bool date1904)
{
    *book = (struct xls_builder){.date1904 = date1904};
}

/* Begins a sheet; the cells that follow are in it. */
static inline void xls_sheet(struct xls_builder *book, const char *name, bool hidden)
{
    strncpy(book->sheets[book->sheet_count].name, name, sizeof book->sheets->name - 1);
    book->sheets[book->sheet_count++].hidden = hidden;
}

/* The beginning of every cell record; row and column count from 0. */
static inline struct buffer *xls_cell(struct xls_builder *book, struct buffer *body, unsigned row,
                                      unsigned column, unsigned format)
{
    size_t last = book->sheet_count - 1;
    xls_u16(body, row);
    xls_u16(body, column);
    xls_u16(body, format);
    if (row >= book->sheets[last].rows)
        book->sheets[last].rows = row + 1;
    if (column >= book->sheets[last].columns)
        book->sheets[last].columns = column + 1;
    return &book->sheets[last].records;
}

static inline void xls_text(struct xls_builder *book, unsigned row, unsigned column,
                            const char *text)
{
    struct buffer body = {0};
    struct buffer units = {0};
    struct buffer *records = xls_cell(book, &body, row, column, XLS_XF_PLAIN);
    xls_u32(&body, book->string_count++);
    xls_record(records, 0x00fd, &body); /* LABELSST */
    xls_u16(&book->strings, xls_utf16(&units, text));
    xls_u8(&book->strings, 1); /* two bytes a character */
    buffer_append(&book->strings, buffer_slice(&units));
    buffer_free(&units);
    buffer_free(&body);
}

static inline void xls_value(struct xls_builder *book, unsigned row, unsigned column, double value,
                             unsigned format)
{
    struct buffer body = {0};
    struct buffer *records = xls_cell(book, &body, row, column, format);
    xls_double(&body, value);
    xls_record(records, 0x0203, &body); /* NUMBER */
    buffer_free(&body);
}

static inline void xls_number(struct xls_builder *book, unsigned row, unsigned column, double value)
{
    xls_value(book, row, column, value, XLS_XF_PLAIN);
}

/* A day serial in the book's date system, shown as a date. */
static inline void xls_date(struct xls_builder *book, unsigned row, unsigned column, double serial)
{
    xls_value(book, row, column, serial, XLS_XF_DATE);
}

/* BOF ([MS-XLS] 2.4.21): of the book (5) or of a sheet (0x10). */
static inline void xls_bof(struct buffer *out, unsigned type)
{
    struct buffer body = {0};
    xls_u16(&body, 0x0600);
    xls_u16(&body, type);
    xls_u16(&body, 0x0dbb);
    xls_u16(&body, 0x07cc);
    xls_u32(&body, 0);
    xls_u32(&body, 6);
    xls_record(out, 0x0809, &body);
    buffer_free(&body);
}

static inline void xls_eof(struct buffer *out)
{
    xls_u16(out, 0x000a);
    xls_u16(out, 0);
}

static inline void xls_short(struct buffer *out, unsigned type, unsigned value)
{
    struct buffer body = {0};
    xls_u16(&body, value);
    xls_record(out, type, &body);
    buffer_free(&body);
}

/* The fonts and cell formats that a workbook must have: XF_DATE shows yyyy-mm-dd. */
static inline void xls_formats(struct buffer *out)
{
    static const char date_format[] = "yyyy-mm-dd";
    struct buffer body = {0};
    for (int i = 0; i < 5; i++) { /* FONT */
        buffer_clear(&body);
        xls_u16(&body, 200);
        xls_u16(&body, 0);
        xls_u16(&body, 0x7fff);
        xls_u16(&body, 400);
        xls_zeros(&body, 6);
        xls_u8(&body, 5);
        xls_u8(&body, 0);
        buffer_append(&body, SLICE("Arial"));
        xls_record(out, 0x0031, &body);
    }
    buffer_clear(&body); /* FORMAT */
    xls_u16(&body, 164);
    xls_u16(&body, sizeof date_format - 1);
    xls_u8(&body, 0);
    buffer_append(&body, SLICE("yyyy-mm-dd"));
    xls_record(out, 0x041e, &body);
    for (unsigned i = 0; i < XLS_XF_COUNT; i++) { /* XF */
        buffer_clear(&body);
        xls_u16(&body, 0);
        xls_u16(&body, i == XLS_XF_DATE ? 164 : 0);
        xls_u16(&body, i < XLS_XF_PLAIN ? 0xfff5 : 0x0001);
        xls_u16(&body, 0x0020);
        xls_zeros(&body, 12);
        xls_record(out, 0x00e0, &body);
    }
    buffer_free(&body);
}

/*
 * SST ([MS-XLS] 2.4.265). What does not fit goes on in CONTINUE records; a string that is cut
 * repeats its flags there, and its count and flags are never cut.
 */
static inline void xls_sst(struct buffer *out, const struct xls_builder *book)
{
    struct buffer body = {0};
    unsigned type = 0x00fc;
    xls_u32(&body, book->string_count);
    xls_u32(&body, book->string_count);
    const unsigned char *at = (const unsigned char *)book->strings.data;
    for (uint32_t i = 0; i < book->string_count; i++) {
        unsigned units = at[0] | (unsigned)at[1] << 8;
        if (body.length + 3 + (units > 0 ? 2 : 0) > XLS_RECORD_BYTES) {
            xls_record(out, type, &body);
            buffer_clear(&body);
            type = 0x003c;
        }
        buffer_append(&body, (struct slice){(const char *)at, 3});
        at += 3;
        for (; units > 0; units--, at += 2) {
            if (body.length + 2 > XLS_RECORD_BYTES) {
                xls_record(out, type, &body);
                buffer_clear(&body);
                type = 0x003c;
                xls_u8(&body, 1);
            }
            buffer_append(&body, (struct slice){(const char *)at, 2});
        }
    }
    xls_record(out, type, &body);
    buffer_free(&body);
}

/* Writes `value` over four bytes that were appended before. */
static inline void xls_patch(struct buffer *out, size_t at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        out->data[at + (size_t)i] = (char)(value >> (8 * i) & 0xff);
}

/* The records of the workbook stream. */
static inline void xls_stream(struct buffer *out, const struct xls_builder *book)
{
    size_t offsets[XLS_SHEETS] = {0};
    struct buffer body = {0};
    xls_bof(out, 0x0005);
    if (book->encrypted)
        xls_short(out, 0x002f, 0); /* FILEPASS */
    xls_short(out, 0x0042, 1200);  /* CODEPAGE: UTF-16 */
    xls_short(out, 0x0022, book->date1904);
    xls_formats(out);
    for (size_t i = 0; i < book->sheet_count; i++) { /* BOUNDSHEET */
        struct buffer name = {0};
        buffer_clear(&body);
        xls_u32(&body, 0);
        xls_u8(&body, book->sheets[i].hidden);
        xls_u8(&body, 0);
        xls_u8(&body, xls_utf16(&name, book->sheets[i].name));
        xls_u8(&body, 1);
        buffer_append(&body, buffer_slice(&name));
        offsets[i] = out->length + 4;
        xls_record(out, 0x0085, &body);
        buffer_free(&name);
    }
    xls_sst(out, book);
    xls_eof(out);
    for (size_t i = 0; i < book->sheet_count; i++) {
        xls_patch(out, offsets[i], (uint32_t)out->length);
        xls_bof(out, 0x0010);
        buffer_clear(&body); /* DIMENSIONS */
        xls_u32(&body, 0);
        xls_u32(&body, book->sheets[i].rows);
        xls_u16(&body, 0);
        xls_u16(&body, book->sheets[i].columns);
        xls_u16(&body, 0);
        xls_record(out, 0x0200, &body);
        buffer_append(out, buffer_slice(&book->sheets[i].records));
        xls_eof(out);
    }
    buffer_free(&body);
    /* Streams of up to 4096 bytes would lie in the mini stream. */
    while (out->length <= 4096 || out->length % XLS_SECTOR_BYTES != 0)
        buffer_append_byte(out, 0);
}

/* A directory entry ([MS-CFB] 2.6.1). */
static inline void xls_entry(struct buffer *out, const char *name, unsigned type, uint32_t child,
                             uint32_t start, size_t size)
{
    size_t begin = out->length;
    unsigned units = xls_utf16(out, name);
    xls_zeros(out, begin + 64 - out->length);
    xls_u16(out, type ? (units + 1) * 2 : 0);
    xls_u8(out, type);
    xls_u8(out, 1); /* black */
    xls_u32(out, 0xffffffff);
    xls_u32(out, 0xffffffff);
    xls_u32(out, child);
    xls_zeros(out, 36);
    xls_u32(out, start);
    xls_u32(out, (uint32_t)size);
    xls_u32(out, 0);
}

/* The compound file: header, allocation table, directory, and the stream, which is a multiple of a
 * sector. */
static inline void xls_compound(struct buffer *out, const char *name, const struct buffer *stream)
{
    uint32_t sectors = (uint32_t)(stream->length / XLS_SECTOR_BYTES);
    uint32_t tables = 1;
    while (tables * 128 < tables + 1 + sectors)
        tables++;
    buffer_append(out, SLICE("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"));
    xls_zeros(out, 16);
    xls_u16(out, 0x003e);
    xls_u16(out, 3);
    xls_u16(out, 0xfffe);
    xls_u16(out, 9);
    xls_u16(out, 6);
    xls_zeros(out, 10);
    xls_u32(out, tables);
    xls_u32(out, tables); /* the directory follows them */
    xls_u32(out, 0);
    xls_u32(out, 4096);
    xls_u32(out, 0xfffffffe);
    xls_u32(out, 0);
    xls_u32(out, 0xfffffffe);
    xls_u32(out, 0);
    for (uint32_t i = 0; i < 109; i++)
        xls_u32(out, i < tables ? i : 0xffffffff);
    for (uint32_t i = 0; i < tables * 128; i++) {
        bool last = i == tables || i == tables + sectors;
        xls_u32(out, i < tables             ? 0xfffffffd
                     : i > tables + sectors ? 0xffffffff
                     : last                 ? 0xfffffffe
                                            : i + 1);
    }
    xls_entry(out, "Root Entry", 5, 1, 0xfffffffe, 0);
    xls_entry(out, name, 2, 0xffffffff, tables + 1, stream->length);
    xls_entry(out, "", 0, 0xffffffff, 0, 0);
    xls_entry(out, "", 0, 0xffffffff, 0, 0);
    buffer_append(out, buffer_slice(stream));
}

/* The whole file, as bytes; gives the builder back. */
static inline void xls_bytes(struct xls_builder *book, struct buffer *out)
{
    struct buffer stream = {0};
    xls_stream(&stream, book);
    xls_compound(out, "Workbook", &stream);
    buffer_free(&stream);
    buffer_free(&book->strings);
    for (size_t i = 0; i < book->sheet_count; i++)
        buffer_free(&book->sheets[i].records);
}

#endif
