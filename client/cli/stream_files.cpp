#include "client/cli/stream_files.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "common/base/reason.hpp"

namespace dossier::client {
namespace {

constexpr Fault kStream{
    "cli.stream",
    ErrorCode::NoSpace,
    {"标准输入输出的内容无处暂存：{}",
     "there is no place for what goes through standard input or output: {}"},
    {"写出文件名，或检查内存与磁盘空间", "name a file instead, or look at memory and disk space"}};
constexpr std::string_view kRead = "stdin";
constexpr std::string_view kWritten = "stdout";

void replace_all(std::string& text, const std::string& what) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        text.replace(at, what.size(), "-");
}

}  // namespace

StreamFiles::StreamFiles(StreamFiles&& other) noexcept
    : folder_(std::exchange(other.folder_, {})), writes_(other.writes_) {}

StreamFiles::~StreamFiles() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

std::string StreamFiles::path(std::string_view name) const {
    return folder_ + "/" + std::string(name);
}

Status StreamFiles::make_folder() {
    if (!folder_.empty()) return {};
    // In memory: what is sealed in the store must not lie plain on the disk.
    const char* place = std::getenv("XDG_RUNTIME_DIR");
    std::string made = place != nullptr && *place != 0 ? place : "/dev/shm";
    made += "/dossier-stream-XXXXXX";
    if (::mkdtemp(made.data()) == nullptr) return fail(kStream, dossier::reason_of(errno));
    folder_ = std::move(made);
    return {};
}

Result<StreamFiles> StreamFiles::lay(Parsed& parsed, std::istream& in) {
    StreamFiles files;
    for (const Input& input : parsed.action->inputs) {
        const bool reads = input.means == Means::FileRead;
        const bool is_file = reads || input.means == Means::FileWritten;
        const auto key = input.key();
        if (!is_file || parsed.inputs.all(key) != std::vector<std::string>{"-"}) continue;
        if (auto made = files.make_folder(); !made) return pass(made);
        parsed.inputs.put(key, {files.path(reads ? kRead : kWritten)});
        files.writes_ = files.writes_ || !reads;
        if (!reads) continue;
        std::ofstream file(files.path(kRead), std::ios::binary);
        // An empty input sets the failure bit of the stream it is copied to.
        if (in.peek() != std::istream::traits_type::eof()) file << in.rdbuf();
        if (!file.flush()) return fail(kStream, dossier::reason_of(ENOSPC));
    }
    return files;
}

Status StreamFiles::deliver(std::ostream& out) const {
    std::ifstream file(path(kWritten), std::ios::binary);
    if (!file) return fail(kStream, dossier::reason_of(ENOENT));
    if (file.peek() != std::ifstream::traits_type::eof()) out << file.rdbuf();
    return {};
}

void StreamFiles::as_typed(action::Outcome& outcome) const {
    if (folder_.empty()) return;
    for (const auto name : {kRead, kWritten}) {
        for (auto& note : outcome.answer.notes) replace_all(note, path(name));
        for (auto& part : outcome.answer.parts) {
            if (auto* line = std::get_if<std::string>(&part)) replace_all(*line, path(name));
        }
        if (outcome.refusal) replace_all(outcome.refusal->message, path(name));
    }
}

}  // namespace dossier::client
