#include "common/tabular/xml.hpp"

#include <new>

#include <expat.h>

namespace dossier::tabular {
namespace {

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

std::string_view XmlAttributes::find(std::string_view name) const {
    for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
        if (local_name(*pair) == name) return pair[1];
    }
    return {};
}

struct XmlReader::State {
    explicit State(XmlHandler& to) : handler(to), parser(XML_ParserCreate(nullptr)) {
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
    XML_Parser parser;
    bool has_document_type = false;
};

void XmlReader::Free::operator()(State* state) const {
    delete state;
}

XmlReader::XmlReader(XmlHandler& handler) : state_(new State(handler)) {}

XmlReader::Outcome XmlReader::feed(std::string_view piece) {
    const auto parsed = XML_Parse(state_->parser, piece.data(), static_cast<int>(piece.size()),
                                  piece.empty() ? XML_TRUE : XML_FALSE);
    if (state_->has_document_type) return Outcome::HasDocumentType;
    return parsed == XML_STATUS_OK ? Outcome::Good : Outcome::Malformed;
}

}  // namespace dossier::tabular
