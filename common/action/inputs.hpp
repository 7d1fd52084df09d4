// What was given to an action, by the key of the input, whoever gave it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/action/action.hpp"
#include "common/action/answer.hpp"

namespace dossier::action {

inline constexpr Fault kWrongUsage{
    "cli.usage",
    ErrorCode::Usage,
    {"命令写法有误：{}", "wrong usage: {}"},
    {"用法和示例见 {in:help}", "see {in:help} for usage and examples"}};
/// Of an edit that says what is held already.
inline constexpr Text kNothingChanged{"没有改动，未写入任何内容",
                                      "nothing differs from what is held: nothing was written"};
inline constexpr Fault kUnknownAction{
    "action.unknown",
    ErrorCode::Usage,
    {"没有操作“{}”", "there is no action '{}'"},
    {"有哪些操作见 {in:help}", "see {in:help} for what there is"}};
inline constexpr Fault kUnknownInput{
    "action.unknown_input",
    ErrorCode::Usage,
    {"操作“{}”没有输入项“{}”", "the action '{}' has no input '{}'"},
    {"它的输入项见 {in:help}", "see {in:help} for the inputs it has"}};
inline constexpr Fault kWrongInput{
    "action.wrong_input",
    ErrorCode::Usage,
    {"操作“{}”的输入项“{}”类型不对或缺少",
     "action '{}': the input '{}' is missing or of a wrong type"},
    {"开关写 true 或 false，可填多项的写文字列表，其余写一段文字",
     "write true or false for a switch, a list of texts for what may be several, else one text"}};

inline constexpr Fault kWrongNumber{
    "cli.wrong_number",
    ErrorCode::Usage,
    {"{} 的“{}”不是整数", "{}: \"{}\" is no whole number"},
    {"用阿拉伯数字写一个整数，0 或更大", "give a whole number in digits, 0 or more"}};
/// Argument: label of the field.
inline constexpr Fault kFieldTwice{"cli.field_twice",
                                   ErrorCode::Usage,
                                   {"{} 给了不止一次", "{} was given more than once"},
                                   {"只留一处", "give it once"}};

class Inputs {
  public:
    void put(std::string key, std::vector<std::string> values) {
        given_[std::move(key)] = std::move(values);
    }
    [[nodiscard]] bool has(std::string_view key) const { return given_.find(key) != given_.end(); }
    /// The last that was given; empty when none was.
    [[nodiscard]] const std::string& text(std::string_view key) const;
    [[nodiscard]] const std::vector<std::string>& all(std::string_view key) const;
    /// All of it as one text, as somebody types a sentence without quotes.
    [[nodiscard]] std::string joined(std::string_view key) const;
    /// Errors: cli.wrong_number for what is no whole number ≥ 0.
    [[nodiscard]] Result<std::uint64_t> number(std::string_view key, std::uint64_t otherwise) const;
    [[nodiscard]] const auto& given() const { return given_; }
    bool operator==(const Inputs&) const = default;

  private:
    std::map<std::string, std::vector<std::string>, std::less<>> given_;
};

/// "“按文件更新”": an input by its label where forms show it, else by what its help says.
std::string called(const Input& input, Lang lang);

/// The same with files and folders named from `folder` on, where they are not named whole.
Inputs named_from(std::string_view folder, const Action& action, Inputs inputs);

/// {"customer":"精密","set":["传真=1"],"overwrite":true}.
Json to_json(const Action& action, const Inputs& inputs);
/// Errors: action.unknown_input, action.wrong_input.
Result<Inputs> inputs_from(const Action& action, const Json& document);

}  // namespace dossier::action
