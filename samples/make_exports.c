/*
 * make_exports: writes exports of a business register the way two vendors lay them out, full of
 * invented enterprises.
 *
 * Row i is worked out from the seed and i alone, so files of any size need no memory, any stretch
 * of a list can be written by itself, and the same options give the same bytes on every machine.
 */
#include "export_facts.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char USAGE[] =
    "usage: make_exports [--seed N] DIR\n"
    "       make_exports --rows N [--first N] [--source S] [--as-of DAY] [--vintage K] [--seed N] "
    "DIR\n"
    "\n"
    "Writes exports of a business register, with invented enterprises, into the folder DIR and\n"
    "prints the paths of the files. DIR is made if it is missing.\n"
    "\n"
    "Without --rows: the sample, two files of 20 August 2024 that overlap.\n"
    "With --rows: one file; with - as DIR it goes to standard output.\n"
    "\n"
    "  --rows N       number of rows\n"
    "  --first N      number of the first row, from 0 (default): other rows, other enterprises\n"
    "  --source S     tianyancha (default) or qichacha: whose layout; the enterprises are the "
    "same\n"
    "  --as-of DAY    day of the export (default 2024-08-20); no enterprise is founded after it\n"
    "  --vintage K    the K-th later export of the same list, K months on: each month about 5 in\n"
    "                 100 rows change (default 0)\n"
    "  --seed N       another list (default 1); codes of lists with different seeds can coincide\n"
    "  --help         this text\n";

/* Six characters of the organisation code tell the enterprises apart. */
enum { CODE_HALF = 31 * 31 * 31, NUMBER_HALF = 10000 };
#define MOST_ROWS ((uint64_t)CODE_HALF * CODE_HALF)

/* More than any row can take; the longest scope stays below 2 KiB. */
enum { ROW_ROOM = 8192, BUFFER_SIZE = 1 << 18, MOST_VINTAGES = 240 };

/* Days are counted from 1970-01-01. */
typedef int32_t day_number;

struct job {
    uint64_t seed;
    uint64_t first;
    uint64_t rows;
    bool sample;
    enum vendor vendor;
    day_number as_of;
    unsigned vintage;
    const char *directory;
};

struct row {
    uint64_t serial;
    enum vendor vendor;
    const struct place *place;
    const struct trade *trade;
    const struct form *form;
    const struct status *status;
    const char *syllables[3];
    const char *branch;
    const char *place_suffix;
    uint64_t wording; /* which of several ways a vendor writes the same thing */
    day_number founded, approved, ceased;
    uint32_t capital;
    const struct currency *currency;
    char code[19];
    char number[16];
    const char *definition_phrase; /* decides which definitions take the row in, or NULL */
    unsigned phrases, first_phrase, stride;
    const char *licensed; /* or NULL */
    const char *road, *building;
    uint32_t house, floor, room, insured;
    const char *former[2]; /* syllables of a former name, or NULL */
    bool in_file[VENDORS];
};

/* ---- Randomness: splitmix64, and bijections for what must be unique ---- */

static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static uint64_t draw(uint64_t *state)
{
    *state += UINT64_C(0x9e3779b97f4a7c15);
    return mix(*state);
}

/* 0 to limit - 1, without a division. */
static uint32_t below(uint64_t *state, uint32_t limit)
{
    return (uint32_t)(((draw(state) >> 32) * limit) >> 32);
}

/* A number for one purpose and serial that does not depend on what else is drawn. */
static uint64_t hash(uint64_t seed, uint64_t purpose, uint64_t serial)
{
    return mix(mix(seed + purpose * UINT64_C(0x9e3779b97f4a7c15)) ^
               (serial * UINT64_C(0xd1342543de82ef95)));
}

/* Puts 0 .. half*half-1 into another order, each number once: a Feistel network. */
static uint64_t shuffle_square(uint64_t seed, uint64_t number, uint32_t half)
{
    uint32_t left = (uint32_t)(number / half);
    uint32_t right = (uint32_t)(number % half);
    for (uint64_t round = 1; round <= 4; round++) {
        uint32_t next = left + (uint32_t)(((hash(seed, round, right) >> 32) * half) >> 32);
        left = right;
        right = next >= half ? next - half : next;
    }
    return (uint64_t)left * half + right;
}

/* The same for 0 .. 2^bits-1: odd factors and shifts to the right can be undone. */
static uint32_t shuffle_bits(uint64_t seed, uint32_t number, unsigned bits)
{
    uint32_t mask = (UINT32_C(1) << bits) - 1;
    uint32_t x = (number ^ (uint32_t)mix(seed)) & mask;
    x = (x * UINT32_C(0x9e3779b1)) & mask;
    x ^= x >> (bits / 2);
    x = (x * UINT32_C(0x85ebca6b)) & mask;
    x ^= x >> (bits / 2);
    return (x * UINT32_C(0xc2b2ae35)) & mask;
}

/* ---- Days ---- */

struct civil {
    int year, month, day;
};

static int days_in_month(int year, int month)
{
    static const int8_t DAYS[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return DAYS[month - 1] + (month == 2 && leap);
}

/* Both count years from March, so that the leap day is the last one. */
static day_number day_of(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return 365 * y + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

static struct civil civil_of(day_number number)
{
    int z = number + 719468;
    int era = z / 146097;
    int in_era = z % 146097;
    int year_of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int day_of_year = in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * day_of_year + 2) / 153;
    int day = day_of_year - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    return (struct civil){year_of_era + era * 400 + (month <= 2), month, day};
}

static day_number months_later(day_number number, unsigned months)
{
    struct civil c = civil_of(number);
    int month = c.month - 1 + (int)months;
    c.year += month / 12;
    c.month = month % 12 + 1;
    int last = days_in_month(c.year, c.month);
    return day_of(c.year, c.month, c.day < last ? c.day : last);
}

/* ---- Drawing a row ---- */

static uint8_t place_table[1024];

/* Spreads the places over the table by the weights of their provinces. */
static void prepare_places(void)
{
    unsigned total = 0, places[PROVINCE_COUNT] = {0}, share[PLACE_COUNT];
    for (size_t i = 0; i < PLACE_COUNT; i++)
        places[PLACES[i].province]++;
    for (size_t i = 0; i < PLACE_COUNT; i++) {
        share[i] = PROVINCES[PLACES[i].province].weight * 1000 / places[PLACES[i].province];
        total += share[i];
    }
    size_t place = 0;
    unsigned reached = share[0];
    for (size_t i = 0; i < COUNT(place_table); i++) {
        while (place + 1 < PLACE_COUNT && reached <= i * total / COUNT(place_table))
            reached += share[++place];
        place_table[i] = (uint8_t)place;
    }
}

/* Hardly any office registers at weekends and on the long holidays. */
static unsigned day_weight(day_number number)
{
    struct civil c = civil_of(number);
    int weekday = (number + 3) % 7; /* 1970-01-01 was a Thursday; 0 is Monday */
    bool holiday = (c.month == 10 && c.day <= 7) || (c.month == 5 && c.day <= 5) ||
                   (c.month == 1 && c.day == 1);
    return weekday >= 5 || holiday ? 1 : MONTH_WEIGHT[c.month - 1];
}

static day_number draw_founding_day(uint64_t *state, day_number as_of, unsigned years_ago)
{
    int year = civil_of(as_of).year - (int)years_ago;
    day_number first = day_of(year, 1, 1);
    day_number last = years_ago == 0 ? as_of : day_of(year, 12, 31);
    day_number day = first;
    for (int attempt = 0; attempt < 32; attempt++) {
        day = first + (day_number)below(state, (uint32_t)(last - first + 1));
        if (below(state, 100) < day_weight(day))
            break;
    }
    return day;
}

/* The rank of a row among all of the sample, latest years first, decides year and existence. */
static unsigned cohort_of_rank(uint64_t rank, bool *extant)
{
    unsigned years_ago = 0;
    while (rank >= COHORTS[years_ago].founded)
        rank -= COHORTS[years_ago++].founded;
    *extant = rank < COHORTS[years_ago].extant;
    return years_ago;
}

static uint64_t sample_size(void)
{
    uint64_t rows = 0;
    for (size_t i = 0; i < COHORT_COUNT; i++)
        rows += COHORTS[i].founded;
    return rows;
}

/* In the sample each rank occurs exactly once, whatever the seed; else it is drawn. */
static void draw_life(const struct job *job, uint64_t *state, struct row *row)
{
    uint64_t size = sample_size();
    uint64_t rank = job->sample ? (row->serial * 10007 + job->seed % size) % size
                                : below(state, (uint32_t)size);
    bool extant;
    unsigned years_ago = cohort_of_rank(rank, &extant);
    row->founded = draw_founding_day(state, job->as_of, years_ago);
    uint32_t age = (uint32_t)(job->as_of - row->founded);
    row->approved = row->founded + (day_number)below(state, age + 1);
    uint64_t which = draw(state);
    row->status = &STATUSES[extant ? EXTANT_STATUS[which & 63] : GONE_STATUS[which & 15]];
    row->ceased = row->status->exit == DEREGISTERED || row->status->exit == REVOKED ? row->approved
                                                                                    : INT32_MIN;
}

/* Every name is unique: two or three syllables, trade and branch follow from the serial by
 * bijections. Two syllables go to every other one of the first half million rows. */
static void name_row(const struct job *job, uint64_t *state, struct row *row)
{
    uint64_t choice = draw(state);
    uint32_t word;
    if (row->serial < (1 << 19) && (row->serial & 1) == 0) {
        word = shuffle_bits(job->seed, (uint32_t)row->serial >> 1, 18);
        row->trade = &TRADES[word & 15];
        word >>= 4;
        row->syllables[2] = "";
    } else {
        word = shuffle_bits(job->seed, (uint32_t)row->serial & ((1 << 26) - 1), 26);
        row->trade = &TRADES[word & 31];
        row->syllables[2] = SYLLABLES[(word >> 5) & 127];
        word >>= 12;
    }
    row->syllables[1] = SYLLABLES[word & 127];
    row->syllables[0] = SYLLABLES[word >> 7];
    row->branch = BRANCHES[row->serial >> 26];
    row->place = &PLACES[place_table[choice & 1023]];
    row->place_suffix = (choice >> 10) & 1 ? "市" : "";
    row->form = &FORMS[(choice >> 11) & 31];
    bool renamed = ((choice >> 16) & 31) == 0;
    row->former[0] = renamed ? SYLLABLES[(choice >> 21) & 127] : NULL;
    row->former[1] = renamed ? SYLLABLES[(choice >> 28) & 127] : NULL;
}

static void draw_scope(uint64_t *state, struct row *row)
{
    uint32_t kind = below(state, 100);
    uint64_t which = draw(state);
    row->definition_phrase = kind < 61   ? NARROW_PHRASES[which & 7]
                             : kind < 82 ? WIDE_PHRASES[which & 15]
                             : kind < 85 ? NEGATED_PHRASES[which & 3]
                                         : NULL;
    row->phrases = 6 + below(state, 10);
    row->first_phrase = (which >> 8) & 63;
    row->stride = ((which >> 14) & 63) | 1; /* odd: no phrase comes twice */
    row->licensed = (which >> 20) & 3 ? NULL : LICENSED_PHRASES[(which >> 22) & 7];
}

static void draw_details(uint64_t *state, struct row *row)
{
    uint64_t bits = draw(state);
    row->capital = CAPITALS[bits & 31];
    row->currency = &CURRENCIES[(bits >> 5) & 63 ? 0 : 1 + ((bits >> 11) & 1)];
    row->road = ROADS[(bits >> 12) & 31];
    row->building = BUILDINGS[(bits >> 17) & 15];
    row->insured = (bits >> 21) & 1 ? (bits >> 22) & 15 : 0;
    row->house = 1 + below(state, 999);
    row->floor = 1 + below(state, 28);
    row->room = 1 + below(state, 40);
    row->wording = draw(state);
    uint32_t listed = below(state, 100);
    row->in_file[TIANYANCHA] = listed < 70;
    row->in_file[QICHACHA] = listed < 40 || listed >= 70;
}

/* What changed in the row since the first export: one row in twenty in each month. An extant
 * enterprise may cease, else the scope moves on by one phrase, so that a change always shows. */
static void apply_vintages(const struct job *job, struct row *row)
{
    for (unsigned k = 1; k <= job->vintage; k++) {
        uint64_t h = hash(job->seed, 16 + k, row->serial);
        if ((h >> 32) % 20 != 0)
            continue;
        row->approved = months_later(job->as_of, k) - (day_number)(h & 15);
        bool exits = row->status->exit == STAYS ? (h >> 8) & 1 : row->status->exit == REVOKED;
        if (exits) {
            row->status =
                &STATUSES[row->status->exit == STAYS && ((h >> 9) & 7) == 0 ? ST_REVOKED
                                                                            : ST_DEREGISTERED];
            row->ceased = row->approved;
        } else {
            row->first_phrase = (row->first_phrase + 1) & 63;
        }
    }
}

/* GB 11714: check character of an organisation code. */
static char organisation_check(const char *code)
{
    static const uint8_t WEIGHTS[8] = {3, 7, 9, 10, 5, 8, 4, 2};
    unsigned sum = 0;
    for (int i = 0; i < 8; i++)
        sum += WEIGHTS[i] * (unsigned)(code[i] <= '9' ? code[i] - '0' : code[i] - 'A' + 10);
    unsigned check = 11 - sum % 11;
    return check == 10 ? 'X' : check == 11 ? '0' : (char)('0' + check);
}

static const char CODE_CHARACTERS[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
static uint8_t code_values[128];

static void prepare_codes(void)
{
    for (uint8_t i = 0; i < 31; i++)
        code_values[(unsigned char)CODE_CHARACTERS[i]] = i;
}

/* GB 32100: 9, kind of enterprise, region, organisation code, check character. */
static void make_code(const struct job *job, struct row *row)
{
    static const uint8_t WEIGHTS[17] = {1,  3,  9,  27, 19, 26, 16, 17, 20,
                                        29, 25, 13, 8,  24, 10, 30, 28};
    char *code = row->code;
    code[0] = '9';
    code[1] = row->form->kind;
    memcpy(code + 2, row->place->region, 6);
    code[8] = 'M';
    code[9] = 'A';
    uint64_t body = shuffle_square(job->seed, row->serial, CODE_HALF);
    for (int i = 15; i >= 10; i--, body /= 31)
        code[i] = CODE_CHARACTERS[body % 31];
    code[16] = organisation_check(code + 8);
    unsigned sum = 0;
    for (int i = 0; i < 17; i++)
        sum += WEIGHTS[i] * code_values[(unsigned char)code[i]];
    code[17] = CODE_CHARACTERS[(31 - sum % 31) % 31];
    code[18] = '\0';
}

/* Registration number: region, eight digits, check digit by ISO 7064 MOD 11,10. There are only
 * 10^8 of them, and a repeated one would join two enterprises, so later rows have none. */
static void make_number(const struct job *job, struct row *row)
{
    char *number = row->number;
    number[0] = '\0';
    if (row->serial >= (uint64_t)NUMBER_HALF * NUMBER_HALF || row->wording >> 62 == 0)
        return;
    memcpy(number, row->place->region, 6);
    uint64_t body = shuffle_square(job->seed + 1, row->serial, NUMBER_HALF);
    for (int i = 13; i >= 6; i--, body /= 10)
        number[i] = (char)('0' + body % 10);
    unsigned product = 10;
    for (int i = 0; i < 14; i++) {
        unsigned sum = (product + (unsigned)(number[i] - '0')) % 10;
        product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    number[14] = (char)('0' + (11 - product) % 10);
    number[15] = '\0';
}

static void make_row(const struct job *job, uint64_t serial, struct row *row)
{
    uint64_t state = hash(job->seed, 0, serial);
    row->serial = serial;
    row->vendor = job->vendor;
    name_row(job, &state, row);
    draw_life(job, &state, row);
    draw_scope(&state, row);
    draw_details(&state, row);
    apply_vintages(job, row);
    make_code(job, row);
    make_number(job, row);
}

/* ---- Cells: each writes at `to` and returns where it stopped ---- */

static char *put(char *to, const char *text)
{
    return stpcpy(to, text);
}

static char *put_number(char *to, uint32_t number)
{
    char digits[10];
    int count = 0;
    do
        digits[count++] = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    while (count > 0)
        *to++ = digits[--count];
    return to;
}

static char *put_day(char *to, day_number number)
{
    struct civil c = civil_of(number);
    to = put_number(to, (uint32_t)c.year);
    *to++ = '-';
    *to++ = (char)('0' + c.month / 10);
    *to++ = (char)('0' + c.month % 10);
    *to++ = '-';
    *to++ = (char)('0' + c.day / 10);
    *to++ = (char)('0' + c.day % 10);
    return to;
}

static char *put_nothing(char *to, const struct row *row)
{
    (void)row;
    return put(to, "-");
}

static char *put_name(char *to, const struct row *row)
{
    to = put(to, row->place->in_name);
    to = put(to, row->place_suffix);
    for (int i = 0; i < 3; i++)
        to = put(to, row->syllables[i]);
    to = put(to, row->trade->name);
    to = put(to, row->branch);
    return put(to, row->form->suffix);
}

static char *put_former_name(char *to, const struct row *row)
{
    if (row->former[0] == NULL)
        return put(to, "-");
    to = put(to, row->place->in_name);
    to = put(to, row->former[0]);
    to = put(to, row->former[1]);
    to = put(to, row->trade->name);
    return put(to, row->form->suffix);
}

static char *put_status(char *to, const struct row *row)
{
    return put(to, row->status->word[row->vendor][row->wording & 3]);
}

/* One vendor writes thousands with a comma, so the cell has to be quoted. */
static char *put_capital(char *to, const struct row *row)
{
    const char *unit = row->currency->unit[row->vendor];
    bool comma = row->vendor == QICHACHA && row->capital >= 1000;
    if (comma) {
        *to++ = '"';
        to = put_number(to, row->capital / 1000);
        *to++ = ',';
        for (uint32_t rest = row->capital % 1000, unit_of = 100; unit_of > 0; unit_of /= 10)
            *to++ = (char)('0' + rest / unit_of % 10);
    } else {
        to = put_number(to, row->capital);
    }
    to = put(to, unit);
    if (comma)
        *to++ = '"';
    return to;
}

static char *put_founded(char *to, const struct row *row)
{
    return put_day(to, row->founded);
}

static char *put_approved(char *to, const struct row *row)
{
    return put_day(to, row->approved);
}

static char *put_ceased(char *to, const struct row *row)
{
    return row->ceased == INT32_MIN ? put(to, "-") : put_day(to, row->ceased);
}

static char *put_deregistered(char *to, const struct row *row)
{
    return row->status->exit == DEREGISTERED ? put_ceased(to, row) : put(to, "-");
}

static char *put_revoked(char *to, const struct row *row)
{
    return row->status->exit == REVOKED ? put_ceased(to, row) : put(to, "-");
}

static char *put_term(char *to, const struct row *row)
{
    return put(put_day(to, row->founded), "至无固定期限");
}

static char *put_province(char *to, const struct row *row)
{
    return put(to, PROVINCES[row->place->province].name[row->vendor]);
}

static char *put_city(char *to, const struct row *row)
{
    return put(to, row->place->city);
}

static char *put_district(char *to, const struct row *row)
{
    return put(to, row->place->district[0] ? row->place->district : "-");
}

static char *put_code(char *to, const struct row *row)
{
    return put(to, row->code);
}

static char *put_registration_no(char *to, const struct row *row)
{
    return put(to, row->number[0] ? row->number : "-");
}

/* One vendor sets the check character off with a hyphen. */
static char *put_organisation_code(char *to, const struct row *row)
{
    memcpy(to, row->code + 8, 8);
    to += 8;
    if (row->vendor == QICHACHA)
        *to++ = '-';
    *to++ = row->code[16];
    return to;
}

static char *put_type(char *to, const struct row *row)
{
    return put(to, row->form->type[row->vendor]);
}

static char *put_section(char *to, const struct row *row)
{
    return put(to, INDUSTRIES[row->trade->industry].section);
}

static char *put_division(char *to, const struct row *row)
{
    return put(to, INDUSTRIES[row->trade->industry].division);
}

static char *put_group(char *to, const struct row *row)
{
    return put(to, INDUSTRIES[row->trade->industry].group);
}

static char *put_class(char *to, const struct row *row)
{
    return put(to, INDUSTRIES[row->trade->industry].class);
}

static char *put_insured(char *to, const struct row *row)
{
    return put_number(to, row->insured);
}

static char *put_address(char *to, const struct row *row)
{
    const char *province = PROVINCES[row->place->province].name[QICHACHA];
    if (strcmp(province, row->place->city) != 0)
        to = put(to, province);
    to = put(to, row->place->city);
    to = put(to, row->place->district);
    to = put(to, row->road);
    to = put_number(to, row->house);
    to = put(to, "号");
    to = put(to, row->building);
    to = put_number(to, 1 + row->house % 9);
    to = put(to, "栋");
    to = put_number(to, row->floor);
    to = put(to, "层");
    to = put_number(to, row->floor * 100 + row->room);
    to = put(to, "室");
    return row->wording >> 60 == 0 ? put(to, "（集群注册）") : to;
}

static char *put_scope(char *to, const struct row *row)
{
    unsigned at = row->first_phrase, define_at = row->phrases / 3;
    to = put(to, "一般项目：");
    for (unsigned i = 0; i < row->phrases; i++, at = (at + row->stride) & 63) {
        if (i > 0)
            to = put(to, "；");
        if (i == define_at && row->definition_phrase != NULL) {
            to = put(to, row->definition_phrase);
            to = put(to, "；");
        }
        to = put(to, GENERAL_PHRASES[at]);
    }
    to = put(to, "（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）");
    if (row->licensed != NULL) {
        to = put(to, "许可项目：");
        to = put(to, row->licensed);
        to = put(to, "（依法须经批准的项目，经相关部门批准后方可开展经营活动，"
                     "具体经营项目以审批结果为准）");
    }
    return to;
}

/* ---- Layouts. Columns of persons, phones and e-mail are there and empty. ---- */

struct column {
    const char *header;
    char *(*write)(char *to, const struct row *row);
};

static const struct column TIANYANCHA_COLUMNS[] = {
    {"公司名称", put_name},          {"经营状态", put_status},
    {"法定代表人", put_nothing},     {"注册资本", put_capital},
    {"成立日期", put_founded},       {"核准日期", put_approved},
    {"营业期限", put_term},          {"注销日期", put_deregistered},
    {"吊销日期", put_revoked},       {"所属省份", put_province},
    {"所属城市", put_city},          {"所属区县", put_district},
    {"电话", put_nothing},           {"更多电话", put_nothing},
    {"邮箱", put_nothing},           {"统一社会信用代码", put_code},
    {"注册号", put_registration_no}, {"组织机构代码", put_organisation_code},
    {"参保人数", put_insured},       {"公司类型", put_type},
    {"所属行业", put_division},      {"曾用名", put_former_name},
    {"英文名", put_nothing},         {"网址", put_nothing},
    {"注册地址", put_address},       {"经营范围", put_scope},
};

static const struct column QICHACHA_COLUMNS[] = {
    {"企业名称", put_name},
    {"登记状态", put_status},
    {"法定代表人", put_nothing},
    {"统一社会信用代码", put_code},
    {"注册资本", put_capital},
    {"成立日期", put_founded},
    {"核准日期", put_approved},
    {"注吊销日期", put_ceased},
    {"所属省份", put_province},
    {"所属城市", put_city},
    {"所属区县", put_district},
    {"电话", put_nothing},
    {"邮箱", put_nothing},
    {"企业(机构)类型", put_type},
    {"国标行业门类", put_section},
    {"国标行业大类", put_division},
    {"国标行业中类", put_group},
    {"国标行业小类", put_class},
    {"曾用名", put_former_name},
    {"企业地址", put_address},
    {"经营范围", put_scope},
    {"注册号", put_registration_no},
    {"组织机构代码", put_organisation_code},
    {"参保人数", put_insured},
};

struct layout {
    const char *source;
    const struct column *columns;
    size_t column_count;
    const char *line_end;
    const char *file_name; /* day of the export, number of the order */
    uint64_t order;
};

static const struct layout LAYOUTS[VENDORS] = {
    [TIANYANCHA] = {"tianyancha", TIANYANCHA_COLUMNS, COUNT(TIANYANCHA_COLUMNS), "\n",
                    "【天眼查】高级搜索“跨境电商”%04d%02d%02d(W%" PRIu64 ").csv", 1000000001},
    [QICHACHA] = {"qichacha", QICHACHA_COLUMNS, COUNT(QICHACHA_COLUMNS), "\r\n",
                  "【企查查】查企业-高级搜索“跨境电商”%04d%02d%02d(%" PRIu64 ").csv", 2000000002},
};

static char *put_row(char *to, const struct layout *layout, const struct row *row)
{
    for (size_t i = 0; i < layout->column_count; i++) {
        if (i > 0)
            *to++ = ',';
        to = layout->columns[i].write(to, row);
    }
    return put(to, layout->line_end);
}

static char *put_header(char *to, const struct layout *layout)
{
    to = put(to, "\xEF\xBB\xBF");
    for (size_t i = 0; i < layout->column_count; i++) {
        if (i > 0)
            *to++ = ',';
        to = put(to, layout->columns[i].header);
    }
    return put(to, layout->line_end);
}

/* ---- Files ---- */

static bool write_rows(const struct job *job, FILE *file)
{
    static char buffer[BUFFER_SIZE + ROW_ROOM];
    const struct layout *layout = &LAYOUTS[job->vendor];
    char *to = put_header(buffer, layout);
    for (uint64_t i = 0; i < job->rows; i++) {
        struct row row;
        make_row(job, job->first + i, &row);
        if (job->sample && !row.in_file[job->vendor])
            continue;
        char *end = put_row(to, layout, &row);
        assert(end - to < ROW_ROOM);
        to = end;
        if (to - buffer >= BUFFER_SIZE) {
            if (fwrite(buffer, 1, (size_t)(to - buffer), file) != (size_t)(to - buffer))
                return false;
            to = buffer;
        }
    }
    return fwrite(buffer, 1, (size_t)(to - buffer), file) == (size_t)(to - buffer) &&
           fflush(file) == 0;
}

static int fail(const char *what)
{
    fprintf(stderr, "make_exports: %s: %s\n", what, strerror(errno));
    return 1;
}

/* A file of --rows has a number of its own for each first row, so that a folder can hold several.
 */
static int write_file(const struct job *job)
{
    char name[256], path[PATH_MAX];
    struct civil day = civil_of(months_later(job->as_of, job->vintage));
    uint64_t order = LAYOUTS[job->vendor].order + (job->sample ? 0 : 2000000000 + job->first);
    snprintf(name, sizeof name, LAYOUTS[job->vendor].file_name, day.year, day.month, day.day,
             order);
    int length = snprintf(path, sizeof path, "%s/%s", job->directory, name);
    if (length < 0 || (size_t)length >= sizeof path) {
        errno = ENAMETOOLONG;
        return fail(job->directory);
    }
    if (mkdir(job->directory, 0777) != 0 && errno != EEXIST)
        return fail(job->directory);
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return fail(path);
    bool written = write_rows(job, file);
    int error = errno;
    if (fclose(file) != 0)
        return fail(path);
    errno = error;
    if (!written)
        return fail(path);
    return puts(path) < 0 || fflush(stdout) != 0 ? fail("standard output") : 0;
}

/* ---- Command line ---- */

static int usage_error(const char *what, const char *argument)
{
    fprintf(stderr, "make_exports: %s: %s\nTry make_exports --help\n", what, argument);
    return 2;
}

static bool parse_number(const char *text, uint64_t most, uint64_t *number)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    *number = value;
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0 && value <= most;
}

static bool parse_day(const char *text, day_number *day)
{
    int y, m, d, end = 0;
    if (sscanf(text, "%4d-%2d-%2d%n", &y, &m, &d, &end) != 3 || end != 10 || text[end] != '\0')
        return false;
    if (y < 1990 || y > 2100 || m < 1 || m > 12 || d < 1 || d > days_in_month(y, m))
        return false;
    *day = day_of(y, m, d);
    return true;
}

static bool parse_source(const char *text, enum vendor *vendor)
{
    for (int i = 0; i < VENDORS; i++) {
        if (strcmp(text, LAYOUTS[i].source) == 0) {
            *vendor = (enum vendor)i;
            return true;
        }
    }
    return false;
}

/* False: the value does not fit; *known is false where there is no such option. */
static bool parse_option(struct job *job, const char *option, const char *value, bool *known)
{
    uint64_t number = 0;
    bool fits;
    *known = true;
    if (strcmp(option, "--seed") == 0)
        return parse_number(value, UINT64_MAX, &job->seed);
    if (strcmp(option, "--rows") == 0) {
        job->sample = false;
        return parse_number(value, MOST_ROWS, &job->rows);
    }
    if (strcmp(option, "--first") == 0)
        return parse_number(value, MOST_ROWS, &job->first);
    if (strcmp(option, "--source") == 0)
        return parse_source(value, &job->vendor);
    if (strcmp(option, "--as-of") == 0)
        return parse_day(value, &job->as_of);
    if (strcmp(option, "--vintage") == 0) {
        fits = parse_number(value, MOST_VINTAGES, &number);
        job->vintage = (unsigned)number;
        return fits;
    }
    *known = false;
    return false;
}

/* 0, 2 for a wrong command line, or -1 where help was asked for. */
static int parse_arguments(struct job *job, int argc, char **argv)
{
    const char *only_with_rows = NULL;
    for (int i = 1; i < argc; i++) {
        bool known;
        if (strcmp(argv[i], "--help") == 0)
            return -1;
        if (strncmp(argv[i], "--", 2) != 0) {
            if (job->directory != NULL)
                return usage_error("more than one folder", argv[i]);
            job->directory = argv[i];
            continue;
        }
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (!parse_option(job, argv[i], value, &known))
            return known ? usage_error("wrong or missing value", argv[i])
                         : usage_error("no such option", argv[i]);
        if (strcmp(argv[i], "--seed") != 0 && strcmp(argv[i], "--rows") != 0)
            only_with_rows = argv[i];
        i++;
    }
    if (job->directory == NULL)
        return usage_error("missing", "folder");
    if (job->sample && only_with_rows != NULL)
        return usage_error("goes only with --rows", only_with_rows);
    if (job->sample && strcmp(job->directory, "-") == 0)
        return usage_error("the sample is two files and needs a folder", "-");
    if (!job->sample && job->rows > MOST_ROWS - job->first)
        return usage_error("there are codes for only 887503681 rows", "--rows");
    return 0;
}

int main(int argc, char **argv)
{
    struct job job = {.seed = 1, .sample = true, .as_of = day_of(2024, 8, 20)};
    int wrong = parse_arguments(&job, argc, argv);
    if (wrong == -1)
        return fputs(USAGE, stdout) < 0 || fflush(stdout) != 0 ? fail("standard output") : 0;
    if (wrong != 0)
        return wrong;
    prepare_places();
    prepare_codes();
    if (job.sample) {
        job.rows = sample_size();
        for (int i = 0; i < VENDORS; i++) {
            job.vendor = (enum vendor)i;
            if (write_file(&job) != 0)
                return 1;
        }
        return 0;
    }
    if (strcmp(job.directory, "-") == 0)
        return write_rows(&job, stdout) ? 0 : fail("standard output");
    return write_file(&job);
}
