// The XML parser behind workbooks: one pass, no document type, therefore no entities, and at most
// 4 MiB of its own, however deep the elements and however long the names and attributes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace dossier::tabular {

/// Attributes of the element being opened; valid during the call only.
class XmlAttributes {
  public:
    explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
    /// The value of an attribute by its name without prefix; empty when absent.
    [[nodiscard]] std::string_view find(std::string_view name) const;

  private:
    const char** pairs_;
};

/// What a part of a workbook is read by. Names come without their namespace prefix.
class XmlHandler {
  public:
    XmlHandler() = default;
    XmlHandler(const XmlHandler&) = delete;
    XmlHandler& operator=(const XmlHandler&) = delete;
    virtual ~XmlHandler() = default;
    virtual void open(std::string_view name, const XmlAttributes& attributes) = 0;
    virtual void close(std::string_view name) = 0;
    virtual void text(std::string_view more) = 0;
    /// Why no more of the document is wanted; empty while it is. Asked after each piece.
    [[nodiscard]] virtual std::string_view refusal() const { return {}; }
};

/// Feeds one document to a handler in pieces.
class XmlReader {
  public:
    explicit XmlReader(XmlHandler& handler);

    enum class Outcome : unsigned char { Good, Paused, Malformed, HasDocumentType, TooLarge };
    /// Parses `piece`; an empty one ends the document. After Paused the rest of it waits for
    /// `resume`; a piece after another stays the rule.
    Outcome feed(std::string_view piece);
    /// Called by a handler: it takes no more before `resume`.
    void pause();
    Outcome resume();

  private:
    [[nodiscard]] Outcome outcome(int status) const;

    struct State;
    struct Free {
        void operator()(State* state) const;
    };
    std::unique_ptr<State, Free> state_;
};

}  // namespace dossier::tabular
