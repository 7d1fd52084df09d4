// Header fields: those of a request as they came, those of an answer as they may go out.
#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::http {

struct Header {
    std::string name;
    std::string value;
    bool operator==(const Header&) const = default;
};

/// ASCII letters in lower case, all else as it is.
std::string lower_case(std::string_view text);
/// Names of fields and of most things in them are the same in either case.
bool same_word(std::string_view a, std::string_view b);
/// RFC 9110, 5.6.2: letters, digits and some signs, at least one.
bool is_token(std::string_view text);

/// How many fields have this name.
std::size_t count_of(std::span<const Header> headers, std::string_view name);
/// The value of the first field of this name; nothing when there is none. Valid as long as it is.
const std::string* value_of(std::span<const Header> headers, std::string_view name);

/// A field that must not be sent. What is wrong with it is for the log; its text is not in it.
class HeaderRefused : public std::invalid_argument {
  public:
    using std::invalid_argument::invalid_argument;
};

/// The fields of an answer. Nothing gets in that could end the field it stands in: the parser and
/// serializer of the library do not look at that themselves.
class Headers {
  public:
    /// In place of every field of that name. Throws HeaderRefused: a name that is no token, a byte
    /// below 0x20 or 0x7F in the value, a field by which the session frames the answer
    /// (Content-Length, Transfer-Encoding, Connection, Date).
    void set(std::string_view name, std::string_view value);
    /// Beside those of that name, for Set-Cookie. Throws as above.
    void add(std::string_view name, std::string_view value);
    [[nodiscard]] bool has(std::string_view name) const { return count_of(all_, name) > 0; }
    [[nodiscard]] const std::vector<Header>& all() const { return all_; }

  private:
    std::vector<Header> all_;
};

}  // namespace dossier::http
