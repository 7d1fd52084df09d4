#include "tests/bench/workload.hpp"

#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <unordered_map>

#include "common/catalog/activity.hpp"
#include "common/catalog/catalog.hpp"
#include "common/catalog/customer.hpp"
#include "common/crypto/digest.hpp"

namespace dossier::bench {
namespace {

using catalog::field;
using catalog::kCommunication;
using catalog::kCustomer;

/// The workload's own ids are random; Dossier's begin with the time they were made at, so that
/// records made one after the other lie next to each other in every index. Here the number of
/// texts met before stands for the time; the rest is a digest of the text.
class RecordIds {
  public:
    RecordId operator()(const std::string& text) {
        const auto [at, fresh] = met_.try_emplace(text);
        if (!fresh) return at->second;
        const auto digest = crypto::blake2b({bytes_of(text)});
        std::copy_n(digest.begin(), at->second.bytes.size(), at->second.bytes.begin());
        std::size_t number = met_.size();
        for (std::size_t i = kTimeBytes; i-- > 0; number >>= 8U)
            at->second.bytes[i] = static_cast<std::uint8_t>(number);
        return at->second;
    }

  private:
    static constexpr std::size_t kTimeBytes = 6;  // in front of a UUIDv7
    std::unordered_map<std::string, RecordId> met_;
};

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> cells;
    std::size_t from = 0;
    for (std::size_t at = line.find('\t'); at != std::string::npos; at = line.find('\t', from)) {
        cells.push_back(line.substr(from, at - from));
        from = at + 1;
    }
    cells.push_back(line.substr(from));
    return cells;
}

/// Columns of customers.tsv after the id, and the field each goes to. Several columns of one field
/// stand one after the other in it; columns that W2 and W3 edit go to fields their author may set.
const std::vector<std::pair<std::string, std::string>>& customer_columns() {
    static const std::vector<std::pair<std::string, std::string>> kColumns{
        {"name", "name"},
        {"short_name", "short_name"},
        {"industry", "industry_code"},
        {"province", "registration_info"},
        {"city", "registration_info"},
        {"district", "registration_info"},
        {"address", "qualifications_note"},
        {"contact1", "industrial_zone"},
        {"title1", "source_detail"},
        {"phone1", "key_business"},
        {"contact2", "registration_info"},
        {"title2", "registration_info"},
        {"phone2", "fax"},
        {"email", "email_main"},
        {"website", "website"},
        {"legal_rep", "legal_rep"},
        {"tax_no", "tax_no"},
        {"bank", "registration_info"},
        {"bank_acct", "registration_info"},
        {"products", "business_scope"},
        {"needs", "business_need"},
        {"rivals", "key_business"},
        {"decision", "business_scope"},
        {"pay_terms", "source_detail"},
        {"notes1", "remark"},
        {"notes2", "org_structure_note"},
        {"tags", "org_structure_note"},
        {"owner", "registration_info"},
        {"reg_capital", "registered_capital_fen"},
        {"employees", "registration_info"},
        {"revenue", "remark"},
        {"credit_limit", "org_structure_note"},
        {"level", "org_structure_note"},
        {"lat", "geo"},
        {"lng", "geo"},
        {"created_at", "first_contact_at"},
        {"updated_at", "confirmed_at"},
        {"last_visit", "remark"},
        {"stage", "org_structure_note"},
        {"score", "org_structure_note"}};
    return kColumns;
}

void add(FieldValues& values,
         const catalog::Kind& kind,
         const std::string& name,
         const std::string& cell) {
    const auto* of = catalog::find_field(kind, name);
    switch (of->type) {
        case catalog::Type::Money:
            assign(values, of->tag, std::atoll(cell.c_str()) * 100);
            return;
        case catalog::Type::Time:
            assign(values, of->tag, std::atoll(cell.c_str()) * 1000);
            return;
        default:
            break;
    }
    std::string text = cell;
    if (name == "geo") {
        const double degrees = std::atof(cell.c_str());
        text = std::to_string(static_cast<long long>(degrees * 1e6));
    }
    if (const Value* present = find(values, of->tag))
        text = *as_text(*present) + (name == "geo" ? "," : "\n") + text;
    assign(values, of->tag, text);
}

FieldValues customer_values(const std::vector<std::string>& cells) {
    FieldValues values;
    const auto& columns = customer_columns();
    for (std::size_t i = 0; i < columns.size(); ++i)
        add(values, kCustomer, columns[i].second, cells[i + 1]);
    return values;
}

/// id, cust, sales, at, kind, place, summary, next_step, result, amount, lat, lng
FieldValues visit_values(const std::vector<std::string>& cells, RecordIds& record_of) {
    FieldValues values;
    assign(values, field(kCommunication, "customer_id").tag, record_of(cells[1]));
    assign(values, field(kCommunication, "kind").tag, std::string("visit"));
    assign(values, field(kCommunication, "started_at").tag, std::atoll(cells[3].c_str()) * 1000);
    assign(values, field(kCommunication, "place").tag, cells[5]);
    assign(values, field(kCommunication, "purpose").tag,
           cells[4] + " " + cells[8] + " " + cells[2]);
    assign(values, field(kCommunication, "content").tag, cells[6]);
    assign(values, field(kCommunication, "next_action").tag, cells[7]);
    assign(values, field(kCommunication, "suggestions").tag, cells[9]);
    add(values, kCommunication, "geo", cells[10]);
    add(values, kCommunication, "geo", cells[11]);
    return values;
}

void each_line(const std::filesystem::path& file,
               std::string* whole,
               const std::function<void(const std::vector<std::string>&)>& take) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (whole != nullptr) *whole += line + "\n";
        take(split(line));
    }
}

/// "column value column value …" from `at` on. Columns that share a field would overwrite each
/// other: an edit sets the whole field, as a person would.
FieldValues edit_values(const std::vector<std::string>& cells, std::size_t at) {
    FieldValues values;
    for (; at + 1 < cells.size(); at += 2) {
        for (const auto& [column, name] : customer_columns()) {
            if (column != cells[at]) continue;
            FieldValues one;
            add(one, kCustomer, name, cells[at + 1]);
            assign(values, one.front().tag, one.front().value);
        }
    }
    return values;
}

}  // namespace

std::optional<Workload> load_workload(const std::filesystem::path& shared, int customers) {
    const auto generator = shared / "workload" / "gen.mjs";
    if (!std::filesystem::exists(generator)) {
        std::cerr << "skipped: no workload generator at " << generator << "\n";
        return std::nullopt;
    }
    const auto folder =
        std::filesystem::temp_directory_path() / ("dossier-workload-" + std::to_string(customers));
    if (!std::filesystem::exists(folder / "meta.json")) {
        const std::string command = "node '" + generator.string() + "' '" + folder.string() + "' " +
                                    std::to_string(customers);
        if (std::system(command.c_str()) != 0) {
            std::cerr << "skipped: node could not make the workload\n";
            return std::nullopt;
        }
    }
    Workload work;
    RecordIds record_of;
    each_line(folder / "customers.tsv", &work.rows, [&](const auto& cells) {
        const auto id = record_of(cells[0]);
        work.customers.push_back({id, id, customer_values(cells)});
    });
    each_line(folder / "visits.tsv", &work.rows, [&](const auto& cells) {
        work.visits.push_back(
            {record_of(cells[0]), record_of(cells[1]), visit_values(cells, record_of)});
    });
    each_line(folder / "w2_r1.tsv", nullptr, [&](const auto& cells) {
        const int laptop = std::atoi(cells[0].c_str());
        if (cells[1] == "e") {
            work.edits.push_back({laptop, record_of(cells[2]), edit_values(cells, 3)});
            return;
        }
        const std::vector<std::string> visit(cells.begin() + 2, cells.end());
        work.new_visits.push_back(
            {laptop, {record_of(visit[0]), record_of(visit[1]), visit_values(visit, record_of)}});
    });
    each_line(folder / "w3_r1.tsv", nullptr, [&](const auto& cells) {
        work.clashes.push_back(
            {std::atoi(cells[0].c_str()), record_of(cells[2]), edit_values(cells, 3)});
    });
    return work;
}

}  // namespace dossier::bench
