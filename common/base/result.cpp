#include "common/base/result.hpp"

#include <algorithm>

#include "common/base/told.hpp"

namespace dossier {
namespace {

std::size_t marks_in(std::string_view pattern) {
    std::size_t count = 0;
    for (std::size_t at = pattern.find("{}"); at != std::string_view::npos;
         at = pattern.find("{}", at + 2)) {
        ++count;
    }
    return count;
}

}  // namespace

std::string describe(const Error& error, Lang lang) {
    const auto what = error.fault->what.in(lang);
    const auto remedy = error.fault->remedy.in(lang);
    const std::span<const std::string> args(error.args);
    std::string line = told(what, args);
    line += lang == Lang::Zh ? "（" : " (";
    line += error.fault->id;
    line += lang == Lang::Zh ? "）" : ")";
    if (remedy.empty()) return line;
    line += lang == Lang::Zh ? "。处理：" : ". Remedy: ";
    line += told(remedy, args.subspan(std::min(marks_in(what), args.size())));
    return line;
}

int exit_code(ErrorCode code) {
    switch (code) {
        case ErrorCode::Usage:
            return 2;
        case ErrorCode::Partial:
            return 3;
        case ErrorCode::NoStore:
            return 10;
        case ErrorCode::Busy:
        case ErrorCode::TooOften:
            return 11;
        case ErrorCode::Unauthenticated:
            return 12;
        case ErrorCode::Unreachable:
        case ErrorCode::TimedOut:
            return 13;
        case ErrorCode::DeviceRefused:
            return 14;
        case ErrorCode::WrongServer:
            return 15;
        case ErrorCode::Version:
            return 16;
        case ErrorCode::Corrupt:
            return 17;
        case ErrorCode::ClockSkew:
            return 18;
        case ErrorCode::NoSpace:
            return 19;
        case ErrorCode::Denied:
        case ErrorCode::NeedsApproval:
            return 20;
        default:
            return 1;
    }
}

}  // namespace dossier
