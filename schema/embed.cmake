# Turns the .sql files of this folder into C sources: one array of {name, text} for each subfolder.
# Written as byte arrays, because string literals have a length limit that long files would pass.

set(GENERATED_DIR ${CMAKE_CURRENT_BINARY_DIR}/generated)
set(SQL_SOURCES)

function(embed_sql folder)
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/schema/${folder}/*.sql)
    list(SORT files)
    set(arrays "")
    set(entries "")
    set(number 0)
    foreach(file ${files})
        get_filename_component(name ${file} NAME_WE)
        file(READ ${file} hex HEX)
        string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
        string(APPEND arrays "static const unsigned char text_${number}[] = {${bytes}0};\n")
        string(APPEND entries "    {\"${name}\", (const char *)text_${number}},\n")
        math(EXPR number "${number} + 1")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    endforeach()
    set(source ${GENERATED_DIR}/schema_${folder}.c)
    file(CONFIGURE OUTPUT ${source} CONTENT "#include \"registry/schema.h\"

${arrays}
const struct sql_file schema_${folder}[] = {
${entries}    {0, 0},
};
" @ONLY)
    set(SQL_SOURCES ${SQL_SOURCES} ${source} PARENT_SCOPE)
endfunction()

embed_sql(migrations)
embed_sql(statements)
embed_sql(queries)
embed_sql(listings)
embed_sql(session)
embed_sql(undo)
embed_sql(vintage)
embed_sql(derive)
embed_sql(checks_on_file)
embed_sql(checks_derived)
