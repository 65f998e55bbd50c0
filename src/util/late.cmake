# late_library(NAME FUNCTIONS HEADER MODULE): makes late/NAME.h and late/NAME.c for the library of the pkg-config module
# MODULE, of whose functions those are called that the file FUNCTIONS names, one in a line. See late.h.
# The library goes by the name under which programs that are linked with it find it.

set(LATE_SOURCES)

function(late_library name functions header module)
    file(STRINGS ${functions} called REGEX "^[a-z]")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${functions})
    list(GET ${module}_LINK_LIBRARIES 0 library)
    execute_process(COMMAND ${CMAKE_OBJDUMP} -p ${library} OUTPUT_VARIABLE about COMMAND_ERROR_IS_FATAL ANY)
    if(NOT about MATCHES "SONAME +([^\n]+)")
        message(FATAL_ERROR "${library} has no SONAME")
    endif()
    set(file ${CMAKE_MATCH_1})
    set(members "")
    set(macros "")
    set(names "")
    foreach(function ${called})
        string(APPEND members "    __typeof__(${function}) *${function};\n")
        string(APPEND macros "#define ${function} ${name}_functions()->${function}\n")
        string(APPEND names "    \"${function}\",\n")
    endforeach()
    set(made "/* Made by src/util/late.cmake of ${functions}. */")
    file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/generated/late/${name}.h CONTENT "${made}
#ifndef LATE_${name}_H
#define LATE_${name}_H

#include <${header}>

struct ${name}_functions {
${members}};

/* Why the library cannot be had; NULL if it is there. */
const char *${name}_failure(void);

const struct ${name}_functions *${name}_functions(void);

#ifndef LATE_NAMES_ONLY
${macros}#endif

#endif
" @ONLY)
    set(source ${CMAKE_CURRENT_BINARY_DIR}/generated/late/${name}.c)
    file(CONFIGURE OUTPUT ${source} CONTENT "${made}
#define LATE_NAMES_ONLY
#include <stdlib.h>

#include \"late/${name}.h\"
#include \"util/late.h\"

static const char *const names[] = {
${names}};

static struct ${name}_functions functions;
static struct late_library library = {.file = \"${file}\",
                                      .names = names,
                                      .functions = &functions,
                                      .count = sizeof names / sizeof *names,
                                      .mutex = PTHREAD_MUTEX_INITIALIZER};

const char *${name}_failure(void)
{
    return late_load(&library);
}

const struct ${name}_functions *${name}_functions(void)
{
    if (late_load(&library)) /* which ${name}_failure would have said */
        abort();
    return &functions;
}
" @ONLY)
    set(LATE_SOURCES ${LATE_SOURCES} ${source} PARENT_SCOPE)
endfunction()
