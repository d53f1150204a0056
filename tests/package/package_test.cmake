# What somebody who builds on Kiem does: install it into an empty folder, configure a program that knows nothing of the
# source tree, build it, run it. Run by CTest with BUILD, OUTSIDE, WORK, COMPILER, FLAGS and LAUNCHER set.
function(must what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${what} failed (${code}):\n${said}")
  endif()
  set(said "${said}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
must("install" ${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
must("configure" ${CMAKE_COMMAND} -S ${OUTSIDE} -B ${WORK}/build -G Ninja -DCMAKE_PREFIX_PATH=${WORK}/prefix
     -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_FLAGS=${FLAGS} -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER})
must("build" ${CMAKE_COMMAND} --build ${WORK}/build)

# Nothing of the source tree may be needed: its headers would hide that one was not installed.
file(READ ${WORK}/build/build.ninja rules)
string(FIND "${rules}" "-I${SOURCE}/" found)
if(NOT found EQUAL -1)
  message(FATAL_ERROR "the package points into the source tree")
endif()

must("the program" ${WORK}/build/tool-library ${WORK}/laptops)
if(NOT said STREQUAL "Bram sees: Ladder\n")
  message(FATAL_ERROR "the program said: ${said}")
endif()
file(REMOVE_RECURSE ${WORK})
