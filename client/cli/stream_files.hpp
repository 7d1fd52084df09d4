// "-" where a file is named: what standard input brings lies in a private file in memory while the
// command runs, and what goes to standard output is first written to one. So an agent that carries
// the command out in another process reads and writes it, too.
#pragma once

#include <istream>
#include <ostream>
#include <string>

#include "common/action/answer.hpp"

#include "client/cli/parse.hpp"

namespace dossier::client {

class StreamFiles {
  public:
    /// Puts names of such files in the place of "-" among the inputs, and reads `in` to its end
    /// where it is asked for. Errors: cli.stream.
    static Result<StreamFiles> lay(Parsed& parsed, std::istream& in);
    StreamFiles(StreamFiles&& other) noexcept;
    StreamFiles(const StreamFiles&) = delete;
    StreamFiles& operator=(const StreamFiles&) = delete;
    ~StreamFiles();

    /// Whether the result is what is written, and nothing else may stand in it.
    [[nodiscard]] bool writes() const { return writes_; }
    /// Standard output gets what was written. Errors: cli.stream.
    Status deliver(std::ostream& out) const;
    /// What is told names "-", as it was typed.
    void as_typed(action::Outcome& outcome) const;

  private:
    StreamFiles() = default;
    [[nodiscard]] std::string path(std::string_view name) const;
    Status make_folder();

    std::string folder_;  ///< empty = no file is needed
    bool writes_ = false;
};

}  // namespace dossier::client
