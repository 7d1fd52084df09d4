// Whether what a program said got out: a full or closed standard output is no success.
#pragma once

#include "common/base/result.hpp"
#include "common/cli/console.hpp"

namespace dossier::cli {

inline constexpr Fault kOutputLost{
    "cli.output_lost",
    ErrorCode::NoSpace,
    {"输出没有写完：标准输出已满或不可写；命令本身可能已经执行",
     "the output is not complete: standard output is full or cannot be written; the command itself "
     "may have been carried out"},
    {"腾出空间，查看现在的状态，再运行一次",
     "free some space, look how things stand, run it again"}};

/// The exit code of a program that said everything into `console.out`: `code`, or that of
/// cli.output_lost when a success did not get out.
int delivered(Console& console, int code);

}  // namespace dossier::cli
