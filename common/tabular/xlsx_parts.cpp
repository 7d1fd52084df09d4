#include "common/tabular/xlsx_parts.hpp"

#include <algorithm>
#include <cstring>
#include <set>

#include "common/tabular/faults.hpp"
#include "common/tabular/file_form.hpp"
#include "common/tabular/xlsx_value.hpp"

namespace dossier::tabular {
namespace {

constexpr std::size_t kMergesMax = 100'000;
/// More than any spreadsheet program writes: relations or sheets, their bytes, and styles
/// (ECMA-376 readers take 64,000 of them).
constexpr std::size_t kPartsMax = 10'000;
constexpr std::size_t kPartBytesMax = std::size_t{4} << 20U;
constexpr std::size_t kStylesMax = 70'000;

/// Relations of a part: by id, and the first target of each type (the last word of its address).
class Relations final : public XmlHandler {
  public:
    void open(std::string_view name, const XmlAttributes& attributes) override {
        if (name != "Relationship" || attributes.find("TargetMode") == "External") return;
        const std::string target(attributes.find("Target"));
        const std::string_view type = attributes.find("Type");
        if (!refusal().empty()) return;
        const std::string_view sort = type.substr(type.rfind('/') + 1);
        bytes_ += target.size() + type.size() + attributes.find("Id").size();
        by_id.emplace(attributes.find("Id"), target);
        by_type.emplace(sort, target);
        if (sort == "chartsheet" || sort == "dialogsheet") without_cells.emplace(target);
    }
    void close(std::string_view) override {}
    void text(std::string_view) override {}

    std::map<std::string, std::string, std::less<>> by_id;
    std::map<std::string, std::string, std::less<>> by_type;
    std::set<std::string, std::less<>> without_cells;
    [[nodiscard]] std::string_view refusal() const override {
        return by_id.size() > kPartsMax || bytes_ > kPartBytesMax ? "relations" : "";
    }

  private:
    std::size_t bytes_ = 0;
};

/// xl/workbook.xml: the sheets in their order and the date system.
class Sheets final : public XmlHandler {
  public:
    void open(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "workbookPr") {
            const std::string_view flag = attributes.find("date1904");
            from_1904 = flag == "1" || flag == "true";
        }
        if (name == "sheet" && refusal().empty()) {
            const std::string_view state = attributes.find("state");
            bytes_ += attributes.find("name").size() + attributes.find("id").size();
            sheets.push_back(
                {std::string(attributes.find("name")), {}, !state.empty() && state != "visible"});
            ids.emplace_back(attributes.find("id"));
        }
    }
    void close(std::string_view) override {}
    void text(std::string_view) override {}

    bool from_1904 = false;
    std::vector<Sheet> sheets;
    std::vector<std::string> ids;  ///< of the relation
    [[nodiscard]] std::string_view refusal() const override {
        return sheets.size() > kPartsMax || bytes_ > kPartBytesMax ? "sheets" : "";
    }

  private:
    std::size_t bytes_ = 0;
};

/// xl/styles.xml: what each cell style shows.
class Styles final : public XmlHandler {
  public:
    void open(std::string_view name, const XmlAttributes& attributes) override {
        const auto id = count_from(attributes.find("numFmtId"));
        if (name == "cellXfs") in_cell_styles_ = true;
        if (!id) return;
        if (name == "numFmt") custom_.emplace(*id, format_by_code(attributes.find("formatCode")));
        if (name == "xf" && in_cell_styles_) {
            const auto custom = custom_.find(*id);
            formats.push_back(custom != custom_.end() ? custom->second
                                                      : format_by_id(static_cast<unsigned>(*id)));
        }
    }
    void close(std::string_view name) override {
        if (name == "cellXfs") in_cell_styles_ = false;
    }
    void text(std::string_view) override {}

    std::vector<NumberFormat> formats;
    [[nodiscard]] std::string_view refusal() const override {
        return formats.size() > kStylesMax || custom_.size() > kStylesMax ? "styles" : "";
    }

  private:
    std::map<std::size_t, NumberFormat> custom_;
    bool in_cell_styles_ = false;
};

/// xl/sharedStrings.xml: plain and rich texts, without phonetic guides.
class StringItems final : public XmlHandler {
  public:
    StringItems(SharedStrings& strings, const Limits& limits)
        : strings_(strings), limits_(limits) {}
    void open(std::string_view name, const XmlAttributes&) override {
        if (name == "si") item_.clear();
        if (name == "t") in_text_ = !in_phonetic_;
        if (name == "rPh") in_phonetic_ = true;
    }
    void close(std::string_view name) override {
        if (name == "si" && refusal().empty()) strings_.add(unescape(item_));
        if (name == "t") in_text_ = false;
        if (name == "rPh") in_phonetic_ = false;
    }
    void text(std::string_view more) override {
        if (in_text_ && refusal().empty()) item_ += more;
    }
    [[nodiscard]] std::string_view refusal() const override {
        const bool fits = item_.size() <= limits_.cell_bytes &&
                          strings_.count() <= limits_.shared_texts &&
                          strings_.bytes() <= limits_.shared_bytes;
        return fits ? "" : "shared strings";
    }

  private:
    SharedStrings& strings_;
    const Limits& limits_;
    std::string item_;
    bool in_text_ = false;
    bool in_phonetic_ = false;
};

/// The <mergeCell> elements of a sheet, which come after its rows.
class Merges final : public XmlHandler {
  public:
    void open(std::string_view name, const XmlAttributes& attributes) override {
        if (name != "mergeCell") return;
        const std::string_view reference = attributes.find("ref");
        const std::size_t colon = std::min(reference.find(':'), reference.size());
        const std::string_view last = reference.substr(std::min(colon + 1, reference.size()));
        const auto column = column_of(reference.substr(0, colon));
        const auto from = row_of(reference.substr(0, colon));
        const auto to = row_of(last);
        if (!column || !from || !to || *from >= *to) return;
        too_many = found.size() == kMergesMax;
        if (!too_many) found.push_back({*column, *from, *to, std::string(reference)});
    }
    void close(std::string_view) override {}
    void text(std::string_view) override {}

    std::vector<Merge> found;
    bool too_many = false;

  private:
    static std::optional<std::size_t> row_of(std::string_view reference) {
        return count_from(
            reference.substr(std::min(reference.find_first_of("0123456789"), reference.size())));
    }
};

/// Packages of other programs, called what they are.
Status other_package(const Package& package, const std::string& file) {
    if (package.has("xl/workbook.bin")) return fail(kOtherForm, file, "XLSB");
    if (package.has("word/document.xml")) return fail(kOtherForm, file, "DOCX");
    if (package.has("ppt/presentation.xml")) return fail(kOtherForm, file, "PPTX");
    if (package.has("mimetype") && package.has("content.xml"))
        return fail(kOtherForm, file, "OpenDocument (.ods)");
    return {};
}

/// A relation's target as a place in the package; `folder` is that of the part it belongs to.
std::string resolved(std::string_view folder, std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1));
    return std::string(folder) + std::string(target);
}

}  // namespace

void SharedStrings::add(std::string_view text) {
    constexpr std::size_t kRoom = std::size_t{1} << kBlockBits;
    const auto length = static_cast<std::uint32_t>(text.size());
    if (blocks_.empty() || blocks_.back().size() + sizeof length + text.size() > kRoom) {
        blocks_.emplace_back().reserve(kRoom);
    }
    std::string& block = blocks_.back();
    starts_.push_back(static_cast<std::uint32_t>((blocks_.size() - 1) * kRoom + block.size()));
    block.append(reinterpret_cast<const char*>(&length), sizeof length).append(text);
    bytes_ += sizeof length + text.size();
}

std::optional<std::string_view> SharedStrings::at(std::size_t index) const {
    constexpr std::uint32_t kRoom = std::uint32_t{1} << kBlockBits;
    if (index >= starts_.size()) return std::nullopt;
    const std::string& block = blocks_[starts_[index] / kRoom];
    const std::size_t start = starts_[index] % kRoom;
    std::uint32_t length = 0;
    std::memcpy(&length, block.data() + start, sizeof length);
    return std::string_view(block).substr(start + sizeof length, length);
}

Result<Workbook> read_workbook(Package& package, const std::string& file) {
    Relations roots;
    if (auto other = other_package(package, file); !other) return pass(other);
    if (auto done = package.parse("_rels/.rels", roots); !done) return pass(done);
    const std::string book_entry = resolved("", roots.by_type["officeDocument"]);
    const std::size_t slash = book_entry.rfind('/') + 1;
    const std::string folder = book_entry.substr(0, slash);

    Relations parts;
    Sheets sheets;
    const std::string relations = folder + "_rels/" + book_entry.substr(slash) + ".rels";
    if (auto done = package.parse(relations, parts); !done) return pass(done);
    if (auto done = package.parse(book_entry, sheets); !done) return pass(done);

    Workbook book;
    book.from_1904 = sheets.from_1904;
    for (std::size_t at = 0; at < sheets.sheets.size(); ++at) {
        const std::string& target = parts.by_id[sheets.ids[at]];
        if (parts.without_cells.contains(target)) continue;
        sheets.sheets[at].entry = resolved(folder, target);
        book.sheets.push_back(std::move(sheets.sheets[at]));
    }
    if (const auto at = parts.by_type.find("styles"); at != parts.by_type.end()) {
        Styles styles;
        if (auto done = package.parse(resolved(folder, at->second), styles); !done)
            return pass(done);
        book.styles = std::move(styles.formats);
    }
    if (const auto at = parts.by_type.find("sharedStrings"); at != parts.by_type.end()) {
        StringItems items(book.strings, package.limits());
        if (auto done = package.parse(resolved(folder, at->second), items); !done)
            return pass(done);
    }
    return book;
}

namespace {

/// Whether a part holds `word`. Looking costs a tenth of parsing, and few sheets have merges.
Result<bool> holds(Package& package,
                   const std::string& entry,
                   std::uint64_t bytes_max,
                   std::string_view word) {
    if (auto started = package.start(entry, bytes_max); !started) return pass(started);
    std::string window;
    bool found = false;
    for (;;) {
        const auto piece = package.read();
        if (!piece) return tl::unexpected(piece.error());
        if (piece->empty()) return found;
        window += *piece;
        found = found || window.find(word) != std::string::npos;
        window.erase(0, window.size() - std::min(window.size(), word.size()));
    }
}

}  // namespace

Result<std::vector<Merge>> read_merges(Package& package,
                                       const std::string& entry,
                                       std::uint64_t bytes_max) {
    auto any = holds(package, entry, bytes_max, "mergeCell");
    if (!any) return pass(any);
    Merges merges;
    if (!*any) return std::move(merges.found);
    if (auto done = package.parse(entry, merges, bytes_max); !done) return pass(done);
    if (merges.too_many) return package.hostile("merged cells");
    std::stable_sort(merges.found.begin(), merges.found.end(),
                     [](const Merge& a, const Merge& b) { return a.first_row < b.first_row; });
    return std::move(merges.found);
}

}  // namespace dossier::tabular
