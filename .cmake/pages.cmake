# The pages of both programs, built into them: each file once compressed, by .incbin.
#   npm       built from common/web by npm and vite, anew when something of it changed
#   prebuilt  the files in DOSSIER_WEB_DIR/<app> as they are
#   off       none: the program says so where its page would be
include_guard(GLOBAL)
set(DOSSIER_WEB "" CACHE STRING "npm, prebuilt or off; by default npm where there is one")
set(DOSSIER_WEB_DIR "" CACHE PATH "With -DDOSSIER_WEB=prebuilt: the folder of the built pages, office and laptop")
find_program(NPM npm)
set(web_how "${DOSSIER_WEB}")
if(web_how STREQUAL "")
  set(web_how off)
  if(NPM AND EXISTS ${CMAKE_SOURCE_DIR}/common/web/package-lock.json)
    set(web_how npm)
  endif()
endif()
if(NOT web_how MATCHES "^(npm|prebuilt|off)$")
  message(FATAL_ERROR "DOSSIER_WEB is npm, prebuilt or off, not '${web_how}'")
endif()
if(web_how STREQUAL "npm" AND NOT NPM)
  message(FATAL_ERROR "-DDOSSIER_WEB=npm needs npm; -DDOSSIER_WEB=off builds without the pages")
endif()
message(STATUS "Pages: ${web_how}")
set(web_how "${web_how}" CACHE INTERNAL "How the pages are built")
set(web_source ${CMAKE_SOURCE_DIR}/common/web CACHE INTERNAL "Sources of the pages")
set(web_installed ${CMAKE_BINARY_DIR}/web/installed CACHE INTERNAL "Made once what builds the pages is there")
add_custom_command(OUTPUT ${web_installed}
  COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
  COMMAND ${CMAKE_COMMAND} -E touch ${web_installed}
  DEPENDS ${web_source}/package.json ${web_source}/package-lock.json
  WORKING_DIRECTORY ${web_source} COMMENT "Installing what the pages are built with" VERBATIM)
# Both pages are built with it; one folder's rule is not seen in another's.
add_custom_target(web_tools DEPENDS ${web_installed})

# A library dossier::<top>_<app>_pages with the function <app>_pages() of <top>/web/pages.hpp.
function(dossier_pages app top)
  set(built ${CMAKE_BINARY_DIR}/web/${app})
  set(made "")
  if(web_how STREQUAL "npm")
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${web_source}/${app}/* ${web_source}/shared/* ${web_source}/*.json ${web_source}/*.ts)
    list(FILTER files EXCLUDE REGEX "/(node_modules|build)/")
    set(made ${CMAKE_BINARY_DIR}/web/built_${app})
    add_custom_command(OUTPUT ${made}
      COMMAND ${CMAKE_COMMAND} -E env APP=${app} ${NPM} run --silent build -- --outDir ${built} --emptyOutDir --logLevel warn
      COMMAND ${CMAKE_COMMAND} -E touch ${made}
      DEPENDS web_tools ${files}
      WORKING_DIRECTORY ${web_source} COMMENT "Building the page ${app}" VERBATIM)
  elseif(web_how STREQUAL "prebuilt")
    set(built ${DOSSIER_WEB_DIR}/${app})
    if(NOT EXISTS ${built}/index.html)
      message(FATAL_ERROR "-DDOSSIER_WEB_DIR holds no built page: there is no index.html in '${built}'")
    endif()
    file(GLOB_RECURSE made CONFIGURE_DEPENDS ${built}/*)
  else()
    set(built "")
  endif()
  set(table ${CMAKE_BINARY_DIR}/web/${app}_pages.cpp)
  add_custom_command(OUTPUT ${table}
    COMMAND ${CMAKE_COMMAND} -DFROM=${built} -DTABLE=${table} -DAPP=${app} -DTOP=${top} -P ${CMAKE_SOURCE_DIR}/.cmake/embed.cmake
    DEPENDS ${made} ${CMAKE_SOURCE_DIR}/.cmake/embed.cmake COMMENT "Embedding the page ${app}" VERBATIM)
  dossier_library(${top}_${app}_pages SOURCES ${table} LINK dossier::http)
  set_source_files_properties(${table} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
