/* number.h: the numbers of workbook cells, and their text. Nothing here heeds the locale. */
#ifndef CBEC_INPUT_NUMBER_H
#define CBEC_INPUT_NUMBER_H

#include "util/slice.h"

/* The longest text that number_format writes, with its NUL. */
#define NUMBER_TEXT_SIZE 32

/* Reads a number as workbooks write it: 44561, -0.5, 9.1442E+17. False if the text is something
 * else. */
bool number_parse(struct slice text, double *number);

/*
 * Writes a number with the 15 digits that spreadsheets keep and show; whole ones below 10^21
 * without an exponent, so that a code that was stored as a number comes out as digits.
 */
void number_format(double number, char text[NUMBER_TEXT_SIZE]);

#endif
