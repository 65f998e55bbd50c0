#include "record/record.h"

#include <ctype.h>
#include <stdlib.h>

#include "record/province.h"
#include "record/text.h"

#define UNMATCHED "未匹配到相关企业"

/* The characters that are kept of a refused row, and of one that could not be split. */
enum { DESCRIPTION_CHARACTERS = 1000, RAW_CHARACTERS = 200 };

bool record_has_code(const struct record *record)
{
    return record->code_class == CODE_VALID || record->code_class == CODE_PILOT;
}

/* A cell's content; .at is NULL if it says nothing. */
static struct slice value_at(const struct row *row, size_t column)
{
    return column < row->count ? text_value(row->cells[column].text) : (struct slice){0};
}

/* The column that speaks for a field in this row: the first of its columns that is filled; SIZE_MAX
 * if none. */
static size_t column_of(const struct columns *columns, const struct row *row, enum field field,
                        struct slice *value)
{
    for (size_t i = 0; i < columns->count[field]; i++) {
        *value = value_at(row, columns->at[field][i]);
        if (value->at)
            return columns->at[field][i];
    }
    *value = (struct slice){0};
    return SIZE_MAX;
}

static bool date_at(const struct columns *columns, const struct row *row, enum field field,
                    struct date *date, bool *filled)
{
    struct slice value;
    size_t column = column_of(columns, row, field, &value);
    *filled = value.at != NULL;
    return *filled &&
           date_parse(value, row->cells[column].number ? row->dates : DATE_SYSTEM_1900, date);
}

/* Counts filled cells, no further than to two: whether there are none, one or more is all that
 * matters. */
static size_t filled_up_to_two(const struct row *row)
{
    size_t filled = 0;
    for (size_t i = 0; i < row->count && filled < 2; i++)
        filled += value_at(row, i).at != NULL;
    return filled;
}

static bool has_wrong_width(const struct columns *columns, const struct row *row)
{
    for (size_t i = columns->width; i < row->count; i++)
        if (value_at(row, i).at)
            return true;
    return row->from_text && row->count < columns->least_width;
}

/* Batch queries name a row that found no enterprise, beside what the user had typed. */
static bool is_unmatched(const struct columns *columns, const struct row *row)
{
    for (size_t i = 0; i < columns->count[FIELD_NAME]; i++)
        if (slice_equal(value_at(row, columns->at[FIELD_NAME][i]), SLICE(UNMATCHED)))
            return true;
    return false;
}

/* A row with one filled cell is a note. In a table of two columns it may as well be a damaged
 * record. */
static bool is_note(const struct record_builder *builder, const struct row *row, size_t filled)
{
    return filled == 1 && (builder->columns->named != 2 || row->line > builder->last_dated_line);
}

static enum cbec_refusal refusal_of(struct record_builder *builder, const struct row *row,
                                    struct slice *name, struct date *founded, bool *dated)
{
    const struct columns *columns = builder->columns;
    bool filled;
    *dated = date_at(columns, row, FIELD_FOUNDED_ON, founded, &filled);
    column_of(columns, row, FIELD_NAME, name);
    if (has_wrong_width(columns, row))
        return CBEC_REFUSED_WRONG_WIDTH;
    if (is_unmatched(columns, row))
        return CBEC_REFUSED_UNMATCHED;
    if (!name->at)
        return CBEC_REFUSED_NO_NAME;
    if (!filled)
        return CBEC_REFUSED_NO_FOUNDING_DATE;
    if (!*dated)
        return CBEC_REFUSED_BAD_FOUNDING_DATE;
    if (builder->data_date.year && date_compare(date_first_day(*founded), builder->data_date) > 0)
        return CBEC_REFUSED_FUTURE_FOUNDING_DATE;
    return CBEC_ACCEPTED;
}

/* ---- Codes -------------------------------------------------------------------------------------
 */

/* Letters and digits alone of which there are too many or too few: folding would change nothing. */
static bool is_other_code(struct slice value)
{
    size_t plain = 0;
    while (plain < value.length && isalnum((unsigned char)value.at[plain]))
        plain++;
    return plain == value.length && plain != REGISTRATION_NO_LENGTH;
}

static bool is_valid_number(struct slice value, struct buffer *folded)
{
    /* Blanks and hyphens may stand between, digits may be wide; but no shorter text can be one. */
    if (value.length < REGISTRATION_NO_LENGTH || is_other_code(value))
        return false;
    buffer_clear(folded);
    code_fold(value, folded);
    return registration_no_is_valid(buffer_slice(folded));
}

/*
 * The registration number of a row. Vendors put a 15-digit one into any column of codes, so that a
 * valid one is looked for in all of them. NULL if there is none.
 */
static struct slice find_valid_number(struct record_builder *builder, const struct row *row)
{
    static const enum field of_codes[] = {FIELD_REGISTRATION_NO, FIELD_CREDIT_CODE,
                                          FIELD_ORGANISATION_CODE};
    const struct columns *columns = builder->columns;
    for (size_t i = 0; i < sizeof of_codes / sizeof *of_codes; i++)
        for (size_t nth = 0; nth < columns->count[of_codes[i]]; nth++) {
            struct slice value = value_at(row, columns->at[of_codes[i]][nth]);
            if (value.at && is_valid_number(value, &builder->number))
                return buffer_slice(&builder->number);
        }
    return (struct slice){0};
}

/* The first column of a field that is filled, valid registration numbers apart: those are none of
 * it. `number` is the one that was found. */
static struct slice find_code(struct record_builder *builder, const struct row *row,
                              enum field field, struct slice number, size_t *column)
{
    const struct columns *columns = builder->columns;
    struct buffer folded = {0};
    struct slice value = {0};
    for (size_t i = 0; i < columns->count[field] && !value.at; i++) {
        *column = columns->at[field][i];
        value = value_at(row, *column);
        if (value.at && (slice_equal(value, number) || is_valid_number(value, &folded)))
            value = (struct slice){0};
    }
    buffer_free(&folded);
    return value;
}

/* Sorts the numbers of a row into credit code, registration number and organisation code. */
static void read_codes(struct record_builder *builder, const struct row *row, struct record *record)
{
    size_t column = SIZE_MAX, ignored;
    struct slice number = find_valid_number(builder, row);
    record->has_valid_number = number.at != NULL;
    struct slice code = find_code(builder, row, FIELD_CREDIT_CODE, number, &column);
    struct slice plain_number = find_code(builder, row, FIELD_REGISTRATION_NO, number, &ignored);
    record->text[FIELD_ORGANISATION_CODE] =
        find_code(builder, row, FIELD_ORGANISATION_CODE, number, &ignored);

    buffer_clear(&builder->code);
    if (code.at)
        code_fold(code, &builder->code);
    struct slice folded = buffer_slice(&builder->code);
    record->code_class = credit_code_class(folded);
    if (column == builder->columns->code_or_number && record->code_class == CODE_INVALID &&
        folded.length != CODE_LENGTH) {
        record->code_class = CODE_MISSING;
        plain_number = plain_number.at ? plain_number : code;
    }
    if (record->code_class != CODE_MISSING)
        record->text[FIELD_CREDIT_CODE] = record_has_code(record) ? folded : code;

    if (!number.at && plain_number.at) {
        buffer_clear(&builder->number);
        code_fold(plain_number, &builder->number);
        number = buffer_slice(&builder->number);
    }
    record->text[FIELD_REGISTRATION_NO] = number;
}

/* ---- The record --------------------------------------------------------------------------------
 */

static struct slice date_text(struct date date, char text[DATE_TEXT_SIZE])
{
    date_format(date, text);
    return slice_of(text);
}

static void read_fields(struct record_builder *builder, const struct row *row,
                        struct record *record, struct reading_of_row *reading)
{
    static const enum field plain[] = {
        FIELD_STATUS, FIELD_CAPITAL,  FIELD_TYPE,    FIELD_INDUSTRY, FIELD_PROVINCE,
        FIELD_CITY,   FIELD_DISTRICT, FIELD_ADDRESS, FIELD_SCOPE,    FIELD_FORMER_NAMES};
    const struct columns *columns = builder->columns;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        column_of(columns, row, plain[i], &record->text[plain[i]]);

    bool filled;
    if (date_at(columns, row, FIELD_CEASED_ON, &record->ceased, &filled))
        record->text[FIELD_CEASED_ON] = date_text(record->ceased, builder->ceased_on);
    else
        record->ceased = (struct date){0};

    struct slice *status = &record->text[FIELD_STATUS];
    if (status->at) {
        bool known;
        record->status = status_classify(*status, &known);
        reading->warned[CBEC_WARNING_UNKNOWN_STATUS] = !known;
        reading->status = known ? (struct slice){0} : *status;
    }
    struct slice *province = &record->text[FIELD_PROVINCE];
    if (province->at) {
        const struct province *found = province_find(*province);
        reading->warned[CBEC_WARNING_UNKNOWN_PROVINCE] = !found;
        *province = slice_of(found ? found->name : NULL);
    }
}

static void read_warnings(const struct record *record, const struct row *row,
                          struct reading_of_row *reading)
{
    static const struct {
        enum code_class class;
        enum cbec_warning warning;
    } of_codes[] = {{CODE_DAMAGED, CBEC_WARNING_DAMAGED_CODE},
                    {CODE_INVALID, CBEC_WARNING_INVALID_CODE},
                    {CODE_PILOT, CBEC_WARNING_PILOT_CODE}};
    for (size_t i = 0; i < sizeof of_codes / sizeof *of_codes; i++)
        reading->warned[of_codes[i].warning] = record->code_class == of_codes[i].class;
    /* One look at the whole row spares nearly always one at each cell. */
    bool may_have = !row->whole.at || text_has_replacement(row->whole);
    for (int field = 0; field < FIELD_COUNT && may_have; field++)
        if (record->text[field].at && text_has_replacement(record->text[field]))
            reading->warned[CBEC_WARNING_REPLACEMENT_CHARACTER] = true;
}

void record_build(struct record_builder *builder, const struct row *row, struct record *record,
                  struct reading_of_row *reading)
{
    *reading = (struct reading_of_row){.kind = ROW_REFUSED, .refusal = row->damage};
    *record = (struct record){0};
    if (row->damage != CBEC_ACCEPTED)
        return;
    size_t filled = filled_up_to_two(row);
    if (filled == 0) {
        reading->kind = ROW_EMPTY;
        return;
    }
    struct slice name;
    struct date founded;
    reading->refusal = refusal_of(builder, row, &name, &founded, &reading->dated);
    if (is_note(builder, row, filled)) {
        reading->kind = ROW_NOTE;
        return;
    }
    if (reading->refusal != CBEC_ACCEPTED)
        return;
    reading->kind = ROW_RECORD;
    bool has_approval;
    if (!date_at(builder->columns, row, FIELD_APPROVED_ON, &reading->approved, &has_approval))
        reading->approved = (struct date){0};
    record->founded = founded;
    record->text[FIELD_NAME] = name;
    record->text[FIELD_FOUNDED_ON] = date_text(founded, builder->founded_on);
    read_codes(builder, row, record);
    read_fields(builder, row, record, reading);
    read_warnings(record, row, reading);
    builder->no_memory = builder->code.failed || builder->number.failed;
}

/* ---- Descriptions ------------------------------------------------------------------------------
 */

/* Appends text up to `most` characters in all; `…` where there is more. */
static void append_cut(struct buffer *out, struct slice text, size_t most)
{
    size_t characters = 0;
    for (size_t i = 0; i < text.length; i++) {
        if ((text.at[i] & 0xc0) != 0x80 && characters++ == most) {
            buffer_append(out, SLICE("…"));
            return;
        }
        if (text.at[i] == '\0')
            buffer_append(out, SLICE("␀"));
        else
            buffer_append_byte(out, text.at[i]);
    }
}

static void append_csv_cell(struct buffer *out, struct slice text)
{
    bool quoted = memchr(text.at, ',', text.length) || memchr(text.at, '"', text.length) ||
                  memchr(text.at, '\n', text.length) || memchr(text.at, '\r', text.length);
    if (!quoted) {
        buffer_append(out, text);
        return;
    }
    buffer_append_byte(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '"')
            buffer_append_byte(out, '"');
        buffer_append_byte(out, text.at[i]);
    }
    buffer_append_byte(out, '"');
}

static bool is_known(const struct columns *columns, size_t column)
{
    for (int field = 0; field < FIELD_READ_COUNT; field++)
        for (size_t i = 0; i < columns->count[field]; i++)
            if (columns->at[field][i] == column)
                return true;
    return false;
}

void record_describe_row(const struct record_builder *builder, const struct row *row,
                         struct buffer *out)
{
    if (row->count == 0) {
        append_cut(out, row->raw, RAW_CHARACTERS);
        return;
    }
    struct buffer line = {0};
    bool first = true;
    for (size_t i = 0; i < row->count && line.length <= 4 * DESCRIPTION_CHARACTERS; i++) {
        if (!is_known(builder->columns, i))
            continue;
        if (!first)
            buffer_append_byte(&line, ',');
        first = false;
        struct slice text = text_clean(row->cells[i].text);
        if (text.length)
            append_csv_cell(&line, text);
    }
    append_cut(out, buffer_slice(&line), DESCRIPTION_CHARACTERS);
    out->failed |= line.failed;
    buffer_free(&line);
}

void record_builder_free(struct record_builder *builder)
{
    buffer_free(&builder->code);
    buffer_free(&builder->number);
}
