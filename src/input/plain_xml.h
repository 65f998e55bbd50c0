/* plain_xml.h: elements of an XML document in UTF-8 that are read without expat, as it would read
 * them. */
#ifndef CBEC_INPUT_PLAIN_XML_H
#define CBEC_INPUT_PLAIN_XML_H

#include "input/xlsx_parts.h"
#include "util/slice.h"

/* A plain element has no more elements inside one another. */
enum { PLAIN_XML_DEPTH = 8 };

/*
 * The length of the element that `text` begins with, from its tag to the end of it, if it is plain:
 * written as programs write rows and strings, with nothing in it but elements like itself, their
 * attributes in ASCII, and text, all without references. 0 if it is not, or goes on behind the
 * text. A NUL must stand behind the text.
 */
size_t plain_xml_length(const char *text);

/* Hands a plain element of this length on, in which it writes. */
void plain_xml_read(char *text, size_t length, const struct xml_handler *handler, void *context);

#endif
