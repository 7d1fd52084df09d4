#include "common/tabular/xlsx_parts.hpp"

#include <algorithm>

#include "common/tabular/faults.hpp"

namespace dossier::tabular {
namespace {

/// Relations of a part: by id, and the first target of each type (the last word of its address).
class Relations final : public XmlHandler {
  public:
    void open(std::string_view name, const XmlAttributes& attributes) override {
        if (name != "Relationship" || attributes.find("TargetMode") == "External") return;
        const std::string target(attributes.find("Target"));
        const std::string_view type = attributes.find("Type");
        by_id.emplace(attributes.find("Id"), target);
        by_type.emplace(type.substr(type.rfind('/') + 1), target);
    }
    void close(std::string_view) override {}
    void text(std::string_view) override {}

    std::map<std::string, std::string, std::less<>> by_id;
    std::map<std::string, std::string, std::less<>> by_type;
};

/// xl/workbook.xml: the sheets in their order and the date system.
class Sheets final : public XmlHandler {
  public:
    void open(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "workbookPr") {
            const std::string_view flag = attributes.find("date1904");
            from_1904 = flag == "1" || flag == "true";
        }
        if (name == "sheet") {
            names.emplace_back(attributes.find("name"));
            ids.emplace_back(attributes.find("id"));
        }
    }
    void close(std::string_view) override {}
    void text(std::string_view) override {}

    bool from_1904 = false;
    std::vector<std::string> names;
    std::vector<std::string> ids;  ///< of the relation
};

/// xl/styles.xml: what each cell style shows.
class Styles final : public XmlHandler {
  public:
    void open(std::string_view name, const XmlAttributes& attributes) override {
        const auto id = count_from(attributes.find("numFmtId"));
        if (name == "cellXfs") in_cell_styles_ = true;
        if (!id) return;
        if (name == "numFmt") custom_.emplace(*id, shown_by_code(attributes.find("formatCode")));
        if (name == "xf" && in_cell_styles_) {
            const auto custom = custom_.find(*id);
            shown.push_back(custom != custom_.end() ? custom->second
                                                    : shown_by_format(static_cast<unsigned>(*id)));
        }
    }
    void close(std::string_view name) override {
        if (name == "cellXfs") in_cell_styles_ = false;
    }
    void text(std::string_view) override {}

    std::vector<Shown> shown;

  private:
    std::map<std::size_t, Shown> custom_;
    bool in_cell_styles_ = false;
};

/// xl/sharedStrings.xml: plain and rich texts, without phonetic guides.
class StringItems final : public XmlHandler {
  public:
    explicit StringItems(SharedStrings& strings) : strings_(strings) {}
    void open(std::string_view name, const XmlAttributes&) override {
        if (name == "si") item_.clear();
        if (name == "t") in_text_ = !in_phonetic_;
        if (name == "rPh") in_phonetic_ = true;
    }
    void close(std::string_view name) override {
        if (name == "si") strings_.add(unescape(item_));
        if (name == "t") in_text_ = false;
        if (name == "rPh") in_phonetic_ = false;
    }
    void text(std::string_view more) override {
        if (in_text_) item_ += more;
    }

  private:
    SharedStrings& strings_;
    std::string item_;
    bool in_text_ = false;
    bool in_phonetic_ = false;
};

/// A relation's target as a place in the package; `folder` is that of the part it belongs to.
std::string resolved(std::string_view folder, std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1));
    return std::string(folder) + std::string(target);
}

}  // namespace

void SharedStrings::add(std::string_view text) {
    text_ += text;
    ends_.push_back(static_cast<std::uint32_t>(text_.size()));
}

std::optional<std::string_view> SharedStrings::at(std::size_t index) const {
    if (index >= ends_.size()) return std::nullopt;
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(text_).substr(begin, ends_[index] - begin);
}

Result<Workbook> read_workbook(Package& package,
                               const std::string& file,
                               const std::optional<std::string>& sheet) {
    Relations roots;
    if (auto done = package.parse("_rels/.rels", roots); !done) return pass(done);
    const std::string book_entry = resolved("", roots.by_type["officeDocument"]);
    const std::size_t slash = book_entry.rfind('/') + 1;
    const std::string folder = book_entry.substr(0, slash);

    Relations parts;
    Sheets sheets;
    const std::string relations = folder + "_rels/" + book_entry.substr(slash) + ".rels";
    if (auto done = package.parse(relations, parts); !done) return pass(done);
    if (auto done = package.parse(book_entry, sheets); !done) return pass(done);
    const auto named =
        sheet ? std::find(sheets.names.begin(), sheets.names.end(), *sheet) : sheets.names.begin();
    if (named == sheets.names.end()) return fail(kNoSheet, file, sheet.value_or(""));

    Workbook book;
    book.sheet = *named;
    book.from_1904 = sheets.from_1904;
    book.sheet_entry = resolved(
        folder, parts.by_id[sheets.ids[static_cast<std::size_t>(named - sheets.names.begin())]]);
    if (const auto at = parts.by_type.find("styles"); at != parts.by_type.end()) {
        Styles styles;
        if (auto done = package.parse(resolved(folder, at->second), styles); !done)
            return pass(done);
        book.styles = std::move(styles.shown);
    }
    if (const auto at = parts.by_type.find("sharedStrings"); at != parts.by_type.end()) {
        StringItems items(book.strings);
        if (auto done = package.parse(resolved(folder, at->second), items); !done)
            return pass(done);
    }
    return book;
}

}  // namespace dossier::tabular
