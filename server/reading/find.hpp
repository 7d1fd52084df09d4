// From what people call things to records: users by login, places by code or name, customers by
// number, name or a part of it. What the viewer may not look up does not exist for him.
#pragma once

#include "server/reading/asker.hpp"

namespace dossier::server {

inline constexpr Fault kUnknownUser{"cli.unknown_user",
                                    ErrorCode::NotFound,
                                    {"没有用户“{}”", "there is no user '{}'"},
                                    {"用 {do:user.list} 查看登录名", "see {do:user.list}"}};
inline constexpr Fault kUnknownPlace{
    "cli.unknown_place",
    ErrorCode::NotFound,
    {"没有{}“{}”", "there is no {} '{}'"},
    {"写代码或名称；用 {do:region.list}、{do:department.list} 查看",
     "write its code or name; see {do:region.list} and {do:department.list}"}};
inline constexpr Fault kUnknownCustomer{
    "cli.unknown_customer",
    ErrorCode::NotFound,
    {"没有客户“{}”，或您无权知悉", "there is no customer '{}', or none you may know of"},
    {"写客户编号、全称或其中一部分；用 {do:customer.list} 查看",
     "write its number, name or a part of it; see {do:customer.list}"}};
inline constexpr Fault kAmbiguous{
    "cli.ambiguous",
    ErrorCode::Usage,
    {"“{}”对应多条记录：{}", "'{}' matches several records: {}"},
    {"写出编号或更完整的名称", "give the number or more of the name"}};

/// Of the records a text may mean, so many are named.
inline constexpr std::size_t kCandidatesNamed = 5;

/// By login, employee number, name or UUID. Errors: cli.unknown_user, cli.ambiguous.
Result<UserId> find_user(Office& office, std::string_view name);
/// A region or department by code, name or UUID. Errors: cli.unknown_place, cli.ambiguous.
Result<RecordId> find_place(Office& office,
                            const Asker& asker,
                            const catalog::Kind& kind,
                            std::string_view name);
/// By customer number, provisional number, name, UUID, or a part that fits only one.
/// Errors: cli.unknown_customer, cli.ambiguous with the first five.
Result<RecordId> find_customer(Office& office, const Asker& asker, std::string_view name);

/// Its number, else the one it was made with, else its id.
std::string customer_number(Office& office, const RecordId& customer);
/// Deleted, or merged into another: lists and searches pass it over.
bool is_gone(const FieldValues& values);
/// Whether the viewer may look the customer up in the directory, be it for a purpose.
bool may_look_up(Office& office,
                 const Asker& asker,
                 const RecordId& customer,
                 const FieldValues& values);
/// How people call a record: the value of its title field (name of a person, of a customer), as far
/// as the viewer sees it with the purpose he stated; else the number of a file that he may look up,
/// a neutral word for one that he may not know of; else the UUID.
std::string title_of(Office& office, const Asker& asker, const RecordId& record);
/// The title of the customer a record belongs to; of the record itself where it belongs to none.
std::string file_title(Office& office, const Asker& asker, const Place& place);
/// The code of a device; "-" for the office itself.
std::string device_name(Office& office, const DeviceId& device);
/// The name of a person; the office's own name for what no person did.
std::string person_name(Office& office, const Asker& asker, const UserId& user);

/// A value as typed: references by the names above, everything else by `catalog::parse`.
/// Errors: those of the finders and of `catalog::parse`.
Result<Value> read_value(Office& office,
                         const Asker& asker,
                         const catalog::Field& field,
                         std::string_view text);

}  // namespace dossier::server
