# The page of the office's console, built into the program: each file once compressed, by .incbin.
#   npm       built from common/web by npm and vite, anew when something of it changed
#   prebuilt  the files in DOSSIER_WEB_DIR as they are
#   off       none: the program says so where its page would be
set(DOSSIER_WEB "" CACHE STRING "npm, prebuilt or off; by default npm where there is one")
set(DOSSIER_WEB_DIR "" CACHE PATH "With -DDOSSIER_WEB=prebuilt: the folder of the built page")
set(web_source ${CMAKE_SOURCE_DIR}/common/web)
find_program(NPM npm)
set(web_how "${DOSSIER_WEB}")
if(web_how STREQUAL "")
  set(web_how off)
  if(NPM AND EXISTS ${web_source}/package-lock.json)
    set(web_how npm)
  endif()
endif()

set(web_built ${CMAKE_BINARY_DIR}/web/office)
set(web_made "")
if(web_how STREQUAL "npm")
  if(NOT NPM)
    message(FATAL_ERROR "-DDOSSIER_WEB=npm needs npm; -DDOSSIER_WEB=off builds without the pages")
  endif()
  file(GLOB_RECURSE web_files CONFIGURE_DEPENDS ${web_source}/office/* ${web_source}/shared/* ${web_source}/*.json ${web_source}/*.ts)
  list(FILTER web_files EXCLUDE REGEX "/(node_modules|build)/")
  set(installed ${CMAKE_BINARY_DIR}/web/installed)
  add_custom_command(OUTPUT ${installed}
    COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
    COMMAND ${CMAKE_COMMAND} -E touch ${installed}
    DEPENDS ${web_source}/package.json ${web_source}/package-lock.json
    WORKING_DIRECTORY ${web_source} COMMENT "Installing what the pages are built with" VERBATIM)
  set(web_made ${CMAKE_BINARY_DIR}/web/built)
  add_custom_command(OUTPUT ${web_made}
    COMMAND ${NPM} run --silent build -- --outDir ${web_built} --emptyOutDir --logLevel warn
    COMMAND ${CMAKE_COMMAND} -E touch ${web_made}
    DEPENDS ${installed} ${web_files}
    WORKING_DIRECTORY ${web_source} COMMENT "Building the pages" VERBATIM)
elseif(web_how STREQUAL "prebuilt")
  if(NOT EXISTS ${DOSSIER_WEB_DIR}/index.html)
    message(FATAL_ERROR "-DDOSSIER_WEB_DIR names no built page: there is no index.html in '${DOSSIER_WEB_DIR}'")
  endif()
  set(web_built ${DOSSIER_WEB_DIR})
  file(GLOB_RECURSE web_made CONFIGURE_DEPENDS ${DOSSIER_WEB_DIR}/*)
elseif(NOT web_how STREQUAL "off")
  message(FATAL_ERROR "DOSSIER_WEB is npm, prebuilt or off, not '${web_how}'")
endif()
message(STATUS "Pages of the console: ${web_how}")
set(web_how "${web_how}" CACHE INTERNAL "How the pages are built")

set(pages_table ${CMAKE_BINARY_DIR}/web/office_pages.cpp)
if(web_how STREQUAL "off")
  set(web_built "")
endif()
add_custom_command(OUTPUT ${pages_table}
  COMMAND ${CMAKE_COMMAND} -DFROM=${web_built} -DTABLE=${pages_table} -P ${CMAKE_SOURCE_DIR}/.cmake/embed.cmake
  DEPENDS ${web_made} ${CMAKE_SOURCE_DIR}/.cmake/embed.cmake COMMENT "Embedding the pages" VERBATIM)
