# zhenhui_proto_library(name PROTOS a.proto ... SERVICES b.proto ... DEPS target ...)
# Generates C++ for files under protos/ (SERVICES: gRPC stubs too, with mocks left out) and compiles it once.
find_program(ZHENHUI_GRPC_PLUGIN grpc_cpp_plugin REQUIRED)

function(zhenhui_proto_library name)
  cmake_parse_arguments(ARG "" "" "PROTOS;SERVICES;DEPS" ${ARGN})
  set(root "${PROJECT_SOURCE_DIR}/protos")
  set(out "${PROJECT_BINARY_DIR}/generated")
  file(MAKE_DIRECTORY "${out}")
  set(sources "")
  foreach(proto IN LISTS ARG_PROTOS ARG_SERVICES)
    string(REGEX REPLACE "\\.proto$" "" stem "${proto}")
    set(outputs "${out}/${stem}.pb.cc" "${out}/${stem}.pb.h")
    set(plugin "")
    if(proto IN_LIST ARG_SERVICES)
      list(APPEND outputs "${out}/${stem}.grpc.pb.cc" "${out}/${stem}.grpc.pb.h")
      set(plugin "--grpc_out=${out}" "--plugin=protoc-gen-grpc=${ZHENHUI_GRPC_PLUGIN}")
    endif()
    add_custom_command(
      OUTPUT ${outputs}
      COMMAND protobuf::protoc "-I${root}" "--cpp_out=${out}" ${plugin} "${root}/${proto}"
      DEPENDS "${root}/${proto}" VERBATIM)
    list(APPEND sources ${outputs})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY ZHENHUI_PROTOS ${ARG_PROTOS} ${ARG_SERVICES})
  set_property(GLOBAL APPEND PROPERTY ZHENHUI_SERVICE_PROTOS ${ARG_SERVICES})
  add_library(${name} STATIC ${sources})
  set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)  # generated files share file-local names
  target_include_directories(${name} SYSTEM PUBLIC "${out}")
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf ${ARG_DEPS})
  if(ZHENHUI_SANITIZE MATCHES "address")
    target_compile_options(${name} PRIVATE -fno-sanitize=all)  # not ours to check, and the slowest files to compile
  endif()
  if(ARG_SERVICES)
    target_link_libraries(${name} PUBLIC gRPC::grpc++)
  endif()
endfunction()

# zhenhui_embed_descriptors(target NAME symbol [EXTRA more.proto ...])
# Compiles one descriptor set into a target: every file that a zhenhui_proto_library names as SERVICES, EXTRA, all that they
# import, with comments. Also written to ${PROJECT_BINARY_DIR}/descriptors/NAME.binpb. Declare it where it is used:
#   namespace zhenhui::embedded { std::string_view symbol(); }
function(zhenhui_embed_descriptors target)
  cmake_parse_arguments(ARG "" "NAME" "EXTRA" ${ARGN})
  get_property(services GLOBAL PROPERTY ZHENHUI_SERVICE_PROTOS)
  get_property(all GLOBAL PROPERTY ZHENHUI_PROTOS)
  set(root "${PROJECT_SOURCE_DIR}/protos")
  set(set_file "${PROJECT_BINARY_DIR}/descriptors/${ARG_NAME}.binpb")
  set(out_cc "${CMAKE_CURRENT_BINARY_DIR}/embedded/${ARG_NAME}.cc")
  file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/descriptors" "${CMAKE_CURRENT_BINARY_DIR}/embedded")
  list(TRANSFORM all PREPEND "${root}/")
  add_custom_command(
    OUTPUT "${out_cc}" "${set_file}"
    COMMAND protobuf::protoc "-I${root}" "--descriptor_set_out=${set_file}" --include_imports --include_source_info
            ${services} ${ARG_EXTRA}
    COMMAND ${CMAKE_COMMAND} "-DOUT=${out_cc}" "-DNAME=${ARG_NAME}" "-DFILE=${set_file}"
            -P "${PROJECT_SOURCE_DIR}/cmake/EmbedBinary.cmake"
    DEPENDS ${all} "${PROJECT_SOURCE_DIR}/cmake/EmbedBinary.cmake"
    VERBATIM)
  # clang warns of a literal that is longer than every compiler must take.
  set_source_files_properties("${out_cc}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON COMPILE_OPTIONS -Wno-overlength-strings)
  target_sources(${target} PRIVATE "${out_cc}")
endfunction()
