#include "common/tabular/xml.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>
#include <utility>

#include <expat.h>

namespace dossier::tabular {
namespace {

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// What one parser may hold at once: open elements, names it met, one tag or comment being read.
/// A sheet as spreadsheet programs write it needs some hundred KiB.
constexpr std::size_t kParserBytesMax = std::size_t{4} << 20U;

/// Counts what a parser holds. expat's allocator is not told for whom it works, so the one at work
/// on this thread is kept here.
struct Budget {
    std::size_t bytes = 0;
    static thread_local Budget* at_work;
};
thread_local Budget* Budget::at_work = nullptr;

class AtWork {
  public:
    explicit AtWork(Budget& budget) : before_(std::exchange(Budget::at_work, &budget)) {}
    AtWork(const AtWork&) = delete;
    AtWork& operator=(const AtWork&) = delete;
    ~AtWork() { Budget::at_work = before_; }

  private:
    Budget* before_;
};

/// Stands in front of each allocation.
struct alignas(std::max_align_t) Block {
    Budget* budget;
    std::size_t bytes;
};

void* resize(void* old, std::size_t bytes) {
    Block* block = old == nullptr ? nullptr : static_cast<Block*>(old) - 1;
    Budget& budget = block == nullptr ? *Budget::at_work : *block->budget;
    const std::size_t held = block == nullptr ? 0 : block->bytes;
    if (bytes > kParserBytesMax || budget.bytes - held + bytes > kParserBytesMax) return nullptr;
    auto* fresh = static_cast<Block*>(std::realloc(block, sizeof(Block) + bytes));
    if (fresh == nullptr) return nullptr;
    budget.bytes += bytes - held;
    *fresh = {&budget, bytes};
    return fresh + 1;
}
void* allocate(std::size_t bytes) {
    return resize(nullptr, bytes);
}
void release(void* old) {
    if (old == nullptr) return;
    Block* block = static_cast<Block*>(old) - 1;
    block->budget->bytes -= block->bytes;
    std::free(block);
}

}  // namespace

std::string_view XmlAttributes::find(std::string_view name) const {
    for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
        if (local_name(*pair) == name) return pair[1];
    }
    return {};
}

struct XmlReader::State {
    explicit State(XmlHandler& to) : handler(to) {
        static constexpr XML_Memory_Handling_Suite kMemory{allocate, resize, release};
        const AtWork counted(budget);
        parser = XML_ParserCreate_MM(nullptr, &kMemory, nullptr);
        if (parser == nullptr) throw std::bad_alloc();
        XML_SetUserData(parser, this);
        XML_SetElementHandler(parser, &State::on_open, &State::on_close);
        XML_SetCharacterDataHandler(parser, &State::on_text);
        XML_SetStartDoctypeDeclHandler(parser, &State::on_doctype);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { XML_ParserFree(parser); }

    static State& of(void* self) { return *static_cast<State*>(self); }
    static void on_open(void* self, const char* name, const char** attributes) {
        of(self).handler.open(local_name(name), XmlAttributes(attributes));
    }
    static void on_close(void* self, const char* name) { of(self).handler.close(local_name(name)); }
    static void on_text(void* self, const char* text, int length) {
        of(self).handler.text({text, static_cast<std::size_t>(length)});
    }
    static void on_doctype(void* self, const char*, const char*, const char*, int) {
        of(self).has_document_type = true;
        XML_StopParser(of(self).parser, XML_FALSE);
    }

    XmlHandler& handler;
    Budget budget;
    XML_Parser parser = nullptr;
    bool has_document_type = false;
};

void XmlReader::Free::operator()(State* state) const {
    delete state;
}

XmlReader::XmlReader(XmlHandler& handler) : state_(new State(handler)) {}

XmlReader::Outcome XmlReader::feed(std::string_view piece) {
    const AtWork counted(state_->budget);
    return outcome(XML_Parse(state_->parser, piece.data(), static_cast<int>(piece.size()),
                             piece.empty() ? XML_TRUE : XML_FALSE));
}

void XmlReader::pause() {
    XML_StopParser(state_->parser, XML_TRUE);
}

XmlReader::Outcome XmlReader::resume() {
    const AtWork counted(state_->budget);
    return outcome(XML_ResumeParser(state_->parser));
}

XmlReader::Outcome XmlReader::outcome(int status) const {
    if (state_->has_document_type) return Outcome::HasDocumentType;
    if (status == XML_STATUS_SUSPENDED) return Outcome::Paused;
    if (status == XML_STATUS_OK) return Outcome::Good;
    return XML_GetErrorCode(state_->parser) == XML_ERROR_NO_MEMORY ? Outcome::TooLarge
                                                                   : Outcome::Malformed;
}

}  // namespace dossier::tabular
