#include "client/store/search_page.hpp"

#include <utility>

namespace dossier::client {
namespace {

constexpr std::size_t kSizeBytes = 2;

/// The next run of bytes that says its size; false when it is not whole.
bool read_run(ByteView& page, ByteView& run) {
    if (page.size() < kSizeBytes) return false;
    const std::size_t size = page[0] | std::size_t{page[1]} << 8U;
    if (page.size() - kSizeBytes < size) return false;
    run = page.subspan(kSizeBytes, size);
    page = page.subspan(kSizeBytes + size);
    return true;
}

void write_run(Bytes& page, ByteView run) {
    page.push_back(static_cast<std::uint8_t>(run.size() & 0xFFU));
    page.push_back(static_cast<std::uint8_t>(run.size() >> 8U));
    page.insert(page.end(), run.begin(), run.end());
}

}  // namespace

void each_entry(ByteView page, const std::function<bool(const PageEntry&)>& take) {
    for (ByteView token, docs; read_run(page, token) && read_run(page, docs);) {
        if (!take({text_of(token), docs})) return;
    }
}

ByteView docs_in(ByteView page, std::string_view token) {
    for (ByteView each, docs; read_run(page, each) && read_run(page, docs);) {
        if (text_of(each) == token) return docs;
    }
    return {};
}

void PageWriter::add(const PageEntry& entry) {
    if (entry.docs.empty()) return;
    const std::size_t bytes = 2 * kSizeBytes + entry.token.size() + entry.docs.size();
    if (page_.size() + bytes > kBytesMax) finish();
    if (page_.empty()) first_ = entry.token;
    write_run(page_, bytes_of(entry.token));
    write_run(page_, entry.docs);
}

void PageWriter::finish() {
    if (!page_.empty()) take_(first_, page_);
    page_.clear();
}

}  // namespace dossier::client
