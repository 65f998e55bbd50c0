# Turns the page's style sheet into a C source, as a byte array like those of schema/embed.cmake. It is in ASCII.
set(PAGE_CSS ${CMAKE_CURRENT_SOURCE_DIR}/src/output/page.css)
set(PAGE_SOURCES ${CMAKE_CURRENT_BINARY_DIR}/generated/page_css.c)
file(READ ${PAGE_CSS} hex HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
file(CONFIGURE OUTPUT ${PAGE_SOURCES} CONTENT "#include \"output/page_parts.h\"

const char page_css[] = {${bytes}0};
" @ONLY)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PAGE_CSS})
