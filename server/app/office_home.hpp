// Where an office lives on disk: its folder with the vault, and the key file that opens it.
// Making it, opening it, bringing it back from a backup.
#pragma once

#include <memory>
#include <string>

#include "common/crypto/random.hpp"
#include "common/vault/slots.hpp"

#include "server/office/office.hpp"

namespace dossier::server {

struct OfficeHome {
    std::string folder;
    std::string key_file;  ///< empty = <folder>/office.key

    [[nodiscard]] vault::VaultPaths paths() const {
        return {folder + "/dossier.db", folder + "/dossier.keys"};
    }
    [[nodiscard]] std::string key_path() const {
        return key_file.empty() ? folder + "/office.key" : key_file;
    }
};

inline constexpr Fault kNoOffice{"office.no_folder",
                                 ErrorCode::NoStore,
                                 {"{} 中没有办公室数据库", "there is no office in {}"},
                                 {"运行 {do:init} 建立，或用 {in:dir} 指定位置",
                                  "run {do:init}, or name its folder with {in:dir}"}};
inline constexpr Fault kFolder{
    "office.folder",
    ErrorCode::NoSpace,
    {"无法使用目录 {}", "folder {} cannot be used"},
    {"检查路径、权限与磁盘空间", "check the path, the permissions and the disk"}};
inline constexpr Fault kRestoreUnfinished{
    "office.restore_unfinished",
    ErrorCode::NoStore,
    {"{} 中有一次没有完成的恢复，还不是办公室",
     "a restore into {} was not finished: no office yet"},
    {"再次运行 {do:backup.restore}，会重新开始", "run {do:backup.restore} again: it begins anew"}};

/// An open office: the store, and the door and people working on it.
struct OpenOffice {
    OpenOffice(std::unique_ptr<Store> opened, const Clock& clock, crypto::Random& random)
        : store(std::move(opened)), office(*store, clock, random, high_water_at_start(*store)) {}

    std::unique_ptr<Store> store;
    Office office;
};

/// Makes folder, key file and empty vault; what an interrupted attempt left is taken up again.
/// Errors: office.folder, office.restore_unfinished, those of vault::create.
Status make_office_home(const OfficeHome& home, crypto::Random& random);
/// Errors: office.no_folder, office.restore_unfinished, those of vault::unlock and
/// open_vault_store.
Result<std::unique_ptr<OpenOffice>> open_office(const OfficeHome& home,
                                                const Clock& clock,
                                                crypto::Random& random);
/// Puts the backup in `backup` into the folder of `home`, where there is no office yet, and gives
/// its data a new epoch, so that laptops notice. It is built and verified in a folder inside that
/// one and moved up file by file, the key slots last: before them nothing opens, and whatever ends
/// it earlier, a killed process too, leaves nothing that stands in the way of the next attempt.
/// Errors: vault.exists, vault.in_use, office.folder, those of vault::copy_file and `open_office`,
/// and what `Store::verify` found.
Status restore_office(const OfficeHome& home,
                      const std::string& backup,
                      const Clock& clock,
                      crypto::Random& random);

}  // namespace dossier::server
