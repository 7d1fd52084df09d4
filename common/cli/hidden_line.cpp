#include "common/cli/hidden_line.hpp"

#include <cstdio>

#include <termios.h>
#include <unistd.h>

namespace dossier::cli {

std::optional<std::string> hidden_line(Console& console, const Text& prompt) {
    if (::isatty(STDIN_FILENO) == 0) return std::nullopt;
    console.err << console.in(prompt) << std::flush;
    termios shown{};
    ::tcgetattr(STDIN_FILENO, &shown);
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    std::string line;
    for (int c = 0; (c = std::getchar()) != EOF && c != '\n';) line += static_cast<char>(c);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    console.err << "\n";
    return line;
}

}  // namespace dossier::cli
