#include "tests/sim/shrink.hpp"

#include <algorithm>

namespace dossier::sim {
namespace {

class Shrinker {
  public:
    Shrinker(Plan plan, const Trial& trial, unsigned runs)
        : plan_(std::move(plan)), trial_(trial), left_(runs), law_(trial(plan_)) {}

    Plan run() {
        if (law_.empty()) return plan_;
        for (std::size_t at = plan_.laptops.size(); at-- > 1;) without_laptop(at);
        without_steps([](const Step&) { return true; });
        without_steps([](const Step& step) { return is_fault(step.verb); });
        better_network();
        return plan_;
    }

  private:
    bool keep(const Plan& smaller) {
        if (left_ == 0) return false;
        --left_;
        if (trial_(smaller) != law_) return false;
        plan_ = smaller;
        return true;
    }
    /// The others keep their numbers by moving down.
    void without_laptop(std::size_t gone) {
        Plan smaller = plan_;
        smaller.laptops.erase(smaller.laptops.begin() + static_cast<std::ptrdiff_t>(gone));
        std::erase_if(smaller.steps, [&](const Step& step) { return step.who == gone; });
        for (Step& step : smaller.steps) {
            if (step.who != kOffice && step.who > gone) --step.who;
        }
        keep(smaller);
    }
    template <class Wanted>
    void without_steps(Wanted wanted) {
        for (std::size_t size = std::max<std::size_t>(1, plan_.steps.size() / 2); size > 0;
             size /= 2) {
            for (std::size_t from = 0; from < plan_.steps.size() && left_ > 0;) {
                Plan smaller = plan_;
                const std::size_t to = std::min(from + size, smaller.steps.size());
                std::size_t index = 0;
                std::erase_if(smaller.steps, [&](const Step& step) {
                    const bool inside = index >= from && index < to;
                    ++index;
                    return inside && wanted(step);
                });
                const bool fewer = smaller.steps.size() < plan_.steps.size();
                if (!fewer || !keep(smaller)) from += size;
            }
        }
    }
    void better_network() {
        Plan smaller = plan_;
        smaller.net.cut_permille = smaller.net.half_open_permille = 0;
        keep(smaller);
        smaller = plan_;
        smaller.net.noise = false;
        keep(smaller);
        smaller = plan_;
        for (LaptopPlan& laptop : smaller.laptops) laptop.skew_ms = 0;
        keep(smaller);
    }

    Plan plan_;
    const Trial& trial_;
    unsigned left_;
    std::string law_;
};

}  // namespace

Plan shrunk(Plan plan, const Trial& trial, unsigned runs) {
    return Shrinker(std::move(plan), trial, runs).run();
}

}  // namespace dossier::sim
