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
