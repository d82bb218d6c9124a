# Compiler settings: warnings as errors for our own code, sanitizers, ccache where it is present.
add_library(zhenhui_warnings INTERFACE)
target_compile_options(zhenhui_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror)

if(ZHENHUI_SANITIZE)
  add_compile_options(-fsanitize=${ZHENHUI_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${ZHENHUI_SANITIZE})
  # An undefined-behaviour report must fail the test that caused it. The vptr check doubles the time to compile.
  if(ZHENHUI_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=vptr -fno-sanitize-recover=undefined)
  endif()
endif()

find_program(ZHENHUI_CCACHE ccache)
if(ZHENHUI_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${ZHENHUI_CCACHE}")
endif()
