// A law held against many random cases: RapidCheck chooses the cases and repeats one by its seed.
#pragma once

#include <array>
#include <cstdint>
#include <iostream>
#include <string>
#include <type_traits>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace dossier::test {

/// The choices of one case, drawn from its seed (splitmix64): cheaper than a generator a choice, so
/// that every law sees 10,000 cases in a unit test.
class Draw {
  public:
    explicit Draw(std::uint64_t seed) : state_(seed) {}

    std::uint64_t bits() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    /// From `low` to `high` − 1.
    template <class Int>
    Int between(Int low, Int high) {
        const auto span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
        return static_cast<Int>(static_cast<std::uint64_t>(low) + bits() % span);
    }
    bool coin() { return (bits() & 1U) != 0; }
    /// True once in `times`.
    bool once_in(int times) { return between(0, times) == 0; }
    template <class T, class... More>
    T element(T first, More... more) {
        const std::array<T, sizeof...(More) + 1> choices{first, T(more)...};
        return choices[between<std::size_t>(0, choices.size())];
    }

  private:
    std::uint64_t state_;
};

/// Fails the running doctest case unless `law(draw)` holds in `cases` random cases (RC_ASSERT and
/// RC_PRE inside). `RC_PARAMS="seed=…"` repeats a run.
template <class Law>
void holds(Law&& law, int cases = 10'000) {
    auto params = rc::detail::configuration().testParams;
    params.maxSuccess = cases;
    const auto one_case = [&law] {
        Draw draw(*rc::gen::noShrink(rc::gen::resize(100, rc::gen::arbitrary<std::uint64_t>())));
        law(draw);
    };
    const auto result = rc::detail::checkTestable(one_case, rc::detail::TestMetadata{}, params);
    const bool held = result.template is<rc::detail::SuccessResult>();
    if (!held) rc::detail::printResultMessage(result, std::cerr);
    CHECK(held);
}

}  // namespace dossier::test
