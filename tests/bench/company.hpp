// A company of 200,000 customers, for the benchmarks of long lists.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "common/catalog/divisions.hpp"

#include "tests/bench/bench_office.hpp"
#include "tests/bench/dice.hpp"

namespace dossier::bench {

/// A region for each province below the whole country, and 200 customers of each salesperson in the
/// cities of one of them.
class Company {
  public:
    static constexpr std::size_t kSellers = 1'000;
    static constexpr std::size_t kOfEach = 200;

    Company();

    /// Logins: of one of the salespeople, and of who sees the whole country or one of 31 regions.
    [[nodiscard]] std::string seller() const { return login(kSellers / 2); }
    /// Typed filters that somebody of the measured salesperson's province asks.
    std::string city();
    std::string grade() { return std::string("grade=") + "ABC"[dice_.below(3)]; }
    RecordId any_customer() { return customers_[dice_.below(customers_.size())]; }
    /// One with what the office keeps of it. Until the office is left.
    std::pair<RecordId, FieldValues> any();

    BenchOffice office;
    RecordId whole_country;  ///< the manager of all regions, `head`
    RecordId clerk;

  private:
    /// The cities of one province.
    struct Province {
        std::string code;
        std::vector<catalog::Division> cities;
    };
    static std::vector<Province> all_provinces();
    static std::string login(std::size_t seller) { return "x" + std::to_string(seller); }
    [[nodiscard]] std::size_t place_of(std::size_t seller) const {
        return seller % provinces_.size();
    }
    [[nodiscard]] const Province& province_of(std::size_t seller) const {
        return provinces_[place_of(seller)];
    }
    void add_seller(std::size_t seller);
    FieldValues one(std::size_t seller, const RecordId& region);

    Dice dice_;
    std::vector<Province> provinces_ = all_provinces();
    std::vector<RecordId> regions_;
    std::vector<RecordId> customers_;
};

}  // namespace dossier::bench
