#include "client/cli/command.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace dossier::client {
namespace {

struct Word {
    std::string_view word;
    Text help;
};

constexpr std::array kGroups{
    Word{"customer", {"客户：新建、修改、查看", "customers: add, edit, show, list"}},
    Word{"contact", {"客户的联系人", "people at a customer"}},
    Word{"attach", {"客户的附件", "documents of a customer's file"}},
    Word{"visit", {"拜访和其他沟通", "visits and other communications"}},
    Word{"worklog", {"工作日志", "your work log"}},
    Word{"tray", {"未采纳、待核和冲突的内容", "what the office did not take as written"}},
    Word{"case", {"与我有关的冲突", "conflicts about my edits"}},
    Word{"backup", {"备份与恢复", "copies of the store"}},
    Word{"passphrase", {"打开档案库的口令", "the passphrase that opens the store"}},
};

constexpr std::array kPlaces{
    Word{"CUSTOMER",
         {"客户：编号、名称或其一部分、拼音、首字母",
          "a customer: number, name or part of it, pinyin, initials"}},
    Word{"NAME", {"名称", "the name"}},
    Word{"CONTENT", {"内容，- 从标准输入读", "what was talked about; - reads standard input"}},
    Word{"TEXT", {"文字", "text"}},
    Word{"VISIT", {"visit list 最后一列的标识", "what stands last in visit list"}},
    Word{"DOCUMENT", {"要添加的文件", "the file to add"}},
    Word{"ATTACHMENT", {"attach list 最后一列的标识", "what stands last in attach list"}},
    Word{"NUMBER", {"编号", "the number"}},
    Word{"FILE", {"CSV 或 XLSX 文件", "a CSV or XLSX file"}},
    Word{"KIND",
         {"类型：customer、contact、communication、work_log …",
          "a kind: customer, contact, communication, work_log …"}},
    Word{"DIR", {"目录", "a folder"}},
};

template <std::size_t N>
Text help_in(const std::array<Word, N>& table, std::string_view word) {
    const auto at = std::ranges::find(table, word, &Word::word);
    return at == table.end() ? Text{} : at->help;
}

}  // namespace

std::string Context::value(std::string_view option) const {
    const auto at = given.find(option);
    return at == given.end() || at->second.empty() ? std::string() : at->second.back();
}

std::string Context::text() const {
    std::string line;
    for (const auto& word : words) line += (line.empty() ? "" : " ") + word;
    return line;
}

Result<std::size_t> Context::number(std::string_view option, std::size_t otherwise) const {
    if (!has(option)) return otherwise;
    const std::string digits = value(option);
    std::size_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || number == 0)
        return fail(
            cli::kWrongUsage,
            "--" + std::string(option) + " " + std::string(head(digits, 20)) +
                std::string(console.in({"，应为从 1 开始的整数", ": give a whole number"})));
    return number;
}

std::vector<const Command*> all_commands() {
    std::vector<const Command*> all;
    for (const auto table :
         {laptop_commands(), customer_commands(), contact_commands(), attach_commands(),
          visit_commands(), work_log_commands(), outbox_commands(), case_commands(),
          sheet_commands(), vault_commands()}) {
        for (const Command& command : table) all.push_back(&command);
    }
    return all;
}

Text group_help(std::string_view word) {
    return help_in(kGroups, word);
}

Text place_help(std::string_view place) {
    return help_in(kPlaces, place);
}

}  // namespace dossier::client
