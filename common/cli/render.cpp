#include "common/cli/render.hpp"

#include "common/cli/table.hpp"

namespace dossier::cli {
namespace {

struct Printing {
    Console& console;

    void operator()(const std::string& line) const { console.plain(line); }
    void operator()(action::Facts facts) const {
        for (auto& [label, value] : facts.lines) value = console.said(value);
        print_pairs(console.out, facts.lines);
    }
    void operator()(action::Table table) const {
        for (auto& row : table.rows) {
            for (auto& cell : row) cell = console.said(cell);
        }
        print_table(console.out, table);
    }
};

}  // namespace

int render(Console& console, const action::Outcome& outcome) {
    for (const auto& note : outcome.answer.notes) console.tell(note);
    if (console.json) {
        if (!outcome.answer.data.is_null()) console.document(outcome.answer.data);
    } else {
        for (const auto& part : outcome.answer.parts) std::visit(Printing{console}, part);
    }
    if (!outcome.answer.next.empty())
        console.tell(fill(console.in({"后面还有：--page {}", "there are more: --page {}"}),
                          std::vector{outcome.answer.next}));
    return outcome.refusal ? console.fail(*outcome.refusal) : outcome.code;
}

}  // namespace dossier::cli
